import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignatureMaterial } from '../../../src/evidence/signatures/index.ts';
import type { Json } from '../../../src/values/index.ts';
import { certify, type Holder, pemOf } from '../certificate.ts';
import { ask } from './ask.ts';
import { sha256 } from './cases.ts';
import { type CborItem, encode, Tag } from './cbor-encoding.ts';

const digest = sha256('manifest');
const scheme = 'io.cncf.notary.signingScheme';
const signingTime = 'io.cncf.notary.signingTime';
const expiry = 'io.cncf.notary.expiry';
const root = certify({ commonName: 'authority', authority: true });
const signer = certify({ commonName: 'release' }, root);
const by = authority(root, 'x509.subject: C=DE, O=acme, CN=release');

/** What of an envelope is to be different. */
interface Changes {
  readonly signer?: Holder;
  readonly chain?: readonly Holder[];
  readonly payload?: Json;
  readonly header?: Readonly<Record<string, Json>>;
  readonly algorithm?: string;
  readonly damage?: boolean;
}

const hashes: Readonly<Record<string, string>> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' };
const coseAlgorithms: Readonly<Record<string, number>> = {
  ES256: -7,
  ES384: -35,
  ES512: -36,
  PS256: -37,
  HS256: 5,
};

function authority(store: Holder, ...identities: readonly string[]): Json {
  return { notation: { trust_store: store.pem, identities } };
}

function signed(key: KeyObject, algorithm: string, message: Buffer, damage = false): Buffer {
  const hash = hashes[algorithm.slice(2)] ?? 'sha256';
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const options = key.asymmetricKeyType === 'rsa' ? padding : { dsaEncoding: 'ieee-p1363' as const };
  const signature = sign(hash, message, { key, ...options });
  if (damage) signature[10]! ^= 1;
  return signature;
}

function payloadOf({ payload }: Changes): Buffer {
  const target = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 8 };
  return Buffer.from(JSON.stringify(payload ?? { targetArtifact: target }));
}

const plain = {
  cty: 'application/vnd.cncf.notary.payload.v1+json',
  crit: [scheme],
  [scheme]: 'notary.x509',
  [signingTime]: '2026-03-01T12:00:00Z',
};

function jws(changes: Changes = {}) {
  const { signer: by = signer, chain = [by, root], header = {}, algorithm = 'ES256', damage } = changes;
  const protectedHeader = base64url(Buffer.from(JSON.stringify({ alg: algorithm, ...plain, ...header })));
  const payload = base64url(payloadOf(changes));
  const signature = signed(by.privateKey, algorithm, Buffer.from(`${protectedHeader}.${payload}`), damage);
  const x5c = chain.map(({ der }) => der.toString('base64'));
  const text = JSON.stringify({
    payload,
    protected: protectedHeader,
    header: { x5c },
    signature: base64url(signature),
  });
  return { kind: 'notation', mediaType: 'application/jose+json', envelope: Buffer.from(text) } as const;
}

function cose(changes: Changes = {}) {
  const { signer: by = signer, chain = [by, root], header = {}, algorithm = 'ES256', damage } = changes;
  const { cty, crit, ...attributes } = { ...plain, ...header } as Readonly<Record<string, Json>>;
  const named = Object.entries(attributes).map(([name, value]): [string, CborItem] => [
    name,
    name === signingTime || name === expiry ? new Tag(1, Date.parse(String(value)) / 1000) : String(value),
  ]);
  const labels: [number, CborItem][] = [
    [1, coseAlgorithms[algorithm]!],
    [2, crit as string[]],
    [3, String(cty)],
  ];
  const protectedHeader = encode(new Map<number | string, CborItem>([...labels, ...named]));
  const payload = payloadOf(changes);
  const message = encode(['Signature1', protectedHeader, Buffer.alloc(0), payload]);
  const signature = signed(by.privateKey, algorithm, message, damage);
  const unprotected = new Map<number | string, CborItem>([[33, chain.map(({ der }) => der)]]);
  const envelope = encode(new Tag(18, [protectedHeader, unprotected, payload, signature]));
  return { kind: 'notation', mediaType: 'application/cose', envelope } as const;
}

async function answer(material: ReturnType<typeof jws> | ReturnType<typeof cose>, authorities = by) {
  return (await ask({ subject: { digest }, material: [material], authorities })).answer;
}

describe.each([
  ['JWS', jws],
  ['COSE', cose],
])('signatures of the Notary Project in %s', (_form, make) => {
  it('count under the trust store, for an identity', async () => {
    expect(await answer(make())).toEqual({ status: 'verified', count: 1, authorities: [by] });
  });

  it('count with other keys', async () => {
    const p384 = certify(
      { commonName: 'release', keys: generateKeyPairSync('ec', { namedCurve: 'P-384' }) },
      root,
    );
    expect(await answer(make({ signer: p384, algorithm: 'ES384' }))).toMatchObject({ status: 'verified' });
    const rsa = certify(
      { commonName: 'release', keys: generateKeyPairSync('rsa', { modulusLength: 2048 }) },
      root,
    );
    expect(await answer(make({ signer: rsa, algorithm: 'PS256' }))).toMatchObject({ status: 'verified' });
  });

  it('count with a certificate that signed itself and is trusted', async () => {
    const self = certify({ commonName: 'release' });
    const trusted = authority(self, 'CN=release');
    expect(await answer(make({ signer: self, chain: [self] }), trusted)).toMatchObject({
      status: 'verified',
    });
  });

  it('count until they expire', async () => {
    const until = (time: string) => make({ header: { [expiry]: time, crit: [scheme, expiry] } });
    expect(await answer(until('2027-01-01T00:00:00Z'))).toMatchObject({ status: 'verified' });
    expect((await answer(until('2026-11-19T00:00:00Z')))['reason']).toContain('expired at 2026-11-19');
  });

  it.each<[string, Changes, string]>([
    ['of another image', { payload: { targetArtifact: { digest: sha256('other') } } }, 'for another digest'],
    ['that name no image', { payload: {} }, 'it names no digest'],
    ['that were changed', { damage: true }, 'the signature does not fit'],
    ['of an algorithm that the key is not for', { algorithm: 'ES384' }, 'does not fit the key'],
    ['of an algorithm with a secret', { algorithm: 'HS256' }, 'not accepted'],
    ['without certificates', { chain: [] }, 'no certificates'],
    ['by another authority', { signer: certify({ commonName: 'release' }) }, 'the signature'],
    ['without the link to the trust store', { chain: [signer] }, 'in the trust store'],
    ['of another payload type', { header: { cty: 'application/json' } }, 'none of the Notary Project'],
    [
      'by a signing authority that tells no time',
      { header: { [scheme]: 'notary.x509.signingAuthority' } },
      'when it was signed',
    ],
    ['of another scheme', { header: { [scheme]: 'other' } }, 'signing scheme'],
    ['that want a plugin', { header: { crit: [scheme, 'io.cncf.notary.verificationPlugin'] } }, 'plugin'],
    ['that want something unknown', { header: { crit: [scheme, 'x'], x: 'y' } }, 'not known'],
    ['whose expiry is not critical', { header: { [expiry]: '2027-01-01T00:00:00Z' } }, 'must be critical'],
  ])('do not count %s', async (_what, changes, reason) => {
    // The certificate that is shown need not be that of the key.
    const material = make({ chain: [signer, root], ...changes });
    const found = await answer(material);
    expect(found).toMatchObject({ status: 'unverified', count: 0 });
    expect(found['reason']).toContain(reason);
  });

  it.each<[string, Holder, string]>([
    [
      'that expired',
      certify({ commonName: 'release', notAfter: '2026-06-01T00:00:00Z' }, root),
      'no valid chain',
    ],
    ['for servers', certify({ commonName: 'release', use: 'serverAuth' }, root), 'not for signing code'],
    [
      'that the trusted one did not sign',
      certify({ commonName: 'release' }, certify({ commonName: 'authority', authority: true })),
      'no valid chain',
    ],
  ])('do not count with a certificate %s', async (_what, by, reason) => {
    expect((await answer(make({ signer: by })))['reason']).toContain(reason);
  });

  it('do not count under another trust store or identity', async () => {
    const other = certify({ commonName: 'authority', authority: true });
    expect((await answer(make(), authority(other, 'CN=release')))['reason']).toContain('in the trust store');
    expect((await answer(make(), authority(root, 'CN=other')))['reason']).toContain('none of the identities');
    expect((await answer(make(), authority(root, 'C=DE, O=acme, OU=a')))['reason']).toContain('none of');
  });
});

describe('one key in several forms', () => {
  const payload = Buffer.from(
    JSON.stringify({
      critical: {
        identity: { 'docker-reference': 'registry.acme.io/app' },
        image: { 'docker-manifest-digest': digest },
        type: 'cosign container image signature',
      },
      optional: null,
    }),
  );
  const renamed = certify({ commonName: 'build', keys: signer }, root);
  const mailed = certify({ commonName: 'release', email: 'release@acme.io', keys: signer }, root);

  function cosign({ privateKey, pem }: Holder) {
    const signature = sign('sha256', payload, privateKey).toString('base64');
    return { kind: 'simple_signing', payload, signature, certificate: pem } as const;
  }

  async function count(material: readonly SignatureMaterial[], authorities: Json) {
    return (await ask({ subject: { digest }, material, authorities })).answer['count'];
  }

  it.each<[string, SignatureMaterial, Json]>([
    ['a key', cosign(signer), { key: pemOf(signer.publicKey) }],
    ['a chain', cosign(mailed), { certificate_chain: root.pem, subject: 'release@acme.io' }],
    ['another name', jws({ signer: renamed }), authority(root, 'x509.subject: C=DE, O=acme, CN=build')],
  ])('counts once beside %s', async (_what, other, also) => {
    expect(await count([other], also)).toBe(1);
    expect(await count([cose(), other], [by, also])).toBe(1);
  });

  it('counts beside another key', async () => {
    const other = certify();
    expect(await count([cose(), cosign(other)], [by, { key: pemOf(other.publicKey) }])).toBe(2);
  });
});

describe('envelopes', () => {
  const form = cose();
  it.each<[string, string, Buffer]>([
    ['of an unknown type', 'application/json', form.envelope],
    ['of COSE that are JSON', 'application/cose', jws().envelope],
    ['of JSON that are COSE', 'application/jose+json', form.envelope],
    ['that are empty', 'application/cose', Buffer.alloc(0)],
    ['that break off', 'application/cose', form.envelope.subarray(0, 100)],
    ['with something behind', 'application/cose', Buffer.concat([form.envelope, Buffer.from([0])])],
    ['that say they are long', 'application/cose', Buffer.from('d29bffffffffffffffff', 'hex')],
    ['that are deep', 'application/cose', Buffer.alloc(100_000, 0x81)],
    ['of JSON without fields', 'application/jose+json', Buffer.from('{}')],
  ])('%s are unverified', async (_what, mediaType, envelope) => {
    const found = await answer({ ...form, mediaType, envelope } as typeof form);
    expect(found).toMatchObject({ status: 'unverified', count: 0, reason: expect.any(String) });
  });
});

function base64url(bytes: Buffer): string {
  return bytes.toString('base64url');
}

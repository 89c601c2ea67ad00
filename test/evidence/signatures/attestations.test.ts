import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/values/index.ts';
import { certify, type Holder, pemOf } from '../certificate.ts';
import { ask } from './ask.ts';
import { sha256 } from './cases.ts';
import { TestLog } from './test-log.ts';

const digest = sha256('manifest');
const provenance = 'https://slsa.dev/provenance/v1';
const log = new TestLog();
const authority = certify({ commonName: 'authority', authority: true });
const trustRoots = [{ name: 'acme', json: log.trustRoot(authority) }];
const issuer = 'https://accounts.acme.io';
const builder = 'build@acme.io';
const by = { issuer, subject: builder };
const fixed = certify();
const key = { key: pemOf(fixed.publicKey) };

/** A statement about the image, with what is to be different. */
function statement(changes: JsonObject = {}): JsonObject {
  const [algorithm, value] = digest.split(':');
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'registry.acme.io/app', digest: { [algorithm!]: value! } }],
    predicateType: provenance,
    predicate: {},
    ...changes,
  };
}

/** The statement in an envelope, with an entry of the log where a time is given. */
function layer(content: Json, signer: Holder = fixed, at?: string) {
  const payload = Buffer.from(JSON.stringify(content));
  const payloadType = 'application/vnd.in-toto+json';
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `;
  const message = Buffer.concat([Buffer.from(head), payload]);
  const sig = sign('sha256', message, signer.privateKey).toString('base64');
  const envelope = JSON.stringify({
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ sig }],
  });
  const logged = at !== undefined && {
    certificate: signer.pem,
    bundle: log.bundle(message, sig, signer.pem, at),
  };
  return { kind: 'dsse', envelope, ...logged } as const;
}

function logged(content: Json, at: string) {
  const minutes = (count: number) => new Date(Date.parse(at) + count * 60_000).toISOString();
  const form = { email: builder, notBefore: minutes(-1), notAfter: minutes(9), claims: { 8: issuer } };
  return layer(content, certify(form, authority), at);
}

async function answer(
  material: readonly ReturnType<typeof layer>[],
  authorities: Json = key,
  type = provenance,
) {
  return (await ask({ subject: { digest }, material, authorities, type, trustRoots })).answer;
}

describe('statements', () => {
  it.each([
    provenance,
    'https://slsa.dev/provenance/v0.2',
    'https://slsa.dev/verification_summary/v1',
    'https://cosign.sigstore.dev/attestation/vuln/v1',
    'https://spdx.dev/Document',
    'https://cyclonedx.org/bom',
    'https://in-toto.io/attestation/test-result/v0.1',
    'https://acme.io/review/v1',
  ])('of the type %s are found among others', async type => {
    const predicate = { builder: { id: 'https://builder.acme.io' }, count: 2, list: [null] };
    const others = layer(statement({ predicateType: `${type}/other` }));
    const found = await answer([others, layer(statement({ predicateType: type, predicate }))], key, type);
    expect(found).toMatchObject({
      status: 'verified',
      count: 1,
      statements: [{ predicateType: type, predicate }],
    });
    expect(found['statements']).toHaveLength(1);
  });

  it('may be of the first version, and about several subjects', async () => {
    const other = { name: 'other', digest: { sha256: sha256('other').slice(7) } };
    const { subject } = statement() as { readonly subject: readonly Json[] };
    const content = statement({ _type: 'https://in-toto.io/Statement/v0.1', subject: [other, ...subject] });
    expect(await answer([layer(content)])).toMatchObject({ status: 'verified' });
  });

  it.each<[string, JsonObject, string]>([
    [
      'about another image',
      { subject: [{ digest: { sha256: sha256('other').slice(7) } }] },
      'for another digest',
    ],
    ['about nothing', { subject: [] }, 'it names no digest'],
    ['without a list of subjects', { subject: 'app' }, 'it names no digest'],
    [
      'with a digest by another name',
      { subject: [{ digest: { sha512: digest.slice(7) } }] },
      'for another digest',
    ],
    ['whose name is the digest', { subject: [{ name: digest, digest: {} }] }, 'it names no digest'],
  ])('do not count %s', async (_what, changes, reason) => {
    const found = await answer([layer(statement(changes))]);
    expect(found).toMatchObject({ status: 'unverified', count: 0 });
    expect(found['reason']).toContain(reason);
  });

  it.each<[string, Json]>([
    ['of another kind', statement({ _type: 'https://in-toto.io/Statement/v9' })],
    ['without a type', statement({ predicateType: null })],
    ['that are no objects', [statement()]],
  ])('are none %s', async (_what, content) => {
    expect(await answer([layer(content)])).toMatchObject({ status: 'absent', count: 0 });
  });
});

describe('a statement that is a signature', () => {
  const type = 'https://sigstore.dev/cosign/sign/v1';
  const question = (changes: JsonObject) => ({
    subject: { digest },
    material: [layer(statement({ predicateType: type, ...changes }))],
    authorities: key,
  });

  it('counts as one', async () => {
    expect((await ask(question({}))).answer).toEqual({ status: 'verified', count: 1, authorities: [key] });
  });

  it('does not for another image, or of another type', async () => {
    const other = { subject: [{ digest: { sha256: sha256('other').slice(7) } }] };
    expect((await ask(question(other))).answer).toMatchObject({ status: 'unverified' });
    expect((await ask(question({ predicateType: provenance }))).answer).toMatchObject({
      status: 'unverified',
    });
  });
});

describe('several statements', () => {
  it('are there with the newest first, and those without a time last', async () => {
    const material = [
      layer(statement({ predicate: { at: 'unknown' } })),
      logged(statement({ predicate: { at: 'old' } }), '2026-01-01T00:00:00Z'),
      logged(statement({ predicate: { at: 'new' } }), '2026-06-01T00:00:00Z'),
    ];
    const found = await answer(material, [key, by]);
    expect(found).toMatchObject({
      status: 'verified',
      count: 2,
      statements: [
        {
          predicate: { at: 'new' },
          verification: {
            signed_at: '2026-06-01T00:00:00.000Z',
            authorities: [by],
            identity: { issuer, subject: builder },
          },
        },
        { predicate: { at: 'old' }, verification: { signed_at: '2026-01-01T00:00:00.000Z' } },
        { predicate: { at: 'unknown' } },
      ],
    });
  });

  it('of one signer count once', async () => {
    const material = [
      logged(statement({ predicate: { at: 'old' } }), '2026-01-01T00:00:00Z'),
      logged(statement({ predicate: { at: 'new' } }), '2026-06-01T00:00:00Z'),
    ];
    const found = await answer(material, [by, { issuer, subject: '*@acme.io' }]);
    expect(found).toMatchObject({ status: 'verified', count: 1 });
    expect(found['statements']).toHaveLength(2);
  });

  it('do not tell of themselves when they were signed', async () => {
    const verification = { signed_at: '2099-01-01T00:00:00Z', authorities: ['me'] };
    const found = await answer([layer(statement({ verification }))]);
    const [only] = found['statements'] as readonly { readonly verification: JsonObject }[];
    expect(Object.keys(only!.verification)).toEqual(['authorities', 'identity', 'signers', 'source']);
    expect(only!.verification['authorities']).toEqual([key]);
  });
});

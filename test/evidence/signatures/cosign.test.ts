import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SignatureMaterial } from '../../../src/evidence/signatures/index.ts';
import { certify, pemOf } from '../certificate.ts';
import { ask } from './ask.ts';
import { type Question, sha256 } from './cases.ts';

const manifest = fixture('manifest.json');
const digest = sha256(manifest);
const keys = {
  ecdsa: { key: text('ecdsa.pub') },
  rsa: { key: text('rsa.pub') },
  ed25519: { key: text('ed25519.pub') },
};
const type = 'https://acme.io/review/v1';

type Kind = keyof typeof keys;
type Layer = Extract<SignatureMaterial, { readonly kind: 'simple_signing' }>;

function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

function text(name: string): string {
  return fixture(name).toString().trim();
}

function layer(kind: Kind, changed: Partial<Layer> = {}): Layer {
  const signature = text(`payload.${kind}.sig`);
  return { kind: 'simple_signing', payload: fixture('payload.json'), signature, ...changed };
}

const envelope = { kind: 'dsse', envelope: text('attestation.dsse.json') } as const;
const attestation = { kind: 'bundle', bundle: text('attestation.sigstore.json') } as const;
const signedManifest = { kind: 'bundle', bundle: text('manifest.sigstore.json') } as const;

async function answer(question: Partial<Question>) {
  const { answer } = await ask({
    subject: { digest },
    material: [layer('ecdsa')],
    authorities: keys.ecdsa,
    ...question,
  });
  return answer;
}

describe('signatures by cosign with a key', () => {
  it.each(Object.keys(keys) as Kind[])('of the kind %s', async kind => {
    const found = await answer({ material: [layer(kind)], authorities: keys[kind] });
    expect(found).toEqual({ status: 'verified', count: 1, authorities: [keys[kind]] });
  });

  it('are there and not to be trusted with another key', async () => {
    const found = await answer({ authorities: keys.rsa });
    expect(found).toMatchObject({ status: 'unverified', count: 0, authorities: [] });
    expect(found['reason']).toContain('the key has not signed it');
  });

  it('are absent where there are none', async () => {
    expect(await answer({ material: [] })).toMatchObject({ status: 'absent', count: 0 });
  });

  it.each<[string, Partial<Question>, string]>([
    ['of another image', { subject: { digest: sha256('other') } }, 'for another digest, sha256:1ccb399e'],
    ['for a digest that is none', { subject: { digest: 'latest' } }, 'the digest of the image is not known'],
    [
      'with a payload that was changed',
      { material: [layer('ecdsa', { payload: Buffer.from(text('payload.json').replace('acme', 'acma')) })] },
      'the key has not signed it',
    ],
    [
      'with a payload made up for this image',
      { material: [layer('ecdsa', { payload: manifest })] },
      'no signature of a container image',
    ],
    ['without a signature', { material: [layer('ecdsa', { signature: '' })] }, 'the signature is not base64'],
    ['not in base64', { material: [layer('ecdsa', { signature: 'MEUC*' })] }, 'the signature is not base64'],
    [
      'with many certificates',
      { material: [layer('ecdsa', { chain: certify().pem.repeat(11) })] },
      'too many',
    ],
    [
      'with much that is no chain',
      { material: [layer('ecdsa', { chain: 'x'.repeat(200_000) })] },
      'too many',
    ],
    ['that are too large', { material: [layer('ecdsa', { chain: 'x'.repeat(17_000_000) })] }, 'larger than'],
    [
      'with a log entry that is none',
      { material: [layer('ecdsa', { bundle: '{"Payload":{"body":"e30="}}' })] },
      'the log entry',
    ],
    ['for an attestation', { material: [envelope], authorities: keys.ed25519 }, 'no signature of the image'],
  ])('do not count %s', async (_what, question, reason) => {
    const found = await answer(question);
    expect(found).toMatchObject({ status: 'unverified', count: 0 });
    expect(found['reason']).toContain(reason);
  });

  it('are not those of something else than an image', async () => {
    const { publicKey, privateKey } = certify();
    const made = (type: string) => {
      const payload = Buffer.from(text('payload.json').replace('cosign container image signature', type));
      return layer('ecdsa', { payload, signature: sign('sha256', payload, privateKey).toString('base64') });
    };
    const authorities = { key: pemOf(publicKey) };
    const image = await answer({ material: [made('cosign container image signature')], authorities });
    expect(image).toMatchObject({ status: 'verified' });
    const other = await answer({ material: [made('receipt')], authorities });
    expect(other['reason']).toContain('no signature of a container image');
  });

  it('are not by a key that is too short', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const signature = sign('sha256', fixture('payload.json'), privateKey).toString('base64');
    const found = await answer({
      material: [layer('rsa', { signature })],
      authorities: { key: pemOf(publicKey) },
    });
    expect(found['reason']).toContain('less than 2048 bits');
  });

  it('of RSA are not made with the public key as a secret', async () => {
    const { createHmac } = await import('node:crypto');
    const signature = createHmac('sha256', keys.rsa.key).update(fixture('payload.json')).digest('base64');
    const found = await answer({ material: [layer('rsa', { signature })], authorities: keys.rsa });
    expect(found).toMatchObject({ status: 'unverified' });
  });

  it('count for the index where that stands for the image', async () => {
    const subject = { digest: sha256('platform'), alternatives: [digest] };
    expect(await answer({ subject })).toMatchObject({ status: 'verified' });
  });
});

describe('distinct authorities', () => {
  const all = [layer('ecdsa'), layer('rsa'), layer('ed25519')];

  it('are counted, each once', async () => {
    const found = await answer({ material: all, authorities: [keys.ecdsa, keys.rsa] });
    expect(found).toMatchObject({ count: 2, authorities: [keys.ecdsa, keys.rsa] });
  });

  it('are not two where one signature is there twice', async () => {
    const found = await answer({ material: [all[0]!, all[0]!], authorities: [keys.ecdsa, keys.rsa] });
    expect(found).toMatchObject({ status: 'verified', count: 1, authorities: [keys.ecdsa] });
  });

  it('are not two where one key is written in two ways', async () => {
    const other = { key: `${keys.ecdsa.key}\n\n` };
    expect(await answer({ material: all, authorities: [keys.ecdsa, other] })).toMatchObject({ count: 1 });
  });

  it('count although signatures beside theirs are rubbish', async () => {
    const material = [{ kind: 'bundle', bundle: '{' } as const, all[1]!, all[0]!];
    const { answer: found, signatures } = await ask({
      subject: { digest },
      material,
      authorities: keys.ecdsa,
    });
    expect(found).toMatchObject({ status: 'verified', count: 1 });
    expect(signatures.map(({ verified }) => verified)).toEqual([false, false, true]);
  });

  it.each([[[]], [{}], [{ key: 'x' }], [{ subject: '*' }], [{ issuer: '*', subject: '*' }], ['release']])(
    'are none in %j',
    async authorities => {
      expect(await answer({ authorities })).toMatchObject({ status: 'unverified', count: 0 });
    },
  );
});

describe('attestations', () => {
  it.each([
    ['in an envelope', envelope, keys.ed25519],
    ['in a bundle', attestation, keys.ecdsa],
  ])('%s', async (_what, material, authorities) => {
    const found = await answer({ type, material: [material], authorities });
    expect(found).toMatchObject({ status: 'verified', count: 1 });
    expect(found['statements']).toMatchObject([
      {
        predicateType: type,
        predicate: { status: 'clean' },
        verification: { authorities: [authorities], identity: { key: expect.stringMatching(/^sha256:/u) } },
      },
    ]);
  });

  it.each<[string, Partial<Question>, string]>([
    ['of another type', { type: 'https://slsa.dev/provenance/v1' }, 'absent'],
    ['of another image', { subject: { digest: sha256('other') } }, 'unverified'],
    ['by another key', { authorities: keys.rsa }, 'unverified'],
    ['that are signatures', { material: [layer('ecdsa')] }, 'absent'],
    [
      'with another payload type',
      { material: [{ kind: 'dsse', envelope: envelope.envelope.replace('in-toto', 'other') }] },
      'absent',
    ],
    [
      'with a predicate that was changed',
      { material: [{ kind: 'dsse', envelope: changedPredicate(envelope.envelope) }] },
      'unverified',
    ],
    [
      'without signatures',
      {
        material: [
          { kind: 'dsse', envelope: envelope.envelope.replace(/"signatures":.*/u, '"signatures":[]}') },
        ],
      },
      'unverified',
    ],
  ])('do not count %s', async (_what, question, status) => {
    const found = await answer({ type, material: [envelope], authorities: keys.ed25519, ...question });
    expect(found).toMatchObject({ status, count: 0 });
    expect(found['statements']).toBeUndefined();
  });

  it('are looked for in all signatures of an envelope', async () => {
    const { signatures, ...rest } = JSON.parse(envelope.envelope) as {
      readonly signatures: readonly unknown[];
    };
    const more = JSON.stringify({ ...rest, signatures: [{ sig: 'AAAA' }, ...signatures] });
    const found = await answer({
      type,
      material: [{ kind: 'dsse', envelope: more }],
      authorities: keys.ed25519,
    });
    expect(found).toMatchObject({ status: 'verified', count: 1 });
  });
});

describe('bundles that sign a manifest', () => {
  const question = { subject: { digest, manifest }, material: [signedManifest] };

  it.each<[string, Question['subject']]>([
    ['the manifest is', { digest, manifest }],
    ['its digest is', { digest }],
  ])('count where %s at hand', async (_what, subject) => {
    expect(await answer({ ...question, subject })).toMatchObject({ status: 'verified', count: 1 });
    const other = await answer({ ...question, subject, authorities: { key: pemOf(certify().publicKey) } });
    expect(other).toMatchObject({ status: 'unverified' });
  });

  it.each<[string, Question['subject'], string]>([
    ['is another', { digest, manifest: Buffer.from('other') }, 'something else'],
    ['is not at hand and the digest is another', { digest: sha256('other') }, 'for another digest'],
    ['is not that of the image', { digest: sha256('other'), manifest }, 'for another digest'],
  ])('do not count where it %s', async (_what, subject, reason) => {
    const found = await answer({ ...question, subject });
    expect(found).toMatchObject({ status: 'unverified' });
    expect(found['reason']).toContain(reason);
  });

  it('are of a version that is known', async () => {
    const bundle = signedManifest.bundle.replace('v0.3+json', 'v0.9+json');
    const found = await answer({ ...question, material: [{ kind: 'bundle', bundle }] });
    expect(found['reason']).toContain('are not known');
  });
});

function changedPredicate(json: string): string {
  const { payload, ...rest } = JSON.parse(json) as { readonly payload: string };
  const changed = Buffer.from(payload, 'base64').toString().replace('clean', 'dirty');
  return JSON.stringify({ ...rest, payload: Buffer.from(changed).toString('base64') });
}

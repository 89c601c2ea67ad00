import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  publicGoodRoot,
  type SignatureMaterial,
  trustRootAge,
  verifyAttestations,
  verifySignatures,
} from '../../../src/evidence/signatures/index.ts';
import { fromJson } from '../../../src/values/index.ts';
import { sha256 } from './cases.ts';

const now = 1_790_000_000_000_000_000n;
const names = [
  'attestation.sigstore.json',
  'manifest.sigstore.json',
  'attestation.dsse.json',
  'timestamped.jws.json',
];
const texts = names.map(name => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'));
const odd = [
  'null',
  '0',
  '""',
  '[]',
  '{}',
  '{"__proto__":1}',
  '-1',
  '1e400',
  '"\\ud800"',
  'true',
  '[[[[]]]]',
];
const authorities = fromJson([
  { key: readFileSync(new URL('./fixtures/ed25519.pub', import.meta.url), 'utf8') },
  { issuer: 'https://accounts.acme.io', subject: 'release@acme.io' },
  {
    notation: {
      trust_store: readFileSync(new URL('./fixtures/tsa-root.pem', import.meta.url), 'utf8'),
      identities: ['CN=a'],
    },
  },
]);

/** The text with each of its JSON values in turn replaced by another. */
function* changes(text: string): Generator<string> {
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|\d+|\[\]|\{\}/gu)];
  for (const [i, { 0: value, index }] of values.entries())
    yield `${text.slice(0, index)}${odd[i % odd.length]}${text.slice(index + value.length)}`;
  for (let at = 0; at < text.length; at += 97) yield text.slice(0, at);
}

function materials(text: string): readonly SignatureMaterial[] {
  const bytes = Buffer.from(text);
  return [
    { kind: 'bundle', bundle: text },
    { kind: 'dsse', envelope: text, certificate: text, chain: text, bundle: text, timestamp: text },
    { kind: 'simple_signing', payload: bytes, signature: text, bundle: text },
    { kind: 'simple_signing', payload: bytes, signature: 'AAAA', timestamp: text },
    { kind: 'notation', mediaType: 'application/jose+json', envelope: bytes },
    { kind: 'notation', mediaType: 'application/cose', envelope: bytes },
  ];
}

describe('whatever is sent', () => {
  it.each(names)('%s, changed in any place, is not verified and nothing throws', async name => {
    const options = { now, trustRoots: [await publicGoodRoot()] };
    const subject = { digest: sha256('something else') };
    for (const text of changes(texts[names.indexOf(name)]!)) {
      const material = materials(text);
      const signed = await verifySignatures(subject, material, authorities, options);
      expect(signed.answer.get('status')).toBe('unverified');
      expect(signed.signatures.every(({ reason }) => reason !== undefined && reason !== '')).toBe(true);
      const stated = await verifyAttestations(
        subject,
        material,
        'https://acme.io/review/v1',
        authorities,
        options,
      );
      expect(stated.answer.get('status')).not.toBe('verified');
    }
  });

  it('is looked at up to a number', async () => {
    const material = Array.from({ length: 150 }, () => ({ kind: 'bundle', bundle: '{}' }) as const);
    const { answer, signatures } = await verifySignatures({ digest: sha256('') }, material, authorities, {
      now,
      trustRoots: [],
    });
    expect(answer.get('status')).toBe('unverified');
    expect(signatures).toHaveLength(101);
    expect(signatures.at(-1)).toMatchObject({ reason: '50 more are not looked at' });
  });

  it('is of a kind that is known', async () => {
    const material = [{ kind: 'pgp', signature: 'x' } as unknown as SignatureMaterial];
    const { answer } = await verifySignatures({ digest: sha256('') }, material, authorities, {
      now,
      trustRoots: [],
    });
    expect(answer.get('reason')).toContain('is not known');
  });
});

describe('the trust root of the public instance', () => {
  it('tells how old it is', async () => {
    const root = await publicGoodRoot();
    expect(trustRootAge(root, BigInt(Date.parse('2026-08-14T12:00:00Z')) * 1_000_000n)).toBe(10);
    expect(trustRootAge({ name: 'own', json: '{}' }, now)).toBeUndefined();
  });
});

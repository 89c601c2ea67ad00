import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodePemBlocks, parseCertificate } from '../../../src/builtins/index.ts';
import { proveTimestamp } from '../../../src/evidence/signatures/notation/timestamp.ts';
import { certify } from '../certificate.ts';
import { ask } from './ask.ts';
import { sha256 } from './cases.ts';

const message = fixture('signed.txt');
const root = fixture('tsa-root.pem').toString();
const anchors = certificates(root);
const made = /^2026-11-2\dT/u;

function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

function certificates(pem: string) {
  return decodePemBlocks(pem).map(({ bytes }) => parseCertificate(bytes));
}

describe.each(['rsa', 'ecdsa'])('a timestamp by a key of %s', kind => {
  const token = fixture(`timestamp.${kind}.der`);

  it('tells the time', () => {
    expect(new Date(proveTimestamp(token, message, anchors)).toISOString()).toMatch(made);
  });

  it.each<[string, () => number, RegExp]>([
    [
      'over another message',
      () => proveTimestamp(token, Buffer.from('other'), anchors),
      /another signature/u,
    ],
    [
      'of an authority that is not trusted',
      () => proveTimestamp(token, message, []),
      /no trusted authority/u,
    ],
    [
      'of an authority of the same name',
      () =>
        proveTimestamp(token, message, certificates(certify({ commonName: 'root', authority: true }).pem)),
      /no trusted authority/u,
    ],
    [
      'with another time',
      () => proveTimestamp(changed('20261121', '20251121'), message, anchors),
      /was changed/u,
    ],
    ['that breaks off', () => proveTimestamp(token.subarray(0, 400), message, anchors), /truncated/u],
    ['with a signature that was changed', () => proveTimestamp(damaged(), message, anchors), /not valid/u],
  ])('counts for nothing %s', (_what, prove, reason) => {
    expect(prove).toThrow(reason);
  });

  function changed(from: string, to: string): Buffer {
    return Buffer.from(token.toString('latin1').replace(from, to), 'latin1');
  }

  function damaged(): Buffer {
    const bytes = Buffer.from(token);
    bytes[bytes.length - 3]! ^= 1;
    return bytes;
  }
});

describe('a signature of the Notary Project with a timestamp', () => {
  const rawBytes = certificates(root).map(({ raw }) => ({ rawBytes: Buffer.from(raw).toString('base64') }));
  const trusted = {
    name: 'acme',
    json: JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      timestampAuthorities: [
        { certChain: { certificates: rawBytes }, validFor: { start: '2020-01-01T00:00:00Z' } },
      ],
    }),
  };
  const question = {
    subject: { digest: sha256('manifest') },
    material: [
      { kind: 'notation', mediaType: 'application/jose+json', envelope: fixture('timestamped.jws.json') },
    ] as const,
    authorities: {
      notation: {
        trust_store: fixture('timestamped.pem').toString(),
        identities: ['C=DE, O=acme, CN=release'],
      },
    },
  };

  it('counts after its certificate expired', async () => {
    const { answer, signatures } = await ask({
      ...question,
      now: '2040-01-01T00:00:00Z',
      trustRoots: [trusted],
    });
    expect(answer).toMatchObject({ status: 'verified', count: 1 });
    expect(signatures).toMatchObject([{ at: expect.stringMatching(made) }]);
  });

  it('does not where its authority is not trusted', async () => {
    const { answer } = await ask({ ...question, now: '2040-01-01T00:00:00Z', trustRoots: [] });
    expect(answer).toMatchObject({ status: 'unverified' });
    expect(answer['reason']).toContain('no valid chain');
  });

  it('counts without it while its certificate is valid', async () => {
    const { answer } = await ask({ ...question, now: '2026-12-01T00:00:00Z', trustRoots: [] });
    expect(answer).toMatchObject({ status: 'verified' });
  });
});

import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pemOf } from '../certificate.ts';
import { ask } from './ask.ts';
import { sha256 } from './cases.ts';

const type = 'https://acme.io/review/v1';
const payloadType = 'application/vnd.in-toto+json';
const images = ['a', 'b', 'c', 'd', 'e'].map(sha256);
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const authorities = { key: pemOf(publicKey) };

/** A statement about all of the images. */
function statement(predicate: string): Buffer {
  const subject = images.map(digest => ({ digest: { sha256: digest.slice('sha256:'.length) } }));
  const content = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: type, predicate };
  return Buffer.from(JSON.stringify(content));
}

function envelope(payload: Buffer, ...signatures: readonly Buffer[]) {
  const text = JSON.stringify({
    payloadType,
    payload: payload.toString('base64'),
    signatures: signatures.map(sig => ({ sig: sig.toString('base64') })),
  });
  return { kind: 'dsse', envelope: text } as const;
}

function signed(payload: Buffer): Buffer {
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `;
  return sign('sha256', Buffer.concat([Buffer.from(head), payload]), privateKey);
}

function junk(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => Buffer.from([0x30, index]));
}

afterEach(() => vi.restoreAllMocks());

describe('an envelope', () => {
  it('that was held against one image counts for the others as well, and only for those', async () => {
    const payload = statement('fine');
    const material = [envelope(payload, signed(payload))];
    for (const digest of images) {
      const { answer } = await ask({ subject: { digest }, material, authorities, type });
      expect(answer).toMatchObject({ status: 'verified', count: 1, statements: [{ predicate: 'fine' }] });
    }
    const other = await ask({ subject: { digest: sha256('other') }, material, authorities, type });
    expect(other.answer).toMatchObject({ status: 'unverified', count: 0 });
  });

  it('that was refused to one authority is still there for another', async () => {
    const payload = statement('fine');
    const material = [envelope(payload, signed(payload))];
    const subject = { digest: images[0]! };
    const stranger = { key: pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey) };
    const refused = await ask({ subject, material, authorities: stranger, type });
    expect(refused.answer).toMatchObject({ status: 'unverified' });
    expect((await ask({ subject, material, authorities, type })).answer).toMatchObject({ count: 1 });
  });

  it('is parsed once, with its payload, for all images and signatures', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const decode = vi.spyOn(TextDecoder.prototype, 'decode');
    const payload = statement('junk');
    const material = [envelope(payload, ...junk(8))];
    for (const digest of images) await ask({ subject: { digest }, material, authorities, type });
    const text = material[0]!.envelope;
    expect(parse.mock.calls.filter(([given]) => given === text)).toHaveLength(1);
    const decoded = decode.mock.calls.filter(([given]) => payload.equals(given as Uint8Array));
    expect(decoded).toHaveLength(1);
  });

  it('has each of its signatures once', async () => {
    const payload = statement('fine');
    const [wrong] = junk(1);
    const material = [envelope(payload, wrong!, wrong!, signed(payload), wrong!)];
    const { signatures, answer } = await ask({
      subject: { digest: images[0]! },
      material,
      authorities,
      type,
    });
    expect(answer).toMatchObject({ status: 'verified', count: 1 });
    expect(signatures.map(({ verified }) => verified)).toEqual([false, true]);
  });

  it('has no more than a number of signatures', async () => {
    const payload = statement('fine');
    const material = [envelope(payload, ...junk(32), signed(payload))];
    const { answer, signatures } = await ask({
      subject: { digest: images[0]! },
      material,
      authorities,
      type,
    });
    expect(answer['status']).not.toBe('verified');
    expect(signatures).toMatchObject([{ reason: 'the envelope has too many signatures' }]);
  });
});

import { describe, expect, it } from 'vitest';
import { limits } from '../../src/base/index.ts';
import { documentTypes, readSentFile, SentEvidence } from '../../src/evidence/index.ts';
import { fromJson, type Json } from '../../src/values/index.ts';
import { digestOf, envelopeOf, signatureOf, signer } from './e2e/pushing.ts';

const release = signer();
const [one, two] = [digestOf('one'), digestOf('two')];
const item = (type: string, content: Json, subject?: string) => ({
  type,
  content: fromJson(content),
  ...(subject !== undefined && { subject }),
});
const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' };
const statement = (digest: string): Json => envelopeOf(digest, release, 'https://acme.io/t', {}) as Json;
const messageOf = (digest: string): Json => ({
  ...bundle,
  messageSignature: {
    messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(digest.slice(7), 'hex').toString('base64') },
  },
});
const notationOf = (digest: string): Json => ({
  protected: 'x',
  payload: Buffer.from(JSON.stringify({ targetArtifact: { digest } })).toString('base64url'),
});

describe('evidence that is sent', () => {
  it.each([
    ['sigstore-bundle', messageOf(one), 'bundle'],
    ['sigstore-bundle', { ...bundle, dsseEnvelope: statement(one) }, 'bundle'],
    ['attestation', statement(one), 'dsse'],
    ['cosign-signature', signatureOf(one, release).content as Json, 'simple_signing'],
    ['notation', notationOf(one), 'notation'],
  ])('%s is for the digest that it names', (type, content, kind) => {
    const sent = new SentEvidence([item(type, content)]);
    expect(sent.material(one)).toMatchObject([{ kind, source: 'request' }]);
    expect(sent.material(two)).toEqual([]);
  });

  it('is for its subject where it has one', () => {
    const sent = new SentEvidence([item('attestation', statement(one), `ghcr.io/acme/api@${two}`)]);
    expect(sent.material(two)).toHaveLength(1);
    expect(sent.material(one)).toEqual([]);
  });

  it('is a report for its subject, or for any that it turns out to be about', () => {
    const sent = new SentEvidence([item('report', { a: 1 }, one), item('report', { b: 1 })]);
    expect(sent.reports(one)).toHaveLength(2);
    expect(sent.reports(two)).toHaveLength(1);
  });

  it.each([
    ['an unknown type', item('signature', {}), 'there is no type "signature"'],
    ['a subject without a digest', item('report', {}, 'nginx:1'), 'the subject is no digest'],
    ['a digest that is none', item('report', {}, 'sha256:1'), 'the subject is no digest'],
    ['no word of what it is about', item('attestation', {}), 'it does not say which digest'],
    ['COSE without a subject', item('notation', 'AAAA'), 'it does not say which digest'],
    [
      'half a signature',
      item('cosign-signature', { payload: 'e30=' }, one),
      'a cosign signature has a payload and a signature',
    ],
  ])('is refused with %s', (_, wrong, message) => {
    const good = item('report', {});
    expect(() => new SentEvidence([good, wrong])).toThrow(`evidence 2: ${message}`);
  });

  it('has keys such as __proto__ as plain data', () => {
    const content = JSON.parse('{"__proto__": {"payloadType": "application/vnd.in-toto+json"}}') as Json;
    expect(() => new SentEvidence([item('attestation', content)])).toThrow('does not say');
  });

  it('is no deeper than what can be read', () => {
    const deep = `${'['.repeat(limits.nesting * 200)}${']'.repeat(limits.nesting * 200)}`;
    expect(() => readSentFile(deep)).toThrow('it is not JSON');
  });
});

describe('a file of evidence', () => {
  const typesOf = (...documents: readonly Json[]) =>
    readSentFile(documents.map(document => JSON.stringify(document)).join('\n')).map(({ type }) => type);

  it('is recognised by its content', () => {
    expect(typesOf(messageOf(one))).toEqual(['sigstore-bundle']);
    expect(typesOf(statement(one))).toEqual(['attestation']);
    expect(typesOf(notationOf(one))).toEqual(['notation']);
    expect(typesOf({ Base64Signature: 'x', Payload: 'y' })).toEqual(['cosign-signature']);
    expect(typesOf({ SchemaVersion: 2 })).toEqual(['report']);
    expect(typesOf([{ SchemaVersion: 2 }])).toEqual(['report']);
  });

  it('may hold items as they stand in a request, alone, in a list, or a line each', () => {
    for (const type of documentTypes) expect(typesOf({ type, content: {} })).toEqual([type]);
    const list = documentTypes.map(type => ({ type, content: {}, subject: one }));
    expect(readSentFile(JSON.stringify(list))).toEqual(
      documentTypes.map(type => ({ type, subject: one, content: fromJson({}) })),
    );
    expect(typesOf(statement(one), statement(two))).toEqual(['attestation', 'attestation']);
  });

  it.each(['', 'nonsense', '{"a": 1}\nnonsense'])('is refused where it is %j', text => {
    expect(() => readSentFile(text)).toThrow('it is not JSON');
  });
});

import { describe, expect, it } from 'vitest';
import { readStoredDocuments } from '../../src/evidence/index.ts';

const one = `sha256:${'1'.repeat(64)}`;
const two = `sha256:${'2'.repeat(64)}`;

function envelope(digest: string): string {
  const subject = [{ name: 'api', digest: { sha256: digest.slice('sha256:'.length) } }];
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: 't', predicate: {} };
  return JSON.stringify({
    payloadType: 'application/vnd.in-toto+json',
    payload: btoa(JSON.stringify(statement)),
    signatures: [],
  });
}

describe('documents that are to be stored', () => {
  it('are told apart by their content, and kept as JSON', () => {
    const report = '{"descriptor":{"name":"grype"},"matches":[]}';
    expect(readStoredDocuments(envelope(one), one).map(({ type }) => type)).toEqual(['attestation']);
    expect(readStoredDocuments(report, one)).toEqual([{ type: 'report', content: report }]);
  });

  it('may come as a list, with a subject that ends with the digest', () => {
    const content = JSON.parse(envelope(one));
    const list = [
      { type: 'attestation', subject: `ghcr.io/acme/api@${one}`, content },
      { type: 'report', content: 'SPDXVersion: SPDX-2.3' },
    ];
    expect(readStoredDocuments(JSON.stringify(list), one)).toEqual([
      { type: 'attestation', content: expect.stringContaining('payloadType') },
      { type: 'report', content: 'SPDXVersion: SPDX-2.3' },
    ]);
  });

  it.each([
    ['what is about another digest', envelope(two), 'document 1: it is about'],
    [
      'another subject',
      JSON.stringify([{ type: 'report', subject: two, content: {} }]),
      'document 1: its subject is another digest',
    ],
    ['an unknown type', JSON.stringify([{ type: 'letter', content: {} }]), 'there is no type "letter"'],
    ['what is no JSON', 'nothing', 'it is not JSON'],
  ])('are refused: %s', (_, text, message) => {
    expect(() => readStoredDocuments(text, one)).toThrow(message);
  });
});

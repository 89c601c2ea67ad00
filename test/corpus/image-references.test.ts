import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digestAlgorithms } from '../../src/images/digest.ts';
import { familiarMatch } from '../../src/images/familiar-match.ts';
import { InvalidReference, type InvalidReferenceCode } from '../../src/images/invalid-reference.ts';
import {
  familiar,
  familiarName,
  parseAnyReference,
  parseCanonical,
  parseForPull,
  parseNormalized,
} from '../../src/images/normalize.ts';
import {
  isDomain,
  isIdentifier,
  nameOf,
  parseName,
  parseReference,
  printReference,
  type Reference,
  withDigest,
  withTag,
} from '../../src/images/reference.ts';

const folder = '../shared/corpus/image-references';
const absent = existsSync(folder) ? '' : ' (skipped: ../shared/corpus is absent)';

type Case = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What each upstream error is called here. */
const codes: Readonly<Record<string, InvalidReferenceCode>> = {
  ErrReferenceInvalidFormat: 'invalid_format',
  ErrNameEmpty: 'name_empty',
  ErrNameContainsUppercase: 'name_uppercase',
  ErrNameTooLong: 'name_too_long',
  ErrNameNotCanonical: 'name_not_canonical',
  'digest.ErrDigestInvalidLength': 'digest_invalid_length',
  'digest.ErrDigestUnsupported': 'digest_unsupported',
};

/** The upstream tests register this algorithm alone. */
const sha256Only = new Map([...digestAlgorithms].filter(([name]) => name === 'sha256'));

describe.skipIf(absent !== '')(`distribution/reference vectors${absent}`, () => {
  vectors('parse', 33, c => {
    expectParts(c, parseReference(text(c, 'input'), sha256Only));
  });
  vectors('serialization', 4, c => {
    expectParts(c, parseReference(text(c, 'input')));
  });
  vectors('domain-and-path', 5, c => {
    const name = valid(parseName(text(c, 'input')));
    expect([name.domain, name.path]).toEqual([c['domain'], c['path']]);
  });
  vectors('with-name-failure', 4, c => {
    expect(parseName(text(c, 'input'))).toMatchObject({ code: codes[text(c, 'error')] });
  });
  vectors('compose', 7, c => {
    expect(printReference(valid(composed(c)))).toBe(c['combined']);
  });
  vectors('normalized-repository-info', 31, c => {
    const reference = valid(parseNormalized(text(c, 'input')));
    expect([reference.domain, reference.path]).toEqual([c['domain'], c['path']]);
    expect([familiarName(reference), nameOf(reference)]).toEqual([c['familiar_name'], c['full_name']]);
  });
  vectors('normalized-split', 8, c => {
    const reference = valid(parseNormalized(text(c, 'input')));
    expect([reference.domain, reference.path]).toEqual([c['domain'], c['path']]);
  });
  vectors('normalized-valid-invalid', 49, c => {
    expect(!(parseNormalized(text(c, 'input')) instanceof InvalidReference)).toBe(c['valid']);
  });
  vectors('parse-named', 6, c => {
    const reference = parseCanonical(text(c, 'input'));
    if (c['error']) expect(reference).toMatchObject({ code: codes[text(c, 'error')] });
    else expect(reference).toMatchObject({ domain: c['domain'], path: c['path'] });
  });
  vectors('parse-docker-ref', 6, c => {
    expect(printReference(valid(parseForPull(text(c, 'input'))))).toBe(c['output']);
  });
  vectors('parse-any-reference', 10, c => {
    const reference = parseAnyReference(text(c, 'input'));
    if (reference instanceof InvalidReference) throw new Error(reference.message);
    const isDigest = !('path' in reference);
    expect(isDigest).toBe(c['is_digest_only']);
    expect(isDigest ? reference.digest : printReference(reference)).toBe(c['canonical']);
  });
  vectors('tag-and-digest', 1, c => {
    const reference = valid(parseNormalized(text(c, 'input')));
    expect([reference.tag, reference.digest]).toEqual([c['tag'], c['digest']]);
    expect(printReference(reference)).toBe(c['canonical']);
    expect(printReference(familiar(reference))).toBe(c['familiar']);
  });
  vectors('familiar-match', 4, c => {
    const reference = parseAnyReference(text(c, 'reference'));
    if (!('path' in reference)) throw new Error('no repository');
    expect(familiarMatch(text(c, 'pattern'), reference)).toBe(c['expected']);
  });
  vectors('regexp-domain', 17, c => {
    expect(isDomain(text(c, 'input'))).toBe(c['match']);
  });
  vectors('regexp-full-name', 42, c => {
    const name = parseName(text(c, 'input'));
    expect(isForm(name)).toBe(c['match']);
    if (c['subs'] && !(name instanceof InvalidReference)) expect([name.domain, name.path]).toEqual(c['subs']);
  });
  vectors('regexp-identifier', 2, c => {
    expect(isIdentifier(text(c, 'input'))).toBe(c['match']);
  });
  vectors('regexp-reference', 9, c => {
    const reference = parseReference(text(c, 'input'));
    expect(!(reference instanceof InvalidReference)).toBe(c['match']);
    if (c['subs'] && !(reference instanceof InvalidReference))
      expect([nameOf(reference), reference.tag ?? '', reference.digest ?? '']).toEqual(c['subs']);
  });
});

/** One test a case; `atLeast` so that an empty file does not pass. */
function vectors(file: string, atLeast: number, check: (c: Case) => void): void {
  const cases = absent ? [] : readCases(file);
  describe(file, () => {
    it('is complete', () => expect(cases.length).toBeGreaterThanOrEqual(atLeast));
    it.each(cases.map((c, i) => [i, c] as const))('%i', (_i, c) => check(c));
  });
}

function readCases(file: string): readonly Case[] {
  const content = JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as { cases: readonly Case[] };
  return content.cases;
}

function text(c: Case, key: string): string {
  return String(c[key] ?? '');
}

function valid(reference: Reference | InvalidReference): Reference {
  if (reference instanceof InvalidReference) throw new Error(reference.message);
  return reference;
}

/** Whether the form is right; the length is not part of the upstream expression. */
function isForm(name: Reference | InvalidReference): boolean {
  return !(name instanceof InvalidReference) || name.code === 'name_too_long';
}

function composed(c: Case): Reference | InvalidReference {
  const name = valid(parseName(text(c, 'name')));
  if (c['op'] === 'WithTag') {
    const base = c['digest'] ? { ...name, digest: text(c, 'digest') } : name;
    return withTag(base, text(c, 'tag'));
  }
  return withDigest(c['tag'] ? { ...name, tag: text(c, 'tag') } : name, text(c, 'digest'));
}

function expectParts(c: Case, reference: Reference | InvalidReference): void {
  if (c['error']) {
    expect(reference).toMatchObject({ code: codes[text(c, 'error')] });
    return;
  }
  const parts = valid(reference);
  expect([nameOf(parts), parts.tag ?? '', parts.digest ?? '']).toEqual([c['name'], c['tag'], c['digest']]);
  if (c['domain'] !== undefined) expect([parts.domain, parts.path]).toEqual([c['domain'], c['path']]);
}

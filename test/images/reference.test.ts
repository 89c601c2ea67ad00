import { describe, expect, it } from 'vitest';
import { InvalidReference, parseDigest } from '../../src/images/index.ts';
import { parseCanonical, parseForPull, withDefaultTag } from '../../src/images/normalize.ts';
import { parseReference, printReference, withDigest, withTag } from '../../src/images/reference.ts';

const name = { domain: 'ghcr.io', path: 'acme/api' };
const digest = `sha256:${'0'.repeat(64)}`;

describe('parseDigest', () => {
  it.each([[`sha256:${'a'.repeat(64)}`], [`sha384:${'a'.repeat(96)}`], [`sha512:${'a'.repeat(128)}`]])(
    'takes %s',
    text => {
      expect(parseDigest(text)).toBe(text);
    },
  );

  it.each([
    ['', 'digest_invalid_format'],
    ['sha256', 'digest_invalid_format'],
    ['sha256:', 'digest_invalid_format'],
    [`:${'a'.repeat(64)}`, 'digest_invalid_format'],
    [`sha256:${'a'.repeat(128)}`, 'digest_invalid_length'],
    [`sha512:${'a'.repeat(64)}`, 'digest_invalid_length'],
    [`sha256:${'g'.repeat(64)}`, 'digest_invalid_format'],
    [`SHA256:${'a'.repeat(64)}`, 'digest_invalid_format'],
    [`md5:${'a'.repeat(32)}`, 'digest_unsupported'],
    [`constructor:${'a'.repeat(64)}`, 'digest_unsupported'],
  ])('refuses %s: %s', (text, code) => {
    expect(parseDigest(text)).toMatchObject({ code });
  });
});

describe('references', () => {
  it('take a tag and a digest', () => {
    expect(withTag({ ...name, digest }, 'v1')).toEqual({ ...name, tag: 'v1', digest });
    expect(withTag(name, 'a/b')).toMatchObject({ code: 'tag_invalid_format' });
    expect(withDigest(name, digest)).toEqual({ ...name, digest });
    expect(withDigest(name, 'sha256:abc')).toMatchObject({ code: 'reference_digest_invalid_format' });
  });

  it('are tagged latest only where they have neither tag nor digest', () => {
    expect(withDefaultTag(name)).toEqual({ ...name, tag: 'latest' });
    expect(withDefaultTag({ ...name, digest })).toEqual({ ...name, digest });
  });

  it('say why they are none', () => {
    expect(parseForPull('ghcr.io/Acme')).toMatchObject({ code: 'name_uppercase' });
    expect(parseCanonical('nginx')).toMatchObject({ code: 'name_not_canonical' });
    expect(parseReference('')).toMatchObject({ code: 'name_empty' });
  });

  it.each([
    'a-'.repeat(50_000),
    'a'.repeat(100_000),
    '-'.repeat(100_000),
    'a.'.repeat(50_000),
    '/'.repeat(100_000),
  ])('are refused however long they are: %#', text => {
    expect(parseReference(`${text}!`)).toBeInstanceOf(InvalidReference);
    expect(parseReference(`${text}/${text}!`)).toBeInstanceOf(InvalidReference);
  });

  it('print what they were parsed from', () => {
    for (const text of ['a', 'a/b', 'a.b/c:d', `a.b:1/c:d@${digest}`, `[::1]:5/c@${digest}`]) {
      const reference = parseReference(text);
      expect(reference instanceof InvalidReference || printReference(reference)).toBe(text);
    }
  });
});

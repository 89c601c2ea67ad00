import { describe, expect, it } from 'vitest';
import { compileTagPatterns } from '../../src/images/index.ts';
import { fromJson, type Json } from '../../src/values/index.ts';

function match(term: Json, tag: string): boolean {
  const { matcher, problems } = compileTagPatterns([fromJson(term)]);
  expect(problems).toEqual([]);
  return matcher.match(tag) !== undefined;
}

describe('tag terms', () => {
  it.each<[Json, string, boolean]>([
    ['latest', 'latest', true],
    ['latest', 'Latest', false],
    ['latest', 'latest-dev', false],
    ['*-dev', '1.2-dev', true],
    ['*-dev', '1.2-dev2', false],
    ['1.?', '1.2', true],
    ['v{1,2}.*', 'v2.0', true],
    ['v{1,2}.*', 'v3.0', false],
    ['**', 'anything', true],
    ['1.2', '1x2', false],
    [{ regex: '^v\\d+$' }, 'v12', true],
    [{ regex: '^v\\d+$' }, 'v12a', false],
    [{ regex: 'beta' }, '1.0-beta.1', true],
    [{ semver: '>=1.2.0 <2' }, '1.9.9', true],
    [{ semver: '>=1.2.0 <2' }, 'v1.2.0', true],
    [{ semver: '>=1.2.0 <2' }, '2.0.0', false],
    [{ semver: '>=1.2.0 <2' }, '2.0.0-rc.1', false],
    [{ semver: '>=1.2.0 <2' }, '1.3.0-rc.1', false],
    [{ semver: '>=1.2.0 <2' }, '1.3', false],
    [{ semver: '>=1.2.0 <2' }, '1', false],
    [{ semver: '>=1.2.0 <2' }, '1.3.0.1', false],
    [{ semver: '>=1.2.0 <2' }, '1.03.0', false],
    [{ semver: '>=1.2.0 <2' }, 'latest', false],
    [{ semver: '>=1.2.0 <2' }, '1.3.0_1', false],
    [{ semver: '*' }, 'latest', false],
  ])('%j and %s: %s', (term, tag, expected) => {
    expect(match(term, tag)).toBe(expected);
  });

  it.each<[Json, string]>([
    ['', 'empty'],
    ['a b', 'only characters'],
    ['a/b', 'no tag'],
    ['ä*', 'only characters'],
    ['{a', 'braces'],
    [7, 'not number'],
    [null, 'not null'],
    [['latest'], 'not array'],
    [{}, 'a tag is a glob'],
    [{ semver: 7 }, 'a tag is a glob'],
    [{ semver: '>=1', regex: 'a' }, 'a tag is a glob'],
    [{ constructor: 'a' }, 'a tag is a glob'],
    [{ semver: 'newest' }, 'no semver'],
    [{ semver: '' }, 'no semver'],
    [{ regex: '(' }, 'no regex'],
    [{ regex: '(?=a)' }, 'no regex'],
    [{ regex: '' }, 'no regex'],
  ])('%j is a problem', (term, message) => {
    const { matcher, problems } = compileTagPatterns(['1.0', fromJson(term)]);
    expect(problems).toEqual([{ index: 1, message: expect.stringContaining(message) }]);
    expect(matcher.match('latest')).toBeUndefined();
    expect(matcher.match('1.0')).toBe('1.0');
  });

  it('gives the first term that matches, as it is written', () => {
    const terms = fromJson([{ regex: '^v' }, 'v1', { semver: '1.x' }, '*']) as readonly string[];
    const { matcher } = compileTagPatterns(terms);
    expect(matcher.match('v1')).toBe('regex("^v")');
    expect(matcher.match('1.2.3')).toBe('semver("1.x")');
    expect(matcher.match('main')).toBe('*');
    expect(compileTagPatterns(['v1', '*']).matcher.match('v1')).toBe('v1');
    expect(compileTagPatterns(['*', 'v1']).matcher.match('v1')).toBe('*');
  });
});

describe('ranges of what is kept out', () => {
  const excluded = (range: string, tag: string) =>
    compileTagPatterns([fromJson({ semver: range })], undefined, 'keep-out').matcher.match(tag) !== undefined;

  it.each([
    ['<1.2.0', '1.1.0-rc.1', true],
    ['<1.2.0', '1.2.0-rc.1', true],
    ['<1.2.0', '1.1.9', true],
    ['<1.2.0', '1.2.0', false],
    ['<1.2.0', '1.2.1-rc.1', false],
    ['<1.2', '1.2.0-rc.1', false],
    ['>=1.2.0', '1.2.0-rc.1', false],
    ['>=1.2.0', '1.3.0-rc.1', true],
    ['>=1.2', '1.2.0-rc.1', true],
    ['>1.2', '1.3.0-rc.1', true],
    ['1.2', '1.2.0-rc.1', true],
    ['^1.2.0', '1.9.0-alpine', true],
    ['^1.2.0', '2.0.0-rc.1', false],
    ['~1.2', '1.2.0-rc.1', true],
    ['1.x', '1.0.0-0', true],
    ['*', '0.0.0-0', true],
    ['=1.2.3', '1.2.3-rc.1', false],
    ['1.2.3-rc.1', '1.2.3-rc.1', true],
    ['<1.2.0', '1.1', true],
    ['<1.2.0', 'v1', true],
    ['<1.2.0', '1', true],
    ['<1.2.0', '1.2', true],
    ['<1.2', '1.2', false],
    ['<1.2.0', '1.3', false],
    ['<1.2.0', '2', false],
    ['<1.2.0', '1.1-alpine', true],
    ['<1.2.0', '1.1.0_1', true],
    ['<1.2.0', '1.1.0.4', true],
    ['<1.2.0', '1.01.0', true],
    ['<1.2.0', '1.2.1.4', false],
    ['>1.2.5 <1.2.7', '1.2', true],
    ['>1.2.5 <1.2.6', '1.2', true],
    ['>1.3.5 <1.4', '1.2', false],
    ['<1 || >=3', '2.4', false],
    ['<1 || >=3', '3.4', true],
    ['>=2', '20261120', true],
    ['<1.2.0', 'latest', false],
    ['<1.2.0', 'alpine', false],
    ['<9', '1a2b3c', false],
    ['<9', 'release-1.2.3', false],
  ])('%s and %s: %s', (range, tag, expected) => {
    expect(excluded(range, tag)).toBe(expected);
  });
});

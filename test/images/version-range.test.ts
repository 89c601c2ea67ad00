import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from '../../src/images/version.ts';
import { isInRange, parseVersionRange } from '../../src/images/version-range.ts';

const within = (version: string, range: string) =>
  isInRange(parseVersion(version)!, parseVersionRange(range)!);

describe('version ranges', () => {
  it.each([
    ['1.2.3', ['1.2.3', 'v1.2.3'], ['1.2.4', '1.2.3-rc.1']],
    ['=1.2', ['1.2.0', '1.2.9'], ['1.3.0', '1.1.9']],
    ['>1.2', ['1.3.0'], ['1.2.9']],
    ['>= 1.2', ['1.2.0'], ['1.1.9']],
    ['<=1.2', ['1.2.9'], ['1.3.0', '1.3.0-rc.1']],
    ['<1.2', ['1.1.9'], ['1.2.0', '1.2.0-rc.1']],
    ['^1.2.3', ['1.2.3', '1.9.0'], ['2.0.0', '1.2.2', '2.0.0-rc.1']],
    ['^0.2.3', ['0.2.9'], ['0.3.0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4']],
    ['^0', ['0.9.9'], ['1.0.0']],
    ['^0.0', ['0.0.9'], ['0.1.0']],
    ['~1.2.3', ['1.2.9'], ['1.3.0']],
    ['~1', ['1.9.0'], ['2.0.0']],
    ['1.x', ['1.0.0', '1.9.9'], ['2.0.0']],
    ['*', ['0.0.0', '9.9.9'], ['1.0.0-rc.1']],
    ['>*', [], ['0.0.0', '9.9.9']],
    ['1.2 - 2.3', ['1.2.0', '2.3.9'], ['2.4.0', '1.1.0']],
    ['1.2.3 - 2.3.4', ['1.2.3', '2.3.4'], ['2.3.5']],
    ['<1.0.0 || >=2.0.0 <3', ['0.9.0', '2.5.0'], ['1.5.0', '3.0.0']],
    ['>=1.0.0-rc.2', ['1.0.0-rc.2', '1.0.0-rc.10', '1.0.0', '2.0.0'], ['1.0.0-rc.1', '2.0.0-rc.3']],
  ] as const)('%s', (range, inside, outside) => {
    for (const version of inside) expect([version, within(version, range)]).toEqual([version, true]);
    for (const version of outside) expect([version, within(version, range)]).toEqual([version, false]);
  });

  it.each([
    '',
    ' ',
    'latest',
    '>=',
    '1.2.3.4',
    '1.x.3',
    '1 -',
    '|| 1',
    '>=1.2 &&',
    '1.2.3-',
    '1.2.3-01',
    '>>1',
    '1.0.0-rc..1',
  ])('%j is none', text => {
    expect(parseVersionRange(text)).toBeUndefined();
  });
});

describe('versions', () => {
  it('are ordered as semver.org says', () => {
    const ordered = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.10',
      '1.2.0',
      '10.0.0',
    ].map(text => parseVersion(text)!);
    for (const [i, a] of ordered.entries())
      for (const [j, b] of ordered.entries()) expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(i - j));
  });
});

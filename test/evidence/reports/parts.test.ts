import { describe, expect, it } from 'vitest';
import { earlier, toMoment, toMomentOfSeconds, toMomentOrDate } from '../../../src/base/index.ts';
import { coversPackage, parsePackageUrl } from '../../../src/evidence/reports/package-url.ts';
import { graver, gravestKnown, severityOfScore, toSeverity } from '../../../src/evidence/reports/severity.ts';

describe('a severity', () => {
  it('is known by the names of vendors', () => {
    expect(['Important', 'MODERATE', 'unimportant', ' Critical ', 'Defcon1', 'info'].map(toSeverity)).toEqual(
      ['high', 'medium', 'negligible', 'critical', 'critical', 'negligible'],
    );
    expect([undefined, '', 'x', 'constructor'].map(toSeverity)).toEqual(new Array(4).fill('unknown'));
  });

  it('comes of a score', () => {
    expect([0, 0.1, 3.9, 4, 6.9, 7, 8.9, 9, 10].map(severityOfScore)).toEqual([
      'negligible',
      'low',
      'low',
      'medium',
      'medium',
      'high',
      'high',
      'critical',
      'critical',
    ]);
    expect([undefined, -1, 11, Number.NaN].map(severityOfScore)).toEqual(new Array(4).fill('unknown'));
  });

  it('that is unknown is graver than any, and never the gravest known', () => {
    expect(graver('critical', 'unknown')).toBe('unknown');
    expect(graver('high', 'low')).toBe('high');
    expect(gravestKnown(['low', 'unknown', 'high'])).toBe('high');
    expect(gravestKnown(['unknown'])).toBe('unknown');
  });
});

describe('a moment', () => {
  it.each([
    ['2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z', 1_795_176_000_000_000_000n],
    ['2026-11-20 12:00:00.5+00:00', '2026-11-20T12:00:00.5+00:00', 1_795_176_000_500_000_000n],
    ['2026-11-20T13:00:00+0100', '2026-11-20T13:00:00+01:00', 1_795_176_000_000_000_000n],
    ['2026-11-20T11:30:00-00:30', '2026-11-20T11:30:00-00:30', 1_795_176_000_000_000_000n],
    ['2026-11-20T12:00:00', '2026-11-20T12:00:00Z', 1_795_176_000_000_000_000n],
    ['2026-11-20T12:00:00.123456789123Z', '2026-11-20T12:00:00.123456789Z', 1_795_176_000_123_456_789n],
  ])('%s', (text, expected, nanoseconds) => {
    expect(toMoment(text)).toEqual({ text: expected, nanoseconds });
  });

  it.each([
    '',
    'x',
    '2026-11-20',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2026-11-20T12:00:00+01:60',
    '2026-11-20T25:00:00Z',
  ])('is none: %s', text => {
    expect(toMoment(text)).toBeUndefined();
  });

  it('may be a date, or seconds', () => {
    expect(toMomentOrDate('2026-11-20')!.text).toBe('2026-11-20T00:00:00Z');
    expect(toMomentOrDate('soon')).toBeUndefined();
    expect(toMomentOfSeconds(1_795_176_000)!.nanoseconds).toBe(1_795_176_000_000_000_000n);
    expect([undefined, 0, -1, Number.NaN, 1e300].map(toMomentOfSeconds)).toEqual(
      new Array(5).fill(undefined),
    );
  });

  it('may be the earlier of two', () => {
    const [a, b] = [toMoment('2026-11-20T12:00:00Z'), toMoment('2026-11-20T12:30:00+01:00')];
    expect(earlier(a, b)).toBe(b);
    expect(earlier(a, undefined)).toBe(a);
    expect(earlier(undefined, undefined)).toBeUndefined();
  });
});

describe('a package URL', () => {
  it('is taken apart, and decoded', () => {
    expect(parsePackageUrl('pkg:npm/%40acme/app@1.0.0-rc%2B1?a=b%20c&empty=#src/x')).toEqual({
      type: 'npm',
      namespace: '@acme',
      name: 'app',
      version: '1.0.0-rc+1',
      qualifiers: new Map([['a', 'b c']]),
      subpath: 'src/x',
    });
    expect(parsePackageUrl('PKG://GoLang/github.com/acme/x')).toMatchObject({
      type: 'golang',
      namespace: 'github.com/acme',
      name: 'x',
    });
    expect(parsePackageUrl('pkg:npm/@acme/app')).toMatchObject({ namespace: '@acme', name: 'app' });
    expect(parsePackageUrl('pkg:npm/@acme/app')).not.toHaveProperty('version');
  });

  it.each([
    '',
    'npm/a',
    'pkg:',
    'pkg:npm',
    'pkg:npm/%',
    'pkg:npm/a@%E0%A4',
    'pkg:npm/a?b=%',
    `pkg:npm/${'a'.repeat(5_000)}`,
  ])('is none: %.20s', text => {
    expect(parsePackageUrl(text)).toBeUndefined();
  });

  it('covers a package with what it says, and no other', () => {
    const covers = (a: string, b: string) => coversPackage(parsePackageUrl(a)!, parsePackageUrl(b)!);
    const found = 'pkg:deb/debian/openssl@3?arch=amd64&distro=debian-12';
    expect(covers('pkg:deb/debian/openssl', found)).toBe(true);
    expect(covers('pkg:deb/debian/openssl@3?distro=debian-12', found)).toBe(true);
    expect(covers('pkg:deb/debian/openssl@3?distro=debian-11', found)).toBe(false);
    expect(covers('pkg:deb/debian/openssl@3#x', found)).toBe(false);
    expect(covers('pkg:deb/openssl', found)).toBe(false);
    expect(covers(found, 'pkg:deb/debian/openssl@3')).toBe(false);
  });
});

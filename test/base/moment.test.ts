import { describe, expect, it } from 'vitest';
import { readMoment } from '../../src/base/index.ts';

describe('readMoment', () => {
  it.each([
    ['1970-01-01', 0n],
    ['1970-01-02', 86_400_000_000_000n],
    ['1970-01-01T00:00:01Z', 1_000_000_000n],
    ['1970-01-01t01:00:00.5+01:00', 500_000_000n],
  ])('%s', (text, expected) => {
    expect(readMoment(text)).toBe(expected);
  });

  it.each([
    '',
    'soon',
    '2027',
    '2027-13-01',
    '2027-02-30',
    '2027-1-1',
    '31/01/2027',
    '2027-01-01T00:00:00',
    '2027-01-01T25:00:00Z',
  ])('nothing of %s', text => {
    expect(readMoment(text)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { closest } from '../../src/base/index.ts';

describe('closest', () => {
  it('finds what was meant, whatever its letter case', () => {
    expect(closest('polcy', ['data', 'policy', 'police'])).toBe('policy');
    expect(closest('SARIF', ['text', 'sarif'])).toBe('sarif');
    expect(closest('policy', ['policy'])).toBe('policy');
  });

  it('finds nothing where nothing is near', () => {
    expect(closest('xyz', ['policy', 'data'])).toBeUndefined();
    expect(closest('ab', ['cd'])).toBeUndefined();
    expect(closest('', ['a'])).toBeUndefined();
    expect(closest('a'.repeat(10_000), ['b'.repeat(10_000)])).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { distinctAuthorities } from '../../src/images/index.ts';

function count(...backings: readonly (readonly [signers: string, authorities: string])[]): number {
  return distinctAuthorities(
    backings.map(([signers, authorities]) => ({ signers: [...signers], authorities: [...authorities] })),
  ).length;
}

describe('distinct authorities', () => {
  it('are none where nobody has signed', () => {
    expect(count()).toBe(0);
  });

  it('are as many as can each have a signer of its own', () => {
    expect(count(['x', 'A'], ['y', 'B'])).toBe(2);
    expect(count(['x', 'AB'], ['y', 'A'])).toBe(2);
    expect(count(['x', 'A'], ['y', 'AB'], ['z', 'BC'])).toBe(3);
    expect(count(['x', 'ABC'], ['y', 'A'], ['z', 'A'])).toBe(2);
  });

  it('are not more than there are signers', () => {
    expect(count(['x', 'ABC'])).toBe(1);
    expect(count(['x', 'A'], ['x', 'B'])).toBe(1);
  });

  it('are not more than there are authorities', () => {
    expect(count(['x', 'A'], ['y', 'A'], ['z', 'A'])).toBe(1);
  });

  it('take two for one signer where a third signature shows that they are', () => {
    expect(count(['x', 'A'], ['y', 'B'], ['xy', 'C'])).toBe(1);
    expect(count(['xy', 'C'], ['x', 'A'], ['y', 'B'], ['z', 'A'])).toBe(2);
  });
});

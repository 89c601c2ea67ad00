import { describe, expect, it } from 'vitest';
import {
  add,
  bitLength,
  divide,
  fromDecimal,
  multiply,
  round,
  toShortestDecimal,
  truncate,
} from '../../src/values/binary-float.ts';

const whole = (mantissa: bigint) => ({ mantissa, exponent: 0 });

describe('binary floating-point numbers', () => {
  it('count bits', () => {
    expect([0n, 1n, 2n, 255n, 256n, -256n].map(bitLength)).toEqual([0, 1, 2, 8, 9, 9]);
  });

  it('round ties to even', () => {
    expect(round(whole(0b1011n), 3)).toEqual({ mantissa: 0b110n, exponent: 1 });
    expect(round(whole(0b1001n), 3)).toEqual({ mantissa: 0b100n, exponent: 1 });
    expect(round(whole(-0b1011n), 3)).toEqual({ mantissa: -0b110n, exponent: 1 });
    expect(round(whole(0b10011n), 3)).toEqual({ mantissa: 0b101n, exponent: 2 });
    expect(round(whole(5n), 3)).toEqual(whole(5n));
  });

  it('align before they are added', () => {
    expect(add({ mantissa: 1n, exponent: 4 }, { mantissa: 1n, exponent: -1 }, 64)).toEqual({
      mantissa: 33n,
      exponent: -1,
    });
  });

  it('see in a quotient that something is left', () => {
    const third = divide(whole(1n), whole(3n), 4);
    expect(third).toEqual({ mantissa: 11n, exponent: -5 });
    expect(truncate(divide(whole(-7n), whole(2n), 64))).toBe(-3n);
    expect(truncate(multiply(whole(3n), { mantissa: 1n, exponent: 2 }, 64))).toBe(12n);
  });

  it.each([
    [1n, -1],
    [123456789n, -5],
    [5n, 300],
    [5n, -300],
    [-25n, -1],
    [18446744073709551615n, 0],
  ])('come back as the decimal they were read from: %se%s', (coefficient, exponent) => {
    expect(toShortestDecimal(fromDecimal({ coefficient, exponent }), 64)).toEqual({ coefficient, exponent });
  });

  it('print no more digits than their precision needs', () => {
    expect(toShortestDecimal(whole(0n), 64)).toEqual({ coefficient: 0n, exponent: 0 });
    expect(toShortestDecimal(whole(2n ** 70n), 64)).toEqual({
      coefficient: 11805916207174113034n,
      exponent: 2,
    });
    expect(toShortestDecimal({ mantissa: 3602879701896397n, exponent: -55 }, 53)).toEqual({
      coefficient: 1n,
      exponent: -1,
    });
  });
});

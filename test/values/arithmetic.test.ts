import { describe, expect, it } from 'vitest';
import {
  absoluteNumber,
  addNumbers,
  BigNumber,
  ceilingNumber,
  divideNumbers,
  floorNumber,
  fromBigInt,
  isInteger,
  multiplyAll,
  multiplyNumbers,
  negateNumber,
  parseNumber,
  printNumber,
  type RegoNumber,
  remainder,
  roundNumber,
  scaleAndTruncate,
  subtractNumbers,
  sumNumbers,
  toBigInt,
  truncateNumber,
} from '../../src/values/index.ts';

const n = (text: string): RegoNumber => parseNumber(text)!;

/** Every answer here is what OPA prints. */
describe('arithmetic', () => {
  it.each([
    ['1', '2', '3'],
    ['9007199254740991', '1', '9007199254740992'],
    ['9007199254740992', '1', '9007199254740993'],
    ['123456789012345678901234567890', '-1', '123456789012345678901234567889'],
    ['0.1', '0.2', '0.3'],
    ['1e30', '1', '1000000000000000000000000000001'],
    ['123456789012345678901234567890', '0.5', '123456789012345678900000000000'],
    ['0.1', '-0.1', '0'],
    ['1e-300', '1', '1'],
  ])('%s + %s', (a, b, sum) => {
    expect(printNumber(addNumbers(n(a), n(b)))).toBe(sum);
    expect(printNumber(addNumbers(n(b), n(a)))).toBe(sum);
  });

  it.each([
    ['0.3', '0.1', '0.20000000000000000002'],
    ['1', '9007199254740993', '-9007199254740992'],
    ['0.1', '0.30000000000000000001', '-0.20000000000000000002'],
  ])('%s - %s', (a, b, difference) => {
    expect(printNumber(subtractNumbers(n(a), n(b)))).toBe(difference);
  });

  it.each([
    ['94906267', '94906267', '9007199515875289'],
    ['0.1', '3', '0.3'],
    ['1.1', '1.1', '1.21'],
    ['1e400', '2', `2${'0'.repeat(400)}`],
    ['-8.5', '0', '0'],
  ])('%s * %s', (a, b, product) => {
    const got = multiplyNumbers(n(a), n(b));
    expect(got).toEqual(n(product));
    expect(Object.is(got, -0)).toBe(false);
  });

  it.each([
    ['10', '4', '2.5'],
    ['1', '3', '0.33333333333333333334'],
    ['2', '3', '0.6666666666666666667'],
    ['1e22', '3', '3333333333333333333200'],
    ['0', '-5', '0'],
    ['1', '1e-300', '1e300'],
  ])('%s / %s', (a, b, quotient) => {
    const got = divideNumbers(n(a), n(b));
    expect(got).toEqual(n(quotient));
    expect(Object.is(got, -0)).toBe(false);
  });

  it('gives the remainder the sign of the dividend', () => {
    expect(remainder(-5, 2)).toBe(-1);
    expect(remainder(5, -2)).toBe(1);
    expect(Object.is(remainder(-4, 2), -0)).toBe(false);
    expect(remainder(n('123456789012345678901234567890'), 97)).toBe(52);
  });

  it('rounds, halves away from zero', () => {
    expect(['0.5', '-0.5', '2.5', '-1.5', '1.4'].map(text => roundNumber(n(text)))).toEqual([
      1, -1, 3, -2, 1,
    ]);
    expect(['1.2', '-1.2', '3'].map(text => ceilingNumber(n(text)))).toEqual([2, -1, 3]);
    expect(['1.8', '-1.2', '3'].map(text => floorNumber(n(text)))).toEqual([1, -2, 3]);
  });

  it('rounds between -1 and 0 as OPA does', () => {
    expect(ceilingNumber(-0.5)).toBe(1);
    expect(floorNumber(-0.5)).toBe(0);
  });

  it('keeps 64 bits of an absolute number', () => {
    expect(absoluteNumber(-2.5)).toBe(2.5);
    expect(printNumber(absoluteNumber(n('-18446744073709551617')))).toBe('18446744073709551616');
  });

  it('folds integers exactly and fractions in floats', () => {
    expect(sumNumbers([])).toBe(0);
    expect(multiplyAll([])).toBe(1);
    expect(sumNumbers([0.1, 0.2, 0.3])).toBe(0.6);
    expect(multiplyAll([1.1, 1.1])).toBe(1.2100000000000002);
    expect(printNumber(sumNumbers([Number.MAX_SAFE_INTEGER, 2]))).toBe('9007199254740993');
    expect(printNumber(multiplyAll([n('18446744073709551616'), -2]))).toBe('-36893488147419103232');
  });
});

describe('integers', () => {
  it('come out of numbers whose value is whole', () => {
    expect(toBigInt(n('1e21'))).toBe(10n ** 21n);
    expect(toBigInt(n('12345678901234567890123'))).toBe(12345678901234567890123n);
    expect(toBigInt(1.5)).toBeUndefined();
    expect(truncateNumber(-1.5)).toBe(-1n);
    expect([1, 1.5, n('1e400'), n('0.1234567890123456789')].map(isInteger)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('are doubles where these are safe', () => {
    expect(fromBigInt(5n)).toBe(5);
    expect(fromBigInt(2n ** 53n + 1n)).toBeInstanceOf(BigNumber);
    expect(fromBigInt(10n ** 21n)).toBe(1e21);
  });

  it('have no negative zero', () => {
    expect(Object.is(negateNumber(0), 0)).toBe(true);
    expect(printNumber(negateNumber(n('0.1234567890123456789')))).toBe('-0.1234567890123456789');
  });

  it('are cut from a scaled decimal', () => {
    expect(scaleAndTruncate({ coefficient: 11n, exponent: -1 }, 1024n)).toBe(1126);
    expect(scaleAndTruncate({ coefficient: -15n, exponent: -1 }, 1n)).toBe(-1);
  });
});

describe('numbers too large to compute with', () => {
  it.each([
    ['an exponent', () => addNumbers(n('1e99999999'), 1)],
    ['a negative exponent', () => divideNumbers(1, n('1e-99999999'))],
    ['a product', () => multiplyNumbers(n('1e30000'), n('1e30000'))],
    ['a long product', () => multiplyAll(Array(200_000).fill(7))],
  ])('are a RangeError: %s', (_title, compute) => {
    expect(compute).toThrow(RangeError);
  });
});

import { BigNumber, numberOf } from './big-number.ts';
import * as float from './binary-float.ts';
import { type Decimal, parseDecimal } from './decimal.ts';
import { toDecimal } from './number.ts';

/**
 * Arithmetic as OPA does it: exact on integers of any size, and on a 64-bit mantissa where an
 * operand is none (so 0.1 + 0.2 is 0.3, and 1 / 3 is 0.33333333333333333334). Integers that doubles
 * hold exactly are computed as such. Every function throws RangeError where a number is too large to
 * be computed with; see `maxBits`.
 */

/** A number as a value holds it. */
export type RegoNumber = number | BigNumber;

/** Bits of an integer, and decimal exponent of any number, beyond which nothing is computed. */
const maxBits = 131_072;
const maxExponent = 32_768;

const one: float.BinaryFloat = { mantissa: 1n, exponent: 0 };
const half: float.BinaryFloat = { mantissa: 1n, exponent: -1 };

export function addNumbers(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const sum = (a as number) + (b as number);
    if (Number.isSafeInteger(sum)) return sum;
  }
  const x = toBigInt(a);
  const y = x === undefined ? undefined : toBigInt(b);
  if (x !== undefined && y !== undefined) return fromBigInt(x + y);
  return fromFloat(float.add(toFloat(a), toFloat(b), float.precision));
}

export function subtractNumbers(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const difference = (a as number) - (b as number);
    if (Number.isSafeInteger(difference)) return difference;
  }
  return addNumbers(a, negateNumber(b));
}

export function multiplyNumbers(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const product = (a as number) * (b as number);
    // Adding zero turns -0 into 0.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  const x = toBigInt(a);
  const y = x === undefined ? undefined : toBigInt(b);
  if (x !== undefined && y !== undefined) return fromBigInt(multiplyIntegers(x, y));
  return fromFloat(float.multiply(toFloat(a), toFloat(b), float.precision));
}

/** The divisor is not zero. A quotient of integers is exact only where both fit 32 bits or so. */
export function divideNumbers(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const quotient = (a as number) / (b as number);
    if ((a as number) % (b as number) === 0) return quotient + 0;
  }
  return fromFloat(float.divide(toFloat(a), toFloat(b), float.precision));
}

/** The remainder with the sign of the dividend. Both are integers, the divisor not zero. */
export function remainder(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) return ((a as number) % (b as number)) + 0;
  return fromBigInt(toBigInt(a)! % toBigInt(b)!);
}

export function negateNumber(a: RegoNumber): RegoNumber {
  if (typeof a === 'number') return 0 - a;
  return new BigNumber({ coefficient: -a.coefficient, exponent: a.exponent });
}

/** Rounds to 64 bits of mantissa beyond them, integers too. */
export function absoluteNumber(a: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a)) return Math.abs(a as number);
  const value = toFloat(a);
  return fromFloat(value.mantissa < 0n ? float.negate(value) : value);
}

/** Half away from zero. */
export function roundNumber(a: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a)) return a;
  const value = toFloat(a);
  const nudge = value.mantissa < 0n ? float.negate(half) : half;
  return integerFloat(float.truncate(float.add(value, nudge, float.precision)));
}

/** OPA's, by which the ceiling of a number between -1 and 0 is 1. */
export function ceilingNumber(a: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a)) return a;
  const value = toFloat(a);
  const whole = float.truncate(value);
  if (whole < 0n || isWhole(value, whole)) return integerFloat(whole);
  return fromFloat(float.add({ mantissa: whole, exponent: 0 }, one, float.precision));
}

/** OPA's, by which the floor of a number between -1 and 0 is 0. */
export function floorNumber(a: RegoNumber): RegoNumber {
  if (Number.isSafeInteger(a)) return a;
  const value = toFloat(a);
  const whole = float.truncate(value);
  if (whole >= 0n || isWhole(value, whole)) return integerFloat(whole);
  return fromFloat(float.add({ mantissa: whole, exponent: 0 }, float.negate(one), float.precision));
}

/** The part before the point, of a number that is read into 64 bits unless it is an integer. */
export function truncateNumber(a: RegoNumber): bigint {
  return toBigInt(a) ?? float.truncate(toFloat(a));
}

/** `coefficient × 10^exponent × factor` without its fraction, in 64 bits of mantissa. */
export function scaleAndTruncate(decimal: Decimal, factor: bigint): RegoNumber {
  const value = float.fromDecimal(bounded(decimal));
  const scaled = float.multiply(value, { mantissa: factor, exponent: 0 }, float.precision);
  return fromBigInt(float.truncate(scaled));
}

export function sumNumbers(numbers: readonly RegoNumber[]): RegoNumber {
  const integers = toBigInts(numbers);
  if (integers) return fromBigInt(integers.reduce((sum, item) => sum + item, 0n));
  let sum: float.BinaryFloat = { mantissa: 0n, exponent: 0 };
  for (const item of numbers) sum = float.add(sum, toFloat(item), float.precision);
  return fromFloat(sum);
}

/** OPA keeps 53 bits of mantissa here, where everything else keeps 64. */
export function multiplyAll(numbers: readonly RegoNumber[]): RegoNumber {
  const integers = toBigInts(numbers);
  if (integers) return fromBigInt(productOf(integers, 0, integers.length));
  let product = one;
  for (const item of numbers) product = float.multiply(product, toFloat(item), 53);
  return fromFloat(product, 53);
}

/** The integer a number is; undefined where it has a fraction. */
export function toBigInt(a: RegoNumber): bigint | undefined {
  if (typeof a === 'number') {
    if (Number.isSafeInteger(a)) return BigInt(a);
    if (!Number.isInteger(a)) return undefined;
  }
  const { coefficient, exponent } = bounded(toDecimal(a));
  if (exponent < 0) return undefined;
  return exponent === 0 ? coefficient : coefficient * 10n ** BigInt(exponent);
}

export function fromBigInt(value: bigint): RegoNumber {
  const double = Number(value);
  if (Number.isSafeInteger(double)) return double;
  return numberOf(parseDecimal(String(value))!);
}

/** Multiplies where the product is not too large. */
export function multiplyIntegers(a: bigint, b: bigint): bigint {
  assertComputable(float.bitLength(a) + float.bitLength(b));
  return a * b;
}

/** Shifts left where the result is not too large. */
export function shiftLeft(a: bigint, bits: bigint): bigint {
  if (a === 0n) return 0n;
  assertComputable(float.bitLength(a) + Number(bits));
  return a << bits;
}

function assertComputable(bits: number): void {
  if (bits > maxBits) throw new RangeError('number too big');
}

function bounded(decimal: Decimal): Decimal {
  if (Math.abs(decimal.exponent) > maxExponent) throw new RangeError('number too big');
  return decimal;
}

/** Undefined where one has a fraction. */
function toBigInts(numbers: readonly RegoNumber[]): bigint[] | undefined {
  const integers: bigint[] = [];
  for (const item of numbers) {
    const integer = toBigInt(item);
    if (integer === undefined) return undefined;
    integers.push(integer);
  }
  return integers;
}

/** By halves, so that large factors meet late. */
function productOf(integers: readonly bigint[], from: number, to: number): bigint {
  if (to - from < 2) return integers[from] ?? 1n;
  const middle = (from + to) >> 1;
  return multiplyIntegers(productOf(integers, from, middle), productOf(integers, middle, to));
}

export function isInteger(a: RegoNumber): boolean {
  return typeof a === 'number' ? Number.isInteger(a) : a.exponent >= 0;
}

function isWhole(value: float.BinaryFloat, whole: bigint): boolean {
  return value.exponent >= 0 || value.mantissa === whole << BigInt(-value.exponent);
}

/** An integer that went through a float whose mantissa is as long as it needs. */
function integerFloat(value: bigint): RegoNumber {
  return fromFloat({ mantissa: value, exponent: 0 }, Math.max(float.precision, float.bitLength(value)));
}

function toFloat(a: RegoNumber): float.BinaryFloat {
  return float.fromDecimal(bounded(toDecimal(a)));
}

function fromFloat(value: float.BinaryFloat, bits: number = float.precision): RegoNumber {
  return numberOf(float.toShortestDecimal(value, bits));
}

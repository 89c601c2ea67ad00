import { type Decimal, parseDecimal } from './decimal.ts';

/**
 * A binary floating-point number, mantissa × 2^exponent. Go's `big.Float`, with which OPA computes
 * what is no integer: each result is rounded to so many bits of mantissa, ties to even, with no
 * overflow, underflow, infinity or not-a-number.
 */
export interface BinaryFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** The mantissa that `big.Float` gives a number read from text. */
export const precision = 64;

/** What a power of five keeps while a decimal is converted, as `big.Float` does it. */
const powerPrecision = precision + 64;

/** The greatest power of five in 64 bits. */
const exactPower = 27;

export function bitLength(value: bigint): number {
  const digits = (value < 0n ? -value : value).toString(16);
  return digits === '0' ? 0 : digits.length * 4 - Math.clz32(Number.parseInt(digits[0]!, 16)) + 28;
}

/** Rounds to `bits` bits of mantissa, ties to even. */
export function round(value: BinaryFloat, bits: number): BinaryFloat {
  const negative = value.mantissa < 0n;
  const magnitude = negative ? -value.mantissa : value.mantissa;
  const excess = bitLength(magnitude) - bits;
  if (excess <= 0) return value;
  const shift = BigInt(excess);
  let kept = magnitude >> shift;
  const lost = magnitude - (kept << shift);
  const half = 1n << (shift - 1n);
  if (lost > half || (lost === half && (kept & 1n) === 1n)) kept += 1n;
  return { mantissa: negative ? -kept : kept, exponent: value.exponent + excess };
}

export function add(a: BinaryFloat, b: BinaryFloat, bits: number): BinaryFloat {
  const exponent = Math.min(a.exponent, b.exponent);
  const mantissa =
    (a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent));
  return round({ mantissa, exponent }, bits);
}

export function negate(value: BinaryFloat): BinaryFloat {
  return { mantissa: -value.mantissa, exponent: value.exponent };
}

export function multiply(a: BinaryFloat, b: BinaryFloat, bits: number): BinaryFloat {
  return round({ mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent }, bits);
}

/** The divisor is not zero. */
export function divide(a: BinaryFloat, b: BinaryFloat, bits: number): BinaryFloat {
  const shift = Math.max(0, bits + 2 + bitLength(b.mantissa) - bitLength(a.mantissa));
  const dividend = a.mantissa << BigInt(shift);
  const quotient = dividend / b.mantissa;
  const exact = quotient * b.mantissa === dividend;
  const negative = a.mantissa < 0n !== b.mantissa < 0n;
  // A remainder is kept as one more bit, so that it is seen not to be a tie.
  const mantissa = quotient * 2n + (exact ? 0n : negative ? -1n : 1n);
  return round({ mantissa, exponent: a.exponent - b.exponent - shift - 1 }, bits);
}

/** The part before the point. */
export function truncate(value: BinaryFloat): bigint {
  if (value.exponent >= 0) return value.mantissa << BigInt(value.exponent);
  return value.mantissa / (1n << BigInt(-value.exponent));
}

/** A decimal as `big.Float` reads it, rounded to `precision` bits. */
export function fromDecimal(decimal: Decimal): BinaryFloat {
  const { coefficient, exponent } = decimal;
  if (exponent === 0) return round({ mantissa: coefficient, exponent: 0 }, precision);
  // 10^n is 5^n × 2^n, and the second factor is no more than an exponent.
  const scaled = { mantissa: coefficient, exponent };
  const power = powerOfFive(Math.abs(exponent));
  return exponent > 0 ? multiply(scaled, power, precision) : divide(scaled, power, precision);
}

/** 5^n, inexact where it does not fit, by the squarings in which `big.Float` makes it. */
function powerOfFive(n: number): BinaryFloat {
  if (n <= exactPower) return { mantissa: 5n ** BigInt(n), exponent: 0 };
  let power: BinaryFloat = { mantissa: 5n ** BigInt(exactPower), exponent: 0 };
  let factor: BinaryFloat = { mantissa: 5n, exponent: 0 };
  for (let rest = n - exactPower; rest > 0; rest >>>= 1) {
    if (rest & 1) power = multiply(power, factor, powerPrecision);
    factor = multiply(factor, factor, powerPrecision + 64);
  }
  return power;
}

/** The shortest decimal that rounds to `value` where mantissas have `bits` bits. */
export function toShortestDecimal(value: BinaryFloat, bits: number): Decimal {
  if (value.mantissa === 0n) return { coefficient: 0n, exponent: 0 };
  const negative = value.mantissa < 0n;
  const { mantissa, exponent } = withHalfUnit(negative ? -value.mantissa : value.mantissa, value, bits);
  const scale = exponent < 0 ? 5n ** BigInt(-exponent) : 1n << BigInt(exponent);
  const digits = String(mantissa * scale);
  // The neighbours at half a unit round to this mantissa only where it is even.
  const inclusive = (mantissa & 2n) === 0n;
  const kept = shortestDigits(
    digits,
    trimmed((mantissa - 1n) * scale),
    trimmed((mantissa + 1n) * scale),
    inclusive,
  );
  const power = Math.min(exponent, 0) + (digits.length - kept.count);
  return parseDecimal(`${negative ? '-' : ''}${kept.coefficient}e${power}`)!;
}

/** The magnitude with `bits + 1` bits, so that its last bit is half a unit in the last place. */
function withHalfUnit(magnitude: bigint, value: BinaryFloat, bits: number): BinaryFloat {
  const shift = bits + 1 - bitLength(magnitude);
  return {
    mantissa: shift >= 0 ? magnitude << BigInt(shift) : magnitude >> BigInt(-shift),
    exponent: value.exponent - shift,
  };
}

function trimmed(value: bigint): string {
  return String(value).replace(/0+$/u, '');
}

/** As few leading digits as tell the value from its neighbours, rounded to the nearest. */
function shortestDigits(
  digits: string,
  lower: string,
  upper: string,
  inclusive: boolean,
): { coefficient: bigint; count: number } {
  const length = trimmedLength(digits);
  for (let i = 0; i < length; i++) {
    const digit = digits[i]!;
    const low = lower[i] ?? '0';
    const high = upper[i] ?? '0';
    const canRoundDown = low !== digit || (inclusive && i + 1 === lower.length);
    const canRoundUp =
      digit !== high && (inclusive || Number(digit) + 1 < Number(high) || i + 1 < upper.length);
    if (!canRoundDown && !canRoundUp) continue;
    const kept = BigInt(digits.slice(0, i + 1));
    const up = canRoundUp && (!canRoundDown || roundsUp(digits, i + 1, length));
    return { coefficient: up ? kept + 1n : kept, count: i + 1 };
  }
  return { coefficient: BigInt(digits), count: digits.length };
}

function roundsUp(digits: string, at: number, length: number): boolean {
  if (at >= length) return false;
  if (digits[at] === '5' && at + 1 === length) return Number(digits[at - 1]) % 2 === 1;
  return digits[at]! >= '5';
}

function trimmedLength(digits: string): number {
  let length = digits.length;
  while (length > 0 && digits[length - 1] === '0') length--;
  return length;
}

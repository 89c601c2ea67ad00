import { BuiltinError } from '../builtin.ts';

const HOUR = 3_600_000_000_000n;

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1000n],
  ['µs', 1000n],
  ['μs', 1000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', HOUR],
]);

const longUnits: ReadonlyMap<string, number> = new Map([
  ['d', 24],
  ['w', 7 * 24],
  ['y', 365 * 24],
]);

const MOST = 2n ** 63n;

/**
 * Nanoseconds of a duration such as `1h30m`, `-1.5s` or, beyond Go, `3d`, `2w` and `1y` (of 24 hours,
 * 7 and 365 days). Throws BuiltinError where the text is none or too large for 64 bits.
 */
export function parseDuration(text: string): bigint {
  const match = /^([+-]?)(.+)$/su.exec(text);
  if (!match) return invalid(text);
  const negative = match[1] === '-';
  const total = match[2] === '0' ? 0n : sum(match[2]!, text);
  if (total > (negative ? MOST : MOST - 1n)) return invalid(text);
  return negative ? -total : total;
}

function sum(segments: string, text: string): bigint {
  let total = 0n;
  let end = 0;
  for (const match of segments.matchAll(/(\d*)(?:\.(\d*))?([^\d.]+)/gu)) {
    const [written, whole = '', fraction = '', unit = ''] = match;
    if (match.index !== end || whole + fraction === '') return invalid(text);
    end += written.length;
    total += segment(whole, fraction, unit, text);
  }
  return end === segments.length ? total : invalid(text);
}

function segment(whole: string, fraction: string, unit: string, text: string): bigint {
  const hours = longUnits.get(unit);
  if (hours !== undefined) return inHours(Number(`${whole || 0}.${fraction || 0}`) * hours, text);
  const size = units.get(unit) ?? invalid(text);
  const value = BigInt(whole || 0) * size + partOf(fraction, size);
  return value > MOST ? invalid(text) : value;
}

function inHours(hours: number, text: string): bigint {
  if (hours > 1e7) return invalid(text);
  const [whole, fraction = ''] = (hours < 1e-6 ? hours.toFixed(20) : String(hours)).split('.');
  return BigInt(whole!) * HOUR + partOf(fraction, HOUR);
}

/** A decimal fraction of a unit in whole nanoseconds, with the rounding of doubles that Go has. */
function partOf(fraction: string, unit: bigint): bigint {
  const digits = fraction.slice(0, 18);
  return BigInt(Math.trunc(Number(digits) * (Number(unit) / 10 ** digits.length)));
}

function invalid(text: string): never {
  throw new BuiltinError(`time: invalid duration ${JSON.stringify(text)}`);
}

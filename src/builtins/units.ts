import { type Decimal, numberOf, parseDecimal, scaleAndTruncate, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { computed } from './elements.ts';
import { asString } from './operands.ts';

export const unitsFamily: Readonly<Record<string, BuiltinFunction>> = {
  'units.parse': parseUnits,
  'units.parse_bytes': parseBytes,
};

const prefixes = ['k', 'm', 'g', 't', 'p', 'e'];

/** `k` and `ki` and so on, in lower case; nothing is one. */
const factors: ReadonlyMap<string, bigint> = new Map([
  ['', 1n] as const,
  ...prefixes.map((prefix, i) => [prefix, 1000n ** BigInt(i + 1)] as const),
  ...prefixes.map((prefix, i) => [`${prefix}i`, 1024n ** BigInt(i + 1)] as const),
]);

/** The double nearest to a thousandth, which is what OPA takes `m` for. */
const milli = { numerator: 1152921504606847n, denominator: 2n ** 60n };

const maxExponent = 30_000;

/** `m` is a thousandth, `M` a million; the case of no other unit counts. */
function parseUnits(_context: BuiltinContext, value: Value): Value {
  const text = asString(value, 1).replaceAll('"', '');
  const { amount, unit } = quantity(text);
  if (unit === 'm') return scale(amount, milli.numerator, milli.denominator);
  const factor = factors.get(unit.toLowerCase());
  if (factor === undefined) throw new BuiltinError(`unit ${unit} not recognized`);
  return scale(amount, factor, 1n);
}

/** A whole number of bytes, what is left of one cut off; `b` after the unit is allowed. */
function parseBytes(_context: BuiltinContext, value: Value): Value {
  const text = asString(value, 1).replaceAll('"', '').toLowerCase();
  const { amount, unit } = quantity(text);
  const factor = factors.get(unit.length > 1 && unit.endsWith('b') ? unit.slice(0, -1) : unit);
  if (factor === undefined) throw new BuiltinError(`byte unit ${unit} not recognized`);
  return computed(() => scaleAndTruncate(amount, factor));
}

function quantity(text: string): { amount: Decimal; unit: string } {
  if (text.includes(' ')) throw new BuiltinError('spaces not allowed in resource strings');
  const length = numberLength(text);
  if (length === 0) throw new BuiltinError('no amount provided');
  const amount = parseAmount(text.slice(0, length));
  if (amount === undefined) throw new BuiltinError('could not parse amount to a number');
  if (Math.abs(amount.exponent) > maxExponent) throw new BuiltinError('exponent too large');
  return { amount, unit: text.slice(length) };
}

/** Digits, points and signs; an `e` only before a digit or sign, being a unit otherwise. */
function numberLength(text: string): number {
  const match = /^(?:[\d.+-]|[eE](?:[+-]|(?=\d)))*/u.exec(text);
  return match![0].length;
}

const AMOUNT = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d{1,6})?$/u;

function parseAmount(text: string): Decimal | undefined {
  const match = AMOUNT.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  return parseDecimal(`${sign === '-' ? '-' : ''}${whole || '0'}.${fraction || '0'}${exponent}`);
}

/** The product, rounded to ten decimal places, halves away from zero, where it is no integer. */
function scale({ coefficient, exponent }: Decimal, numerator: bigint, denominator: bigint): Value {
  const places = 10;
  const dividend = coefficient * numerator * 10n ** BigInt(Math.max(exponent, 0));
  const divisor = denominator * 10n ** BigInt(Math.max(-exponent, 0));
  if (dividend % divisor === 0n) return number(dividend / divisor, 0);
  const scaled = dividend * 10n ** BigInt(places) * 2n + (dividend < 0n ? -divisor : divisor);
  return number(scaled / (divisor * 2n), -places);
}

function number(coefficient: bigint, exponent: number): Value {
  return numberOf(parseDecimal(`${coefficient}e${exponent}`)!);
}

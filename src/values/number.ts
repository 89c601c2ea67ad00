import { BigNumber, numberOf } from './big-number.ts';
import { type Decimal, decimalOf, parseDecimal } from './decimal.ts';

/** A Rego number from a JSON number text; undefined where the text is none. */
export function parseNumber(text: string): number | BigNumber | undefined {
  if (text.length <= 15 && /^-?(?:0|[1-9]\d*)$/u.test(text)) return Number(text) || 0;
  const decimal = parseDecimal(text);
  return decimal && numberOf(decimal);
}

/** The exact decimal value of a Rego number. */
export function toDecimal(value: number | BigNumber): Decimal {
  return value instanceof BigNumber ? value : decimalOf(value);
}

/** A number as JSON text: whole numbers in full, others as JavaScript prints them. */
export function printNumber(value: number | BigNumber): string {
  if (typeof value === 'number' && (!Number.isInteger(value) || Math.abs(value) < 1e21)) return String(value);
  const { coefficient, exponent } = toDecimal(value);
  if (exponent >= 0 && exponent < 400) return `${coefficient}${'0'.repeat(exponent)}`;
  const digits = coefficient.toString().replace('-', '');
  const sign = coefficient < 0n ? '-' : '';
  const point = digits.length + exponent;
  if (exponent < 0 && point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  if (exponent < 0 && point > -20) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.slice(0, 1)}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${point - 1}`;
}

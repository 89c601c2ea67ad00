import { type BigNumber, parseNumber, type Scalar } from '../values/index.ts';

/** What an untagged plain scalar stands for, as Kubernetes reads it (YAML 1.1 without base 60 and dates). */
const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    word => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    word => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
]);

/** Longer texts of digits are left as text: no manifest has such a number. */
const longestNumber = 1_000;
const longestWord = 5;

const integer = /^[-+]?(?:0|[1-9]\d*)$/u;
const octal = /^([-+]?)0[oO]?([0-7]+)$/u;
const prefixed = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+)$/u;
const float = /^([-+]?)(\d*)(?:\.(\d*))?((?:[eE][-+]?\d+)?)$/u;

/**
 * The value of a plain scalar: null, a boolean, an exact number, or the text itself. Dates and
 * infinities, which JSON has not, stay text.
 */
export function resolvePlain(text: string): Scalar | BigNumber {
  const first = text.charCodeAt(0);
  if (startsNumber(first)) return (text.length <= longestNumber ? numberIn(text) : undefined) ?? text;
  if (text.length > longestWord) return text;
  const word = words.get(text);
  return word === undefined ? text : word;
}

/** A digit, a sign or a point. */
function startsNumber(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x2b || unit === 0x2d || unit === 0x2e;
}

function numberIn(written: string): number | BigNumber | undefined {
  const text = written.replaceAll('_', '');
  if (integer.test(text)) return parseNumber(unsigned(text));
  const base8 = octal.exec(text);
  if (base8) return wholeNumber(base8[1]!, `0o${base8[2]}`);
  const other = prefixed.exec(text);
  if (other) return wholeNumber(other[1]!, other[2]!);
  return floatIn(text);
}

function floatIn(text: string): number | BigNumber | undefined {
  const match = float.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction, exponent] = match;
  if (!whole && !fraction) return undefined;
  const digits = `${whole || '0'}.${fraction || '0'}${exponent}`;
  return parseNumber(sign === '-' ? `-${digits}` : digits);
}

function wholeNumber(sign: string, digits: string): number | BigNumber | undefined {
  return parseNumber(`${sign === '-' ? '-' : ''}${BigInt(digits)}`);
}

function unsigned(text: string): string {
  return text.startsWith('+') ? text.slice(1) : text;
}

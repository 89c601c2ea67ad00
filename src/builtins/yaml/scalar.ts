import { isNumber, parseNumber, printNumber, type Value } from '../../values/index.ts';
import { decodeBase64 } from '../base64.ts';
import { BuiltinError } from '../builtin.ts';
import { textOf } from '../bytes.ts';

const words: ReadonlyMap<string, Value | 'not a number'> = new Map<string, Value | 'not a number'>([
  ...['true', 'True', 'TRUE'].map(word => [word, true] as const),
  ...['false', 'False', 'FALSE'].map(word => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF'].map(word => [word, 'not a number'] as const),
  ...['+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'].map(word => [word, 'not a number'] as const),
]);

const INTEGER = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/u;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/u;

/**
 * What a plain scalar means, as go-yaml reads the core schema of YAML 1.2: with the octal `0777` and
 * the `_` between digits of YAML 1.1, without its `yes`, `on` and times. Throws BuiltinError for `.inf` and `.nan`.
 */
export function resolvePlain(text: string): Value {
  const word = words.get(text);
  if (word === 'not a number') throw new BuiltinError(`yaml: ${text} is no JSON number`);
  if (word !== undefined) return word;
  return /^[-+.\d]/u.test(text) ? (resolveNumber(text) ?? text) : text;
}

/** What a scalar means whose tag says what it is. Throws BuiltinError where the text does not fit the tag. */
export function resolveTagged(tag: string, text: string): Value {
  switch (tag) {
    case '!!binary':
      return textOf(decodeBase64(text) ?? fail('!!binary value contains invalid base64 data'));
    case '!!null':
    case '!!bool':
    case '!!int':
    case '!!float': {
      const value = resolvePlain(text);
      return fits(tag, value) ? value : fail(`cannot decode ${JSON.stringify(text)} as a ${tag}`);
    }
    default:
      return text;
  }
}

function fits(tag: '!!null' | '!!bool' | '!!int' | '!!float', value: Value): boolean {
  if (tag === '!!null') return value === null;
  if (tag === '!!bool') return typeof value === 'boolean';
  return isNumber(value) && (tag === '!!float' || typeof value !== 'number' || Number.isInteger(value));
}

function resolveNumber(text: string): Value | undefined {
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  const whole = wholeNumber(plain);
  if (whole !== undefined) return whole;
  const double = FLOAT.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(double) ? double || 0 : undefined;
}

/** A whole number of 64 bits. */
function wholeNumber(text: string): Value | undefined {
  const match = INTEGER.exec(text);
  if (!match) return undefined;
  const [, sign = '', hexadecimal, binary, octal, decimal] = match;
  const written = hexadecimal ? `0x${hexadecimal}` : binary ? `0b${binary}` : octal ? `0o${octal}` : decimal!;
  const value = sign === '-' ? -BigInt(written) : BigInt(written);
  const most = sign === '' ? 2n ** 64n : 2n ** 63n;
  return value < -(2n ** 63n) || value >= most ? undefined : parseNumber(value.toString());
}

/** The JSON key that a YAML key becomes. Throws BuiltinError for null and for collections. */
export function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'boolean') return String(key);
  if (typeof key === 'number' && !Number.isInteger(key)) return singlePrecision(key);
  if (isNumber(key)) return printNumber(key);
  return fail('unsupported map key');
}

/** The fewest digits that tell the number from others of single precision. */
function singlePrecision(number: number): string {
  const single = Math.fround(number);
  for (let digits = 1; digits < 9; digits++) {
    const text = number.toPrecision(digits);
    if (Math.fround(Number(text)) === single) return String(Number(text));
  }
  return String(single);
}

function fail(message: string): never {
  throw new BuiltinError(`yaml: ${message}`);
}

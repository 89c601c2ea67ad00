import { isPrintable, quote, quoteWith } from '../values/index.ts';
import { bytesOf, hexOf } from './bytes.ts';
import { formatMagnitude } from './sprintf-floats.ts';
import { codePointLength, offsetOf } from './text.ts';

/** What a directive prints: a bigint is a Go int64, or a big.Int beyond its range; a number is a float64. */
export type FormatArgument = string | bigint | number | boolean;

/** The flags, width and precision of one directive. */
export interface Directive {
  sharp: boolean;
  zero: boolean;
  plus: boolean;
  minus: boolean;
  space: boolean;
  /** `%#v`: quotes strings. */
  goSyntax: boolean;
  /** `%+v`: a sign, for a big.Int alone. */
  bigSign: boolean;
  width: number | undefined;
  precision: number | undefined;
}

const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;
const radixes: { readonly [verb: string]: number } = { b: 2, o: 8, O: 8, d: 10, v: 10, x: 16, X: 16 };

/** The argument as Go's `fmt` prints it; `%!d(string=x)` where the verb does not fit. */
export function formatArgument(directive: Directive, verb: string, argument: FormatArgument): string {
  if (verb === 'T') return pad(directive, truncate(directive, typeOf(argument)));
  const text = formatted(directive, verb, argument);
  if (text !== undefined) return text;
  const type = isBigInt(argument) && verb !== 'w' ? 'big.Int' : typeOf(argument);
  const plain = isBigInt(argument) ? String(argument) : formatArgument(directive, 'v', argument);
  return `%!${verb}(${type}=${plain})`;
}

/** `string=x`, as Go lists what a format did not use. */
export function describeArgument(directive: Directive, argument: FormatArgument): string {
  return `${typeOf(argument)}=${formatArgument(directive, 'v', argument)}`;
}

/** Whether an integer is beyond Go's int64. */
export function isBigInt(argument: FormatArgument): argument is bigint {
  return typeof argument === 'bigint' && (argument < minInt64 || argument > maxInt64);
}

function typeOf(argument: FormatArgument): string {
  switch (typeof argument) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    default:
      return isBigInt(argument) ? '*big.Int' : 'int64';
  }
}

function formatted(directive: Directive, verb: string, argument: FormatArgument): string | undefined {
  switch (typeof argument) {
    case 'string':
      return formatString(directive, verb, argument);
    case 'boolean':
      return verb === 't' || verb === 'v' ? pad(directive, String(argument)) : undefined;
    case 'number':
      return formatFloat(directive, verb, argument);
    default:
      return isBigInt(argument)
        ? formatBigInt(directive, verb, argument)
        : formatInteger(directive, verb, argument);
  }
}

function formatString(directive: Directive, verb: string, text: string): string | undefined {
  switch (verb) {
    case 'v':
      return directive.goSyntax ? formatQuoted(directive, text) : pad(directive, truncate(directive, text));
    case 's':
      return pad(directive, truncate(directive, text));
    case 'q':
      return formatQuoted(directive, text);
    case 'x':
      return formatBytes(directive, text, 'x');
    case 'X':
      return formatBytes(directive, text, 'X').toUpperCase();
    default:
      return undefined;
  }
}

/** With `#`, between backquotes where the text can stand so. */
function formatQuoted(directive: Directive, text: string): string {
  const kept = truncate(directive, text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters Go excludes
  const raw = directive.sharp && !/[\x00-\x08\x0a-\x1f\x7f`\ufeff]/u.test(kept) && kept.isWellFormed();
  return pad(directive, raw ? `\`${kept}\`` : quote(kept, directive.plus));
}

function formatBytes(directive: Directive, text: string, prefix: string): string {
  const all = bytesOf(text);
  const bytes = directive.precision === undefined ? all : all.subarray(0, directive.precision);
  if (bytes.length === 0) return pad(directive, '');
  const start = directive.sharp ? `0${prefix}` : '';
  const digits = hexOf(bytes);
  if (!directive.space) return pad(directive, start + digits);
  return pad(directive, digits.replace(/../gu, pair => ` ${start}${pair}`).slice(1));
}

function formatInteger(directive: Directive, verb: string, value: bigint): string | undefined {
  if (verb === 'c') return pad(directive, characterOf(value));
  if (verb === 'q') return pad(directive, quoteWith(characterOf(value), "'", directive.plus));
  if (verb === 'U') return formatUnicode(directive, value);
  const radix = Object.hasOwn(radixes, verb) ? radixes[verb] : undefined;
  if (radix === undefined) return undefined;
  const { width, precision } = directive;
  if (precision === 0 && value === 0n) return ' '.repeat(width ?? 0);
  const sign = signOf(directive, value < 0n);
  let digits = digitsOf(value, radix, verb);
  if (precision !== undefined) digits = digits.padStart(precision, '0');
  else if (directive.zero && !directive.minus && width !== undefined) {
    digits = digits.padStart(width - sign.length, '0');
  }
  const octal = radix === 8 && digits.startsWith('0') ? '' : '0';
  const prefix = prefixOf(directive, verb, octal);
  return padWithSpaces(directive, sign + prefix + digits);
}

/** Go's `big.Int` formats itself: zeros fill the width after prefix and sign, and `%s` is decimal. */
function formatBigInt(directive: Directive, verb: string, value: bigint): string | undefined {
  const base = verb === 's' ? 'd' : verb;
  const radix = Object.hasOwn(radixes, base) ? radixes[base] : undefined;
  if (radix === undefined) return undefined;
  const sign = directive.bigSign && value >= 0n ? '+' : signOf(directive, value < 0n);
  const start = sign + prefixOf(directive, base, base === 'o' ? '0' : '');
  let digits = digitsOf(value, radix, base);
  if (directive.precision !== undefined) digits = digits.padStart(directive.precision, '0');
  else if (directive.zero && !directive.minus && directive.width !== undefined) {
    digits = digits.padStart(directive.width - start.length, '0');
  }
  return padWithSpaces(directive, start + digits);
}

function digitsOf(value: bigint, radix: number, verb: string): string {
  const digits = (value < 0n ? -value : value).toString(radix);
  return verb === 'X' ? digits.toUpperCase() : digits;
}

function prefixOf(directive: Directive, verb: string, octal: string): string {
  const start = verb === 'O' ? '0o' : '';
  if (!directive.sharp) return start;
  if (verb === 'b') return '0b';
  if (verb === 'x' || verb === 'X') return `0${verb}`;
  return verb === 'o' || verb === 'O' ? start + octal : start;
}

function characterOf(value: bigint): string {
  const invalid = value < 0n || value > 0x10ffffn || (value >= 0xd800n && value <= 0xdfffn);
  return invalid ? '\ufffd' : String.fromCodePoint(Number(value));
}

/** `U+0078`, with `#` followed by the character. */
function formatUnicode(directive: Directive, value: bigint): string {
  const code = BigInt.asUintN(64, value);
  const digits = code.toString(16).toUpperCase();
  const text = `U+${digits.padStart(Math.max(directive.precision ?? 4, 4), '0')}`;
  const shown = directive.sharp && code <= 0x10ffffn && isPrintable(String.fromCodePoint(Number(code)));
  return padWithSpaces(directive, shown ? `${text} '${characterOf(value)}'` : text);
}

function formatFloat(directive: Directive, verb: string, value: number): string | undefined {
  const form = verb === 'v' ? 'g' : verb === 'F' ? 'f' : verb;
  if (!/^[beEfgGxX]$/u.test(form)) return undefined;
  const precision = directive.precision ?? (/^[efE]$/u.test(form) ? 6 : undefined);
  let digits = formatMagnitude(Math.abs(value), form, precision);
  if (directive.sharp && form !== 'b') digits = withPoint(digits, verb, precision);
  const sign = signOf(directive, value < 0);
  const width = directive.width ?? 0;
  // Spaces may be asked for as the sign, and zeros go between sign and digits only where there is one.
  if (directive.zero && !directive.minus) return sign + digits.padStart(width - sign.length, '0');
  return pad(directive, sign + digits);
}

/** The `#` flag: always a point, and for `%g` the zeros that were left out. */
function withPoint(digits: string, verb: string, precision: number | undefined): string {
  const at = digits.search(/[xX]/u.test(verb) ? /[pP]/u : /[eE]/u);
  const tail = at === -1 ? '' : digits.slice(at);
  const head = at === -1 ? digits : digits.slice(0, at);
  let missing = /^[vgGx]$/u.test(verb) ? (precision ?? 6) : 0;
  missing -= head.replace('.', '').replace(/^0+/u, '').length;
  if (head === '0') missing--;
  const pointed = head.includes('.') ? head : `${head}.`;
  return pointed + '0'.repeat(Math.max(missing, 0)) + tail;
}

function signOf(directive: Directive, negative: boolean): string {
  if (negative) return '-';
  if (directive.plus) return '+';
  return directive.space ? ' ' : '';
}

function truncate(directive: Directive, text: string): string {
  return directive.precision === undefined ? text : text.slice(0, offsetOf(text, directive.precision));
}

function pad(directive: Directive, text: string): string {
  const fill = directive.zero && !directive.minus ? '0' : ' ';
  return padWith(directive, text, fill);
}

function padWithSpaces(directive: Directive, text: string): string {
  return padWith(directive, text, ' ');
}

function padWith(directive: Directive, text: string, fill: string): string {
  const missing = (directive.width ?? 0) - codePointLength(text);
  if (missing <= 0) return text;
  return directive.minus ? text + fill.repeat(missing) : fill.repeat(missing) + text;
}

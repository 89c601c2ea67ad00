import { type BigNumber, printNumber as printExact } from '../../values/index.ts';
import { resolvePlain } from './scalar.ts';

export type Style = 'plain' | 'single' | 'double' | 'literal';

/** What go-yaml does not print as it is: controls, U+0085, byte order marks, and all beyond the basic plane. */
const UNPRINTABLE = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;
const ESCAPED = /[^\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|["\\]/gu;
const BREAK = '[\\n\\r\\u0085\\u2028\\u2029]';
export const ANY_BREAK = new RegExp(BREAK, 'u');
const SPACE_BREAK = new RegExp(` ${BREAK}`, 'u');
const BREAK_SPACE = new RegExp(`${BREAK} `, 'u');
const EDGE = new RegExp(`^(?: |${BREAK})|(?: |${BREAK})$`, 'u');

/** What a plain scalar cannot begin with or hold. */
const INDICATOR = /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[?:-](?=[ \t]|$)|:(?=[ \t]|$)|[ \t]#/u;

/** What other readers take for a number or a boolean. */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/u;
const OLD_BOOLEAN = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/u;

const TIMESTAMP =
  /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ ])\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$/u;

/** How go-yaml writes a text that is no key. */
export function styleOf(text: string): Style {
  if (text.includes('\n'))
    return /[\t ]$/u.test(text) || SPACE_BREAK.test(text) || isSpecial(text) ? 'double' : 'literal';
  if (meansOther(text)) return 'double';
  if (SPACE_BREAK.test(text) || BREAK_SPACE.test(text) || text.includes('\t') || isSpecial(text))
    return 'double';
  return EDGE.test(text) || ANY_BREAK.test(text) || INDICATOR.test(text) ? 'single' : 'plain';
}

function isSpecial(text: string): boolean {
  return UNPRINTABLE.test(text.replaceAll('\t', ''));
}

/** Whether the plain text would be read as something else than a text. */
function meansOther(text: string): boolean {
  if ([BASE_60, OLD_BOOLEAN, TIMESTAMP].some(other => other.test(text))) return true;
  try {
    return typeof resolvePlain(text) !== 'string';
  } catch {
    return true;
  }
}

/** A text on one line, in the style it needs. */
export function printText(text: string, isKey: boolean): string {
  const style = styleOf(text);
  if (style === 'plain' && !(isKey && text === '')) return text;
  return style === 'double' || style === 'literal' ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

/** A text of several lines as a literal block: its head, then its lines with their indentation. */
export function printLiteral(text: string, indentation: string): readonly string[] {
  const hint = /^[ \n]/u.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  return [`|${hint}${chomping}`, ...body.split('\n').map(line => (line === '' ? '' : indentation + line))];
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\0', '0'],
  ['\x07', 'a'],
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\v', 'v'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['\x1b', 'e'],
  ['"', '"'],
  ['\\', '\\'],
  ['\x85', 'N'],
  ['\u2028', 'L'],
  ['\u2029', 'P'],
]);

function doubleQuoted(text: string): string {
  return `"${text.replace(ESCAPED, escaped)}"`;
}

function escaped(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0)!;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** Whole numbers of 64 bits in full, others as Go's shortest form. */
export function printNumber(number: number | BigNumber): string {
  const exact = printExact(number);
  if (/^-?\d+$/u.test(exact) && fitsInteger(exact)) return exact;
  const double = Number(exact);
  const [mantissa, exponent] = double.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(double);
  const size = String(Math.abs(power)).padStart(2, '0');
  return `${mantissa}e${power < 0 ? '-' : '+'}${size}`;
}

function fitsInteger(digits: string): boolean {
  const value = BigInt(digits);
  return value >= -(2n ** 63n) && value < 2n ** 64n;
}

import { type TemplateConstant, TemplateFloat } from './template-nodes.ts';
import type { Token } from './template-tokens.ts';

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/gu;

const simple: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** What a token stands for, by Go's rules for constants; undefined where it is none. */
export function parseConstant(token: Token): TemplateConstant | undefined {
  const { text } = token;
  switch (token.kind) {
    case 'string':
      return text.startsWith('`') ? text.slice(1, -1) : unescaped(text.slice(1, -1));
    case 'character': {
      const character = unescaped(text.slice(1, -1));
      return character === undefined ? undefined : BigInt(character.codePointAt(0)!);
    }
    case 'number':
      return parseNumber(text.replaceAll('_', ''));
    default:
      return text === 'nil' ? null : text === 'true' ? true : text === 'false' ? false : undefined;
  }
}

function parseNumber(text: string): TemplateConstant | undefined {
  const negative = text.startsWith('-');
  const magnitude = text.replace(/^[+-]/u, '');
  if (!/^0[xX]/u.test(magnitude) && /[.eE]/u.test(magnitude)) {
    const value = Number(text);
    return Number.isFinite(value) ? new TemplateFloat(value) : undefined;
  }
  const digits = /^0[0-7]+$/u.test(magnitude) ? `0o${magnitude}` : magnitude;
  const value = BigInt(digits);
  if (value >= 2n ** 63n) return undefined;
  return negative ? -value : value;
}

function unescaped(text: string): string | undefined {
  let valid = true;
  const plain = text.replace(ESCAPE, (_match, byte, short, long, octal, other: string | undefined) => {
    const hex: string | undefined = byte ?? short ?? long;
    if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
    const character = simple.get(other!);
    if (character === undefined) valid = false;
    return character ?? '';
  });
  return valid ? plain : undefined;
}

function codePoint(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

import { BuiltinError } from './builtin.ts';
import { bytesOf, textOf } from './bytes.ts';

/** The parts of a URL in which percent signs stand for bytes; each leaves other characters as they are. */
export type UrlPart = 'path' | 'query' | 'user' | 'host' | 'zone' | 'fragment';

const unreserved = '-_.~';

/** The characters besides letters and digits that a part holds unescaped. */
const plain: Readonly<Record<UrlPart, string>> = {
  path: `${unreserved}$&+,/:;=@`,
  query: unreserved,
  user: `${unreserved}$&+,;=`,
  host: `${unreserved}!$&'()*+,:;=[]<>"`,
  zone: `${unreserved}!$&'()*+,:;=[]<>"`,
  fragment: `${unreserved}$&+,/:;=?@!()*`,
};

/** The text with what the part cannot hold as percent signs, upper case; a space in a query is `+`. */
export function percentEncode(text: string, part: UrlPart): string {
  let encoded = '';
  for (const byte of bytesOf(text)) {
    const character = String.fromCharCode(byte);
    if (isPlain(character, part)) encoded += character;
    else if (character === ' ' && part === 'query') encoded += '+';
    else encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** The text that a part of a URL stands for. Throws BuiltinError where it is malformed. */
export function percentDecode(text: string, part: UrlPart): string {
  if (part === 'host' || part === 'zone') checkHost(text, part);
  if (/%(?![0-9a-fA-F]{2})/u.test(text)) throw new BuiltinError('invalid URL escape');
  const spaced = part === 'query' ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  const source = bytesOf(spaced);
  const bytes: number[] = [];
  for (let i = 0; i < source.length; i++) {
    if (source[i] === 0x25) {
      bytes.push(Number.parseInt(String.fromCharCode(source[i + 1]!, source[i + 2]!), 16));
      i += 2;
    } else bytes.push(source[i]!);
  }
  return textOf(Uint8Array.from(bytes));
}

/** A host escapes bytes beyond ASCII alone, a zone what a host could hold, a space or a percent sign. */
function checkHost(text: string, part: 'host' | 'zone'): void {
  for (const [match, digits] of text.matchAll(/%([0-9a-fA-F]{2})|[^%]/gu)) {
    if (digits === undefined) {
      if (match <= '\x7f' && !isPlain(match, part)) throw new BuiltinError('invalid character in host name');
      continue;
    }
    const byte = Number.parseInt(digits, 16);
    const allowed =
      part === 'host' ? byte >= 0x80 : byte === 0x20 || isPlain(String.fromCharCode(byte), 'host');
    if (!allowed && digits !== '25') throw new BuiltinError('invalid URL escape');
  }
}

function isPlain(character: string, part: UrlPart): boolean {
  return /^[A-Za-z0-9]$/u.test(character) || (character <= '\x7f' && plain[part].includes(character));
}

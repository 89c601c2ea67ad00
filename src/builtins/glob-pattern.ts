import { BuiltinError } from './builtin.ts';
import { quoteRegex } from './re2.ts';

/**
 * The RE2 pattern (with `.` for any character) of a glob, so that matching takes linear time.
 *
 *   Glob  : ( "**" | "*" | "?" | "[" "!"? Class "]" | "{" Glob ( "," Glob )* "}" | Character )*
 *   Class : Character "-" Character | Character+
 *
 * `*` and `?` take no character of `stops`. Throws BuiltinError where the glob is malformed.
 */
export function globPattern(glob: string, stops: string): string {
  const characters = [...glob];
  const other = stops === '' ? '.' : `[^${[...stops].map(inClass).join('')}]`;
  let pattern = '';
  let open = 0;
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (character === '*') {
      const crosses = characters[at + 1] === '*';
      if (crosses) at++;
      pattern += crosses ? '.*' : `${other}*`;
    } else if (character === '?') pattern += other;
    else if (character === '{') {
      open++;
      pattern += '(?:';
    } else if (character === '}' && open > 0) {
      open--;
      pattern += ')';
    } else if (character === ',' && open > 0) pattern += '|';
    else if (character === '[') {
      const close = classEnd(characters, at + 1);
      pattern += characterClass(characters.slice(at + 1, close));
      at = close;
    } else if (character === '\\') pattern += quoteRegex(characters[++at] ?? invalid('trailing backslash'));
    else pattern += quoteRegex(character);
  }
  return open > 0 ? invalid('unclosed `{`') : pattern;
}

/** The place of the `]` that ends the class that begins at a place. */
function classEnd(characters: readonly string[], from: number): number {
  const first = characters[from] === '!' ? from + 1 : from;
  if (characters[first + 1] === '-' && characters[first] !== undefined) {
    if (characters[first + 3] === ']') return first + 3;
    return invalid('expected close range character');
  }
  for (let at = first; at < characters.length; at++) {
    if (characters[at] === ']') return at;
    if (characters[at] === '\\') at++;
  }
  return invalid('unexpected end of input');
}

function characterClass(content: readonly string[]): string {
  const not = content[0] === '!';
  const inner = not ? content.slice(1) : content;
  if (inner.length === 0) return invalid('could not parse range');
  const opening = not ? '[^' : '[';
  if (inner[1] === '-' && inner.length === 3) {
    if (inner[2]!.codePointAt(0)! < inner[0]!.codePointAt(0)!)
      return invalid('range hi character is less than lo');
    return `${opening}${inClass(inner[0]!)}-${inClass(inner[2]!)}]`;
  }
  const members = inner.join('').replace(/\\(.)/gsu, '$1');
  return `${opening}${[...members].map(inClass).join('')}]`;
}

function inClass(character: string): string {
  return `\\x{${character.codePointAt(0)!.toString(16)}}`;
}

function invalid(message: string): never {
  throw new BuiltinError(`glob: syntax error: ${message}`);
}

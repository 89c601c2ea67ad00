/** What Go calls printable: letters, marks, numbers, punctuation, symbols, and the ASCII space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

const PLAIN = /^[ !#-[\]-~]*$/u;

/** The text in double quotes, escaped as Go (and so OPA) escapes it, which is not JSON's way. */
export function quote(text: string, asciiOnly = false): string {
  return PLAIN.test(text) ? `"${text}"` : quoteWith(text, '"', asciiOnly);
}

export function quoteWith(text: string, mark: string, asciiOnly: boolean): string {
  let quoted = mark;
  for (const character of text) {
    quoted += character === mark ? `\\${mark}` : escapeCharacter(character, asciiOnly);
  }
  return quoted + mark;
}

/** Whether Go prints the character as it is. */
export function isPrintable(character: string): boolean {
  return PRINTABLE.test(character);
}

function escapeCharacter(character: string, asciiOnly: boolean): string {
  const known = ESCAPES.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0)!;
  if (isPrintable(character) && (code < 0x80 || !asciiOnly)) return character;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

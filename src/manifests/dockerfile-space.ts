/** White space as builders take it, which is that of Unicode; JavaScript's own differs in U+0085 and U+FEFF. */
const white = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const leading = new RegExp(`^[${white}]+`, 'u');
const one = new RegExp(`[${white}]`, 'u');

export function trimStart(text: string): string {
  return text.replace(leading, '');
}

export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end--;
  return trimStart(text.slice(0, end));
}

export function isSpace(character: string): boolean {
  return one.test(character);
}

/** Splits the first word off, as an instruction is split from what follows it; undefined where there is no word. */
export function firstWord(text: string): { readonly word: string; readonly rest: string } | undefined {
  const bare = trimSpace(text);
  const word = /^[^\t\v\f\r ]+/u.exec(bare)?.[0];
  return word === undefined
    ? undefined
    : { word, rest: bare.slice(word.length).replace(/^[\t\v\f\r ]+/u, '') };
}

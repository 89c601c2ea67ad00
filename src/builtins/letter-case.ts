/** Upper case that is one character to Go and several to JavaScript, from the first of each run of eight. */
const titleRuns = [0x1f80, 0x1f90, 0x1fa0];

const upperExceptions: ReadonlyMap<string, string> = new Map([
  ['\u1fb3', '\u1fbc'],
  ['\u1fc3', '\u1fcc'],
  ['\u1ff3', '\u1ffc'],
  ...titleRuns.flatMap(start =>
    Array.from(
      { length: 8 },
      (_, i) => [String.fromCharCode(start + i), String.fromCharCode(start + i + 8)] as const,
    ),
  ),
]);

const ASCII = /^[\0-\x7f]*$/u;

/** Character by character, as Go does it: one for one, whatever stands beside it. */
export function toUpper(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  let upper = '';
  for (const character of text)
    upper += upperExceptions.get(character) ?? single(character.toUpperCase(), character);
  return upper;
}

export function toLower(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let lower = '';
  for (const character of text)
    lower += character === '\u0130' ? 'i' : single(character.toLowerCase(), character);
  return lower;
}

/** The mapped character where it is one, the character itself otherwise. */
function single(mapped: string, character: string): string {
  return mapped.length === String.fromCodePoint(mapped.codePointAt(0)!).length ? mapped : character;
}

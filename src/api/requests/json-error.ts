const tokens: readonly [kind: string, pattern: RegExp][] = [
  ['number', /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/uy],
  ['word', /(?:true|false|null)(?!\w)/uy],
];

interface Token {
  readonly kind: string;
  readonly end: number;
}

export interface JsonError {
  readonly offset: number;
  readonly message: string;
}

/**
 * Where a text that `JSON.parse` refuses is broken, and what was expected there. The engine's own message
 * is not used: it gives a place only for some errors, and quotes the text.
 */
export function findJsonError(text: string): JsonError {
  const open: string[] = [];
  let expected = ['value'];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token === undefined) return { offset: at, message: `${wording(expected)} expected` };
    if ('offset' in token) return token;
    const next = step(open, expected, token.kind === 'punctuation' ? text[at]! : token.kind);
    if (next === undefined) return { offset: at, message: `${wording(expected)} expected` };
    expected = next;
    at = skipSpace(text, token.end);
  }
  return { offset: text.length, message: `${wording(expected)} expected, not the end` };
}

/** What may come after a token; undefined where it may not stand here itself. */
function step(open: string[], expected: readonly string[], token: string): string[] | undefined {
  if (token === '{' || token === '[') {
    if (!expected.includes('value')) return undefined;
    open.push(token);
    return token === '{' ? ['key', '}'] : ['value', ']'];
  }
  if (token === '}' || token === ']') {
    if (!expected.includes(token)) return undefined;
    open.pop();
    return afterValue(open);
  }
  if (token === ',') return expected.includes(',') ? [open.at(-1) === '{' ? 'key' : 'value'] : undefined;
  if (token === ':') return expected.includes(':') ? ['value'] : undefined;
  if (token === 'string' && expected.includes('key')) return [':'];
  return expected.includes('value') ? afterValue(open) : undefined;
}

function afterValue(open: readonly string[]): string[] {
  const inside = open.at(-1);
  if (inside === undefined) return ['end'];
  return [',', inside === '{' ? '}' : ']'];
}

function tokenAt(text: string, at: number): Token | JsonError | undefined {
  const first = text[at]!;
  if (first === '"') return stringAt(text, at);
  if ('{}[],:'.includes(first)) return { kind: 'punctuation', end: at + 1 };
  for (const [kind, pattern] of tokens) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { kind, end: pattern.lastIndex };
  }
  return undefined;
}

function stringAt(text: string, start: number): Token | JsonError {
  const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') return { kind: 'string', end: at + 1 };
    if (character < ' ')
      return { offset: at, message: 'a string may hold no line break or control character' };
    if (character !== '\\') continue;
    escapeSequence.lastIndex = at;
    if (!escapeSequence.test(text)) return { offset: at, message: 'no such escape sequence in a string' };
    at = escapeSequence.lastIndex - 1;
  }
  return { offset: start, message: 'the string is never closed' };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at;
}

function wording(expected: readonly string[]): string {
  const names: Readonly<Record<string, string>> = {
    value: 'a value',
    key: 'a key in double quotes',
    end: 'the end of the text',
  };
  return expected.map(token => names[token] ?? `"${token}"`).join(' or ');
}

/** The line and column of an offset, from 1, without a table of all lines: one error has one place. */
export function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  let column = 1;
  for (const _ of text.slice(start, offset)) column++;
  return { line, column };
}

import { isSpace } from './dockerfile-space.ts';

/** What `ENV`, `ARG` and `LABEL` set; `ARG` may give no value. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
}

const setters: ReadonlySet<string> = new Set(['ENV', 'ARG', 'LABEL']);

/**
 * The words behind the flags of an instruction: those of the list where it is written as one (`["a", "b"]`), else
 * as builders split them, quotation marks and escapes taken off. Variables stay as they are written.
 */
export function wordsOf(value: string, escapeWith: string): readonly string[] {
  return listOf(value) ?? split(value, escapeWith);
}

/** What the instruction of this name sets: `NAME=value …`, or the older `ENV NAME the rest`. */
export function variablesOf(name: string, value: string, words: readonly string[]): readonly Variable[] {
  if (!setters.has(name)) return [];
  const [first = ''] = words;
  if (name !== 'ARG' && words.length > 1 && !first.includes('='))
    return [{ name: first, value: value.slice(first.length).trim() }];
  return words.map(word => {
    const equals = word.indexOf('=');
    return equals === -1 ? { name: word } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
  });
}

function listOf(value: string): readonly string[] | undefined {
  if (!value.startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) && list.every(item => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}

function split(text: string, escapeWith: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === escapeWith && quote !== "'" && at + 1 < text.length) word = (word ?? '') + text[++at];
    else if (quote === '' && isSpace(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote) quote = '';
    else word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}

import type { Json } from './json.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endOfString,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './json-scan.ts';

/** A key that an object of a JSON text has already. */
export interface DuplicateKey {
  /** RFC 6901: where the object's member is. */
  readonly pointer: string;
  readonly key: string;
  /** Of the second one. */
  readonly offset: number;
}

/** How many keys the objects of parsed JSON have; fewer than the colons of its text where one stood twice. */
export function countKeys(json: Json): number {
  let count = 0;
  const open: Json[] = [json];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const values = Object.values(value) as Json[];
    if (!Array.isArray(value)) count += values.length;
    for (const each of values) if (typeof each === 'object' && each !== null) open.push(each);
  }
  return count;
}

/** An array or object that is open where the scan is. */
interface Level {
  readonly keys: Set<string> | undefined;
  index: number;
  key: string;
}

/** The first key that stands twice in one object of a text that `JSON.parse` takes; undefined where none does. */
export function findDuplicateKey(text: string): DuplicateKey | undefined {
  const levels: Level[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      const level = levels.at(-1);
      if (isKey && level?.keys !== undefined) {
        isKey = false;
        level.key = JSON.parse(text.slice(at, end + 1)) as string;
        if (level.keys.has(level.key)) return { key: level.key, pointer: pointerOf(levels), offset: at };
        level.keys.add(level.key);
      }
      at = end;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      isKey = code === OPEN_BRACE;
      levels.push({ keys: isKey ? new Set() : undefined, index: 0, key: '' });
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      levels.pop();
      isKey = false;
    } else if (code === COMMA) {
      const level = levels.at(-1)!;
      isKey = level.keys !== undefined;
      level.index++;
    }
  }
  return undefined;
}

function pointerOf(levels: readonly Level[]): string {
  return levels
    .map(({ keys, index, key }) => (keys === undefined ? String(index) : key))
    .map(part => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

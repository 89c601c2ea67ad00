import {
  isArray,
  isNumber,
  isObject,
  ObjectValue,
  printNumber,
  typeName,
  type Value,
} from '../../values/index.ts';

/** Why a document cannot be read. Thrown by the readers of formats, caught by `readReport` alone. */
export class Unreadable extends Error {}

/** The document is of no kind that is known: it may be fine as something else. */
export class UnknownFormat extends Unreadable {}

/** Characters of a key or a value that a message repeats. */
const SHOWN = 60;

/** The start of a text from outside, for a message. */
export function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

export function unreadable(message: string): never {
  throw new Unreadable(message);
}

/** The object, or the end of reading. */
export function objectOf(value: Value | undefined, what: string): ObjectValue {
  return value !== undefined && isObject(value) ? value : mismatch(value, what, 'an object');
}

/** The object below a key; undefined where there is none, or null. */
export function objectAt(object: ObjectValue, key: string): ObjectValue | undefined {
  const value = object.get(key) ?? undefined;
  return value === undefined ? undefined : objectOf(value, key);
}

/** The object below a key, or an empty one. */
export function partAt(object: ObjectValue, key: string): ObjectValue {
  return objectAt(object, key) ?? ObjectValue.empty;
}

/** The elements below a key; none where there is no list, or null. */
export function listAt(object: ObjectValue, key: string): readonly Value[] {
  const value = object.get(key) ?? undefined;
  if (value === undefined) return [];
  return isArray(value) ? value : mismatch(value, key, 'a list');
}

/** The same of a list that must be there. */
export function requiredListAt(object: ObjectValue, key: string): readonly Value[] {
  return (object.get(key) ?? undefined) === undefined
    ? unreadable(`"${key}" is missing`)
    : listAt(object, key);
}

export function objectsAt(object: ObjectValue, key: string): readonly ObjectValue[] {
  return listAt(object, key).map(item => objectOf(item, `each of ${key}`));
}

/** The text below a key, a number as it is written; undefined where it is absent, null or empty. */
export function textAt(object: ObjectValue, key: string): string | undefined {
  return toText(object.get(key), key);
}

/** The first of the keys that has a text. */
export function firstText(object: ObjectValue, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textAt(object, key);
    if (text !== undefined) return text;
  }
  return undefined;
}

export function requiredText(object: ObjectValue, key: string): string {
  return textAt(object, key) ?? unreadable(`"${key}" is missing`);
}

/** The texts of a list, or of a single one; empty ones are left out. */
export function textsAt(object: ObjectValue, key: string): readonly string[] {
  const value = object.get(key) ?? undefined;
  const list = value === undefined ? [] : isArray(value) ? value : [value];
  return list.map(item => toText(item, key)).filter(text => text !== undefined);
}

/** The number below a key, also where it is written as a text; undefined of anything else. */
export function numberAt(object: ObjectValue, key: string): number | undefined {
  const value = object.get(key);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\d{1,10}(?:\.\d{1,20})?$/.test(value)) return undefined;
  return Number(value);
}

function toText(value: Value | undefined, what: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  return isNumber(value) ? printNumber(value) : mismatch(value, what, 'a text');
}

function mismatch(value: Value | undefined, what: string, expected: string): never {
  const found = value === undefined ? 'nothing' : typeName(value);
  return unreadable(`${shown(what)} must be ${expected}, found ${found}`);
}

import { Buffer } from 'node:buffer';
import { isObject, parseJson, type Value } from '../values/index.ts';

/** What stands at a path of keys; undefined where nothing does. */
export function valueAt(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(
    (at, key) => (at !== undefined && isObject(at) ? at.get(key) : undefined),
    value,
  );
}

/** The same where it is a text that is not empty. */
export function textAt(value: Value | undefined, ...path: readonly string[]): string | undefined {
  const text = valueAt(value, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** The value of a JSON text; undefined where it is none. */
export function parsed(text: string): Value | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The JSON in base64, with either alphabet; undefined where there is none. */
export function parsedBase64(text: string | undefined): Value | undefined {
  return text === undefined ? undefined : parsed(Buffer.from(text, 'base64').toString('utf8'));
}

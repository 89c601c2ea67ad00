import { isArray, isObject, type ObjectValue, type Value } from '../../values/index.ts';

/** The value at a path of keys; undefined where a key is missing or something on the way is no object. */
export function fieldAt(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  let at = value;
  for (const key of path) at = at !== undefined && isObject(at) ? at.get(key) : undefined;
  return at;
}

/** The text at a path; empty where there is none, as Kubernetes reads a missing text. */
export function textAt(value: Value | undefined, ...path: readonly string[]): string {
  const text = fieldAt(value, ...path);
  return typeof text === 'string' ? text : '';
}

export function objectAt(value: Value | undefined, ...path: readonly string[]): ObjectValue | undefined {
  const object = fieldAt(value, ...path);
  return object !== undefined && isObject(object) ? object : undefined;
}

/** The items of the array at a path; none where there is no array. */
export function itemsAt(value: Value | undefined, ...path: readonly string[]): readonly Value[] {
  const items = fieldAt(value, ...path);
  return items !== undefined && isArray(items) ? items : [];
}

/** The texts among the items of the array at a path. */
export function textsAt(value: Value | undefined, ...path: readonly string[]): readonly string[] {
  return itemsAt(value, ...path).filter(item => typeof item === 'string');
}

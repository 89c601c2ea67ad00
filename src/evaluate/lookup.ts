import { isArray, isObject, isSet, type Value } from '../values/index.ts';

/** What stands under a key of a collection; a set has its own elements as keys. */
export function lookup(value: Value, key: Value): Value | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  if (isObject(value)) return value.get(key);
  if (isSet(value)) return value.has(key) ? key : undefined;
  return undefined;
}

/** As `lookup`, in the documents below `data`: a number there also finds the name that prints it, as under OPA. */
export function lookupBase(value: Value, key: Value): Value | undefined {
  const found = lookup(value, key);
  return found === undefined && typeof key === 'number' && isObject(value) ? value.get(String(key)) : found;
}

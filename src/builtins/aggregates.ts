import {
  compare,
  equals,
  isArray,
  isObject,
  isSet,
  multiplyAll,
  sumNumbers,
  type Value,
} from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { asCollection, asNumbers, computed } from './elements.ts';
import { chargeNumber } from './numbers.ts';
import { mismatch } from './operands.ts';
import { chargeSteps, codePointLength } from './text.ts';

export const aggregatesFamily: Readonly<Record<string, BuiltinFunction>> = {
  count: (_context, collection) => count(collection!),
  sum: numbers(sumNumbers),
  product: numbers(multiplyAll),
  max: (context, collection) => extreme(context, asCollection(collection!, 1), 1),
  min: (context, collection) => extreme(context, asCollection(collection!, 1), -1),
  sort,
  all: (_context, collection) => booleans(collection!).every(item => item === true),
  any: (_context, collection) => booleans(collection!).some(item => item === true),
  'internal.member_2': (context, value, collection) => isMember(context, value!, collection!),
  'internal.member_3': (_context, key, value, collection) => isEntry(key!, value!, collection!),
};

function count(collection: Value): Value {
  if (typeof collection === 'string') return codePointLength(collection);
  if (isArray(collection)) return collection.length;
  if (isObject(collection) || isSet(collection)) return collection.size;
  return mismatch(collection, 1, 'array', 'object', 'set', 'string');
}

function numbers(fold: typeof sumNumbers): BuiltinFunction {
  return (context: BuiltinContext, collection: Value) => {
    const items = asNumbers(collection, 1);
    chargeSteps(context.budget, items.length >> 1);
    for (const item of items) chargeNumber(context, item);
    return computed(() => fold(items));
  };
}

/** The last of the greatest, or of the least where `sign` is -1; undefined where there is none. */
function extreme(context: BuiltinContext, items: readonly Value[], sign: number): Value | undefined {
  chargeSteps(context.budget, items.length >> 2);
  let best = items[0];
  for (const item of items) if (compare(item, best!) * sign >= 0) best = item;
  return best;
}

function sort(context: BuiltinContext, collection: Value): Value {
  const items = asCollection(collection, 1);
  context.budget.charge(items.length);
  chargeSteps(context.budget, items.length);
  return isArray(collection) ? [...items].sort(compare) : items;
}

function booleans(collection: Value): readonly Value[] {
  if (isArray(collection)) return collection;
  return isSet(collection) ? collection.items() : mismatch(collection, 1, 'array', 'set');
}

/** Whether a collection has the value; what is no collection has none. */
function isMember(context: BuiltinContext, value: Value, collection: Value): boolean {
  if (isSet(collection)) return collection.has(value);
  if (isArray(collection)) chargeSteps(context.budget, collection.length >> 3);
  if (isObject(collection)) chargeSteps(context.budget, collection.size >> 3);
  if (isArray(collection)) return collection.some(item => equals(item, value));
  return isObject(collection) && collection.values().some(item => equals(item, value));
}

function isEntry(key: Value, value: Value, collection: Value): boolean {
  if (isSet(collection)) return collection.has(key) && equals(key, value);
  if (isArray(collection)) {
    const item = typeof key === 'number' ? collection[key] : undefined;
    return item !== undefined && equals(item, value);
  }
  const item = isObject(collection) ? collection.get(key) : undefined;
  return item !== undefined && equals(item, value);
}

import {
  equals,
  isArray,
  isObject,
  isSet,
  ObjectBuilder,
  type ObjectValue,
  SetBuilder,
  type SetValue,
  type Value,
} from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { elementMismatch, typeError } from './elements.ts';
import { asArray, asObject, mismatch } from './operands.ts';
import { chargeSteps } from './text.ts';

export const objectsFamily: Readonly<Record<string, BuiltinFunction>> = {
  'object.get': get,
  'object.keys': keys,
  'object.filter': (context, object, wanted) => select(context, object!, wanted!, true),
  'object.remove': (context, object, unwanted) => select(context, object!, unwanted!, false),
  'object.union': (context, left, right) => merge(context, asObject(left!, 1), asObject(right!, 2)),
  'object.union_n': mergeAll,
  'object.subset': (context, whole, part) => isSubset(context, whole!, part!),
};

/** An array of keys is a path through objects, arrays and sets; the empty path is the object itself. */
function get(_context: BuiltinContext, object: Value, path: Value, fallback: Value): Value {
  let current: Value = asObject(object, 1);
  for (const key of isArray(path) ? path : [path]) {
    const next = child(current, key);
    if (next === undefined) return fallback;
    current = next;
  }
  return current;
}

function child(value: Value, key: Value): Value | undefined {
  if (isObject(value)) return value.get(key);
  if (isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isSet(value) && value.has(key) ? key : undefined;
}

function keys(context: BuiltinContext, object: Value): Value {
  const all = asObject(object, 1).keys();
  context.budget.charge(all.length);
  const builder = new SetBuilder();
  for (const key of all) builder.add(key);
  return builder.build();
}

function select(context: BuiltinContext, object: Value, chosen: Value, kept: boolean): Value {
  const whole = asObject(object, 1);
  const names = asKeys(chosen, 2);
  context.budget.charge(whole.size);
  const builder = new ObjectBuilder();
  for (const [key, value] of whole.entries()) if (names.has(key) === kept) builder.set(key, value);
  return builder.build();
}

/** The elements of an array or set, the keys of an object. */
function asKeys(value: Value, position: number): { has(key: Value): boolean } {
  if (isObject(value) || isSet(value)) return value;
  if (!isArray(value)) return mismatch(value, position, 'object', 'set', 'array');
  const builder = new SetBuilder();
  for (const key of value) builder.add(key);
  return builder.build();
}

/** Where both have a key, the right one's value, or the two merged where both are objects. */
function merge(context: BuiltinContext, left: ObjectValue, right: ObjectValue): ObjectValue {
  if (left.size === 0) return right;
  if (right.size === 0) return left;
  context.budget.charge(left.size);
  const builder = new ObjectBuilder(left);
  mergeInto(context, builder, right);
  return builder.build();
}

function mergeInto(context: BuiltinContext, builder: ObjectBuilder, right: ObjectValue): void {
  context.budget.charge(right.size);
  for (const [key, value] of right.entries()) {
    const before = builder.get(key);
    const both = before !== undefined && isObject(before) && isObject(value);
    builder.set(key, both ? merge(context, before, value) : value);
  }
}

function mergeAll(context: BuiltinContext, objects: Value): Value {
  const items = asArray(objects, 1);
  const builder = new ObjectBuilder();
  for (const item of items) {
    if (!isObject(item)) return elementMismatch(objects, 1, item, 'object');
    mergeInto(context, builder, item);
  }
  return builder.build();
}

function isSubset(context: BuiltinContext, whole: Value, part: Value): boolean {
  const same = isSubsetOfKind(context, whole, part);
  if (same !== undefined) return same;
  if (isArray(whole) && isSet(part)) return isSetInArray(whole, part);
  throw typeError('both arguments object.subset must be of the same type or array and set');
}

/** Undefined where the two are not both objects, sets or arrays. */
function isSubsetOfKind(context: BuiltinContext, whole: Value, part: Value): boolean | undefined {
  if (isObject(whole) && isObject(part)) return isObjectSubset(context, whole, part);
  if (isSet(whole) && isSet(part)) return part.items().every(item => whole.has(item));
  if (isArray(whole) && isArray(part)) return isRun(context, whole, part);
  return undefined;
}

function isObjectSubset(context: BuiltinContext, whole: ObjectValue, part: ObjectValue): boolean {
  return part.keys().every((key, i) => {
    const value = whole.get(key);
    const wanted = part.values()[i]!;
    return value !== undefined && (equals(value, wanted) || isSubsetOfKind(context, value, wanted) === true);
  });
}

/** Whether the elements of `part` stand in `whole` one after another. */
function isRun(context: BuiltinContext, whole: readonly Value[], part: readonly Value[]): boolean {
  for (let start = 0; start + part.length <= whole.length; start++) {
    const length = part.findIndex((item, i) => !equals(item, whole[start + i]!));
    if (length === -1) return true;
    chargeSteps(context.budget, length + 1);
  }
  return false;
}

/** As OPA counts: an element that the array has twice counts twice, and an empty array has no subset. */
function isSetInArray(whole: readonly Value[], part: SetValue): boolean {
  let found = 0;
  return whole.some(item => {
    if (part.has(item)) found++;
    return found >= part.size;
  });
}

import { isArray, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { asIndex } from './elements.ts';
import { asArray } from './operands.ts';

export const arraysFamily: Readonly<Record<string, BuiltinFunction>> = {
  'array.concat': concat,
  'array.flatten': flatten,
  'array.reverse': reverse,
  'array.slice': slice,
};

function concat(context: BuiltinContext, left: Value, right: Value): Value {
  const a = asArray(left, 1);
  const b = asArray(right, 2);
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  context.budget.charge(a.length + b.length);
  return [...a, ...b];
}

/** Arrays in the array are replaced by their elements, one level deep. */
function flatten(context: BuiltinContext, value: Value): Value {
  const items = asArray(value, 1);
  let length = 0;
  for (const item of items) length += isArray(item) ? item.length : 1;
  context.budget.charge(length);
  return items.flat(1) as readonly Value[];
}

function reverse(context: BuiltinContext, value: Value): Value {
  const items = asArray(value, 1);
  context.budget.charge(items.length);
  return items.toReversed();
}

/** Places beyond the ends are the ends. */
function slice(context: BuiltinContext, value: Value, from: Value, to: Value): Value {
  const items = asArray(value, 1);
  const start = Math.max(asIndex(from, 2), 0);
  const stop = Math.min(Math.max(asIndex(to, 3), 0), items.length);
  if (start === 0 && stop === items.length) return items;
  context.budget.charge(Math.max(stop - start, 0));
  return items.slice(start, Math.max(start, stop));
}

import { isArray, isObject, isSet, type Value } from '../../values/index.ts';
import type { Goal, Local, Operand, RefOperand } from '../normal/normal.ts';

/** Beyond this many values a reference counts as one that may lead anywhere. */
const MANY = 64;

/** Locals that hold one of a few constants. */
export type KnownValues = ReadonlyMap<Local, readonly Value[]>;

/** Adds what a goal binds to constants: `x := "a"`, `some x in ["a", "b"]`. The first binding counts. */
export function learn(goal: Goal, known: Map<Local, readonly Value[]>): void {
  if (goal.kind !== 'unify' || goal.negated || goal.with.length > 0) return;
  for (const [side, other] of [
    [goal.left, goal.right],
    [goal.right, goal.left],
  ] as const) {
    if (side.kind !== 'local') continue;
    const values = valuesOf(other, known);
    if (!values) continue;
    if (!known.has(side.local)) known.set(side.local, values);
    return;
  }
}

/**
 * The paths that a reference may stand for. `undefined` in one is a key not known before the run.
 */
export function expandPath(path: readonly Operand[], known: KnownValues): (Value | undefined)[][] {
  let expanded: (Value | undefined)[][] = [[]];
  for (const part of path) {
    const values = valuesOf(part, known);
    const usable = values && values.length > 0 && values.length * expanded.length <= MANY;
    const next: readonly (Value | undefined)[] = usable ? values : [undefined];
    expanded = expanded.flatMap(prefix => next.map(value => [...prefix, value]));
  }
  return expanded;
}

function valuesOf(operand: Operand, known: KnownValues): readonly Value[] | undefined {
  switch (operand.kind) {
    case 'const':
      return [operand.value];
    case 'local':
      return known.get(operand.local);
    case 'ref':
      return selected(operand, known);
    default:
      return undefined;
  }
}

function selected(ref: RefOperand, known: KnownValues): readonly Value[] | undefined {
  let values = ref.head.kind === 'local' ? known.get(ref.head.local) : undefined;
  for (const part of ref.path) {
    if (!values) return undefined;
    const next: Value[] = [];
    for (const value of values) {
      const members = part.kind === 'const' ? member(value, part.value) : allMembers(value);
      if (!members) return undefined;
      next.push(...members);
    }
    if (next.length > MANY) return undefined;
    values = next;
  }
  return values;
}

function member(collection: Value, key: Value): readonly Value[] {
  let found: Value | undefined;
  if (isObject(collection)) found = collection.get(key);
  else if (isArray(collection) && typeof key === 'number') found = collection[key];
  else if (isSet(collection) && collection.has(key)) found = key;
  return found === undefined ? [] : [found];
}

function allMembers(collection: Value): readonly Value[] | undefined {
  if (isObject(collection)) return [...collection.entries()].map(([, value]) => value);
  if (isArray(collection)) return collection;
  return isSet(collection) ? collection.items() : undefined;
}

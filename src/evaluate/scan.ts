import type { Pattern, ScanOp } from '../language/index.ts';
import { isArray, isObject, isSet, type Value } from '../values/index.ts';
import type { Compiler, Context, Frame, Match, Step } from './context.ts';
import { type Cursor, childKeys, isOpen, step, valueAt } from './document.ts';
import { compilePlace } from './expressions.ts';
import { compilePattern } from './patterns.ts';

/** A step that goes through a collection, one element after another. */
export function compileScan(compiler: Compiler, op: ScanOp, next: Step): Step {
  const place = compilePlace(compiler, op.from);
  const { into } = op;
  const key = keyBinder(compiler, op.key);
  return (context, frame) => {
    const at = place(context, frame);
    if (at === undefined) return false;
    if (isOpen(context, at)) return scanPlace(context, frame, at, key, into, next);
    const value = valueAt(context, at);
    if (value === undefined || value === null || typeof value !== 'object') return false;
    return scanValue(context, frame, value, key, into, next);
  };
}

/** Undefined where any key will do. */
function keyBinder(compiler: Compiler, pattern: Pattern): Match | undefined {
  return pattern.p === 'any' ? undefined : compilePattern(compiler, pattern);
}

function scanValue(
  context: Context,
  frame: Frame,
  value: Value,
  key: Match | undefined,
  into: number,
  next: Step,
): boolean {
  const { budget } = context;
  const [keys, values] = elements(value);
  for (let i = 0; i < values.length; i++) {
    if (--budget.steps < 0) budget.exhausted('steps');
    if (key !== undefined && !key(context, frame, keys === undefined ? i : keys[i]!)) continue;
    frame[into] = values[i]!;
    if (next(context, frame)) return true;
  }
  return false;
}

/** Keys and values in order; no keys where they are the indexes. */
function elements(value: Value): readonly [keys: readonly Value[] | undefined, values: readonly Value[]] {
  if (isArray(value)) return [undefined, value];
  if (isObject(value)) return [value.keys(), value.values()];
  if (isSet(value)) return [value.items(), value.items()];
  return [undefined, []];
}

function scanPlace(
  context: Context,
  frame: Frame,
  at: Cursor,
  key: Match | undefined,
  into: number,
  next: Step,
): boolean {
  const { budget } = context;
  for (const name of childKeys(at)) {
    if (--budget.steps < 0) budget.exhausted('steps');
    if (key !== undefined && !key(context, frame, name)) continue;
    const below = step(context, at, name);
    if (below === undefined) continue;
    frame[into] = below;
    if (next(context, frame)) return true;
  }
  return false;
}

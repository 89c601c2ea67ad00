import { Halt } from '../base/index.ts';
import { equals, SetBuilder, type Value } from '../values/index.ts';
import type { CompiledRule, Group } from './context.ts';
import { type Context, type Frame, undefinedMark } from './context.ts';
import { PartialObject } from './partial-object.ts';

/** The value of the rules of one path, evaluated once in a context; undefined for functions. */
export function groupValue(context: Context, group: Group): Value | undefined {
  const known = context.memo.get(group);
  if (known !== undefined) return known === undefinedMark ? undefined : known;
  enter(context, group);
  const value = evaluateGroup(context, group);
  leave(context, group, value);
  context.memo.set(group, value === undefined ? undefinedMark : value);
  return value;
}

/** The value of a function for operands; remembered for equal scalars and the same collections. */
export function callFunction(context: Context, group: Group, args: readonly Value[]): Value | undefined {
  const memo = memoOf(context, group, args);
  const last = args.at(-1) ?? null;
  const known = memo.get(last) as Value | typeof undefinedMark | undefined;
  if (known !== undefined) return known === undefinedMark ? undefined : known;
  enter(context, group);
  const value = evaluateComplete(context, group, args);
  leave(context, group, value);
  memo.set(last, value === undefined ? undefinedMark : value);
  return value;
}

function enter(context: Context, group: Group): void {
  const { budget } = context;
  if (--budget.depth < 0) budget.exhausted('depth');
  context.run.trace?.enter(group.node.path);
}

function leave(context: Context, group: Group, value: Value | undefined): void {
  context.budget.depth++;
  context.run.trace?.leave(group.node.path, value);
}

/** The map in which the last operand is looked up. */
function memoOf(context: Context, group: Group, args: readonly Value[]): Map<Value, unknown> {
  let map = context.calls.get(group);
  if (map === undefined) {
    map = new Map();
    context.calls.set(group, map);
  }
  for (let i = 0; i < args.length - 1; i++) {
    let next = map.get(args[i]!) as Map<Value, unknown> | undefined;
    if (next === undefined) {
      next = new Map();
      map.set(args[i]!, next);
    }
    map = next;
  }
  return map;
}

function evaluateGroup(context: Context, group: Group): Value | undefined {
  switch (group.kind) {
    case 'function':
      return undefined;
    case 'complete':
      return evaluateComplete(context, group, []);
    case 'set': {
      const set = new SetBuilder();
      collect(context, group, set);
      return set.build();
    }
    case 'object':
      return collectedObject(context, group).build();
  }
}

/** All that the rules of an object give, and what is there without them. */
export function collectedObject(context: Context, group: Group): PartialObject {
  const object = new PartialObject();
  for (const { path, makes } of group.fixed ?? []) object.ensure(path, makes);
  collect(context, group, object);
  return object;
}

/** Adds all that the rules of a set or object give. */
function collect(context: Context, group: Group, into: SetBuilder | PartialObject): void {
  for (const rule of group.rules) {
    const frame = frameFor(context, rule);
    frame[rule.slots] = into;
    for (const branch of rule.branches) branch.run(context, frame);
  }
}

/** The one value of rules that may each give it; different values are a conflict. */
function evaluateComplete(context: Context, group: Group, args: readonly Value[]): Value | undefined {
  let value: Value | undefined;
  for (const rule of group.rules) {
    const found = ruleValue(context, rule, args);
    if (found === undefined) continue;
    if (group.constant) return found;
    if (value === undefined) value = found;
    else if (!equals(value, found)) conflict(group);
  }
  return value !== undefined ? value : group.fallback && ruleValue(context, group.fallback, args);
}

function ruleValue(context: Context, rule: CompiledRule, args: readonly Value[]): Value | undefined {
  const frame = frameFor(context, rule);
  for (let i = 0; i < args.length; i++) if (!rule.args[i]!(context, frame, args[i]!)) return undefined;
  for (const branch of rule.branches) {
    branch.run(context, frame);
    const value = frame[rule.slots] as Value | undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function frameFor(context: Context, rule: CompiledRule): Frame {
  const { budget } = context;
  if (--budget.steps < 0) budget.exhausted('steps');
  context.run.rules++;
  return new Array<unknown>(rule.slots + 1);
}

/** Ends the evaluation: one path, two values. */
export function conflict(group: Group): never {
  const what =
    group.kind === 'function'
      ? 'functions must not produce multiple outputs for same inputs'
      : 'complete rules must not produce multiple outputs';
  throw new Halt('eval_conflict_error', `data.${group.node.path.join('.')}: ${what}`);
}

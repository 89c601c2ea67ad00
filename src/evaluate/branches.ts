import type { PlannedBranch, PlannedRule } from '../language/index.ts';
import { equals, type SetBuilder, type Value } from '../values/index.ts';
import type { CompiledBranch, Compiler, Context, Frame, Get, Group, Step } from './context.ts';
import { compileCovered } from './covered.ts';
import { compileExpr } from './expressions.ts';
import { conflict } from './group.ts';
import type { PartialObject } from './partial-object.ts';

/** The steps of a branch, its answers collected in the slot behind the frame. */
export function compileBranch(
  compiler: Compiler,
  group: Group,
  rule: PlannedRule,
  branch: PlannedBranch,
): CompiledBranch {
  const collect = collector(compiler, group, rule.slots, branch);
  return {
    run: compiler.block(branch.ops, compiler.coverage ? compileCovered(branch.at, collect) : collect),
  };
}

function collector(compiler: Compiler, group: Group, slot: number, branch: PlannedBranch): Step {
  if (group.kind === 'set') return collectElement(compileExpr(compiler, branch.key!), slot);
  if (group.kind === 'object') return collectEntry(compiler, slot, branch);
  return collectValue(group, compileExpr(compiler, branch.value), slot, branch.value.k === 'const');
}

/** A constant needs no second answer: it would be the same. */
function collectValue(group: Group, get: Get, slot: number, once: boolean): Step {
  return (context, frame) => {
    const value = get(context, frame);
    if (value === undefined) return false;
    const before = frame[slot] as Value | undefined;
    if (before === undefined) frame[slot] = value;
    else if (!equals(before, value)) conflict(group);
    return once;
  };
}

function collectElement(get: Get, slot: number): Step {
  return (context, frame) => {
    const element = get(context, frame);
    if (element === undefined) return false;
    context.budget.charge(1);
    (frame[slot] as SetBuilder).add(element);
    return false;
  };
}

function collectEntry(compiler: Compiler, slot: number, branch: PlannedBranch): Step {
  const path = branch.path.map(part => compileExpr(compiler, part));
  const key = branch.key && compileExpr(compiler, branch.key);
  const value = compileExpr(compiler, branch.value);
  return (context, frame) => {
    const keys = evaluatedPath(context, frame, path);
    const end = keys && (key ?? value)(context, frame);
    if (keys === undefined || end === undefined) return false;
    context.budget.charge(1);
    const object = frame[slot] as PartialObject;
    if (key) object.add(keys, end);
    else object.put(keys, end);
    return false;
  };
}

function evaluatedPath(context: Context, frame: Frame, path: readonly Get[]): Value[] | undefined {
  const keys: Value[] = [];
  for (const part of path) {
    const key = part(context, frame);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

import type { EveryOp, Op } from '../language/index.ts';
import { equals, isArray, isObject, isSet, type Value } from '../values/index.ts';
import { compileCall } from './calls.ts';
import type { Compiler, Context, Frame, Step } from './context.ts';
import { compileCovered } from './covered.ts';
import { compileExpr } from './expressions.ts';
import { compileWith } from './modifiers.ts';
import { compilePattern } from './patterns.ts';
import { compileScan } from './scan.ts';
import { compileTraced } from './traced.ts';

/** The steps of operations, `last` behind them. */
export function compileBlock(compiler: Compiler, ops: readonly Op[], last: Step): Step {
  return ops.reduceRight((next, op) => compileObserved(compiler, op, next), last);
}

/** The step of an operation, with what a trace or a coverage report wants of it. */
function compileObserved(compiler: Compiler, op: Op, next: Step): Step {
  const { traced, coverage } = compiler;
  const compile = (after: Step): Step => compileOp(compiler, op, after);
  const step = traced === undefined ? compile(next) : compileTraced(compiler, traced, op, next, compile);
  return coverage ? compileCovered(op.at, step) : step;
}

function compileOp(compiler: Compiler, op: Op, next: Step): Step {
  switch (op.op) {
    case 'fail':
      return () => false;
    case 'test':
      return compileTest(compiler, op, next);
    case 'let':
      return compileLet(compiler, op, next);
    case 'equal':
      return compileEqual(compiler, op, next);
    case 'match':
      return compileMatch(compiler, op, next);
    case 'scan':
      return compileScan(compiler, op, next);
    case 'call':
      return compileCall(compiler, op, next);
    case 'not':
      return compileNot(compiler, op.ops, next);
    case 'every':
      return compileEvery(compiler, op, next);
    case 'with':
      return compileWith(compiler, op, next);
  }
}

type OpOf<K extends Op['op']> = Extract<Op, { op: K }>;

function compileTest(compiler: Compiler, op: OpOf<'test'>, next: Step): Step {
  const get = compileExpr(compiler, op.e);
  return (context, frame) => {
    const value = get(context, frame);
    return value !== undefined && value !== false && next(context, frame);
  };
}

function compileLet(compiler: Compiler, op: OpOf<'let'>, next: Step): Step {
  const get = compileExpr(compiler, op.e);
  const { s } = op;
  return (context, frame) => {
    const value = get(context, frame);
    if (value === undefined) return false;
    frame[s] = value;
    return next(context, frame);
  };
}

function compileEqual(compiler: Compiler, op: OpOf<'equal'>, next: Step): Step {
  const left = compileExpr(compiler, op.a);
  const right = compileExpr(compiler, op.b);
  return (context, frame) => {
    const a = left(context, frame);
    if (a === undefined) return false;
    const b = right(context, frame);
    return b !== undefined && equals(a, b) && next(context, frame);
  };
}

function compileMatch(compiler: Compiler, op: OpOf<'match'>, next: Step): Step {
  const get = compileExpr(compiler, op.e);
  const match = compilePattern(compiler, op.p);
  return (context, frame) => {
    const value = get(context, frame);
    return value !== undefined && match(context, frame, value) && next(context, frame);
  };
}

function compileNot(compiler: Compiler, ops: readonly Op[], next: Step): Step {
  const found = compiler.block(ops, () => true);
  return (context, frame) => !found(context, frame) && next(context, frame);
}

/** Holds where the body does for each element, and so for an empty collection; for no collection it fails. */
function compileEvery(compiler: Compiler, op: EveryOp, next: Step): Step {
  const domain = compileExpr(compiler, op.domain);
  const holds = compiler.block(op.ops, () => true);
  return (context, frame) => {
    const collection = domain(context, frame);
    if (collection === undefined) return false;
    const pairs = elementsOf(collection);
    return pairs !== undefined && allHold(context, frame, op, pairs, holds) && next(context, frame);
  };
}

type Elements = readonly [keys: readonly Value[] | undefined, values: readonly Value[]];

function elementsOf(value: Value): Elements | undefined {
  if (isArray(value)) return [undefined, value];
  if (isObject(value)) return [value.keys(), value.values()];
  return isSet(value) ? [value.items(), value.items()] : undefined;
}

function allHold(
  context: Context,
  frame: Frame,
  op: EveryOp,
  [keys, values]: Elements,
  holds: Step,
): boolean {
  const { budget } = context;
  for (let i = 0; i < values.length; i++) {
    if (--budget.steps < 0) budget.exhausted('steps');
    if (op.key !== undefined) frame[op.key] = keys === undefined ? i : keys[i];
    frame[op.value] = values[i];
    if (!holds(context, frame)) return false;
  }
  return true;
}

import type { Expr, Op, Pattern } from '../language/index.ts';
import type { Value } from '../values/index.ts';
import type { Compiler, Context, Frame, Get, Step } from './context.ts';
import { Cursor } from './document.ts';
import { compileExpr } from './expressions.ts';

type Names = readonly (readonly [name: string, slot: number])[];

/**
 * A step that says what it did: that it held, once for each answer, or that it gave none.
 * `compile` makes the step itself, before the next one.
 */
export function compileTraced(
  compiler: Compiler,
  names: Names,
  op: Op,
  next: Step,
  compile: (next: Step) => Step,
): Step {
  const bound = names.filter(([, slot]) => boundBy(op).has(slot));
  const operands = operandsOf(op).map(operand => compileExpr(compiler, operand));
  let answers = 0;
  const step = compile((context, frame) => {
    answers++;
    context.run.trace?.pass(op.at, valuesOf(bound, frame));
    return next(context, frame);
  });
  return (context, frame) => {
    const before = answers;
    const stop = step(context, frame);
    if (answers === before) context.run.trace?.fail(op.at, evaluated(operands, context, frame));
    return stop;
  };
}

function valuesOf(names: Names, frame: Frame): (readonly [string, Value])[] {
  return names.flatMap(([name, slot]) => {
    const value = frame[slot] as Value | Cursor | undefined;
    return value === undefined || value instanceof Cursor ? [] : [[name, value] as const];
  });
}

/** Looked at again only to be shown: what a failed lookup needs is known to be bound. */
function evaluated(operands: readonly Get[], context: Context, frame: Frame): (Value | undefined)[] {
  return operands.map(operand => operand(context, frame));
}

function boundBy(op: Op): Set<number> {
  const slots = new Set<number>();
  if (op.op === 'let') slots.add(op.s);
  if (op.op === 'match') addSlots(op.p, slots);
  if (op.op === 'scan') addSlots(op.key, slots);
  if (op.op === 'call' && op.into) addSlots(op.into, slots);
  return slots;
}

function addSlots(pattern: Pattern, slots: Set<number>): void {
  if (pattern.p === 'bind') slots.add(pattern.s);
  if (pattern.p === 'array') for (const item of pattern.items) addSlots(item, slots);
  if (pattern.p === 'object') for (const [, item] of pattern.entries) addSlots(item, slots);
}

function operandsOf(op: Op): readonly Expr[] {
  switch (op.op) {
    case 'test':
    case 'let':
    case 'match':
      return [op.e];
    case 'equal':
      return [op.a, op.b];
    case 'scan':
      return [op.from];
    case 'call':
      return op.args;
    case 'every':
      return [op.domain];
    default:
      return [];
  }
}

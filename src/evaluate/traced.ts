import type { Expr, Op, Pattern } from '../language/index.ts';
import type { Value } from '../values/index.ts';
import type { Compiler, Context, Frame, Get, Step } from './context.ts';
import { Cursor } from './document.ts';
import { compileExpr } from './expressions.ts';
import type { Condition } from './trace.ts';

type Names = readonly (readonly [name: string, slot: number])[];

/** Gives what a condition has at hand now. */
type Look = (context: Context, frame: Frame) => Condition;

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
  const bound = boundBy(op);
  const read = readBy(op);
  const look = compileLook(compiler, op);
  const passed = names.filter(([, slot]) => bound.has(slot));
  const failed = names.filter(([, slot]) => read.has(slot) && !bound.has(slot));
  let answers = 0;
  const step = compile((context, frame) => {
    const { trace } = context.run;
    answers++;
    if (trace?.wanted) trace.pass(op.at, { ...look(context, frame), bound: valuesOf(passed, frame) });
    return next(context, frame);
  });
  return (context, frame) => {
    const before = answers;
    const stop = step(context, frame);
    const { trace } = context.run;
    if (answers === before && trace?.wanted)
      trace.fail(op.at, { ...look(context, frame), bound: valuesOf(failed, frame) });
    return stop;
  };
}

function valuesOf(names: Names, frame: Frame): (readonly [string, Value])[] {
  return names.flatMap(([name, slot]) => {
    const value = frame[slot] as Value | Cursor | undefined;
    return value === undefined || value instanceof Cursor ? [] : [[name, value] as const];
  });
}

/**
 * Operands are evaluated again only to be shown: what a failed lookup needs is known to be bound.
 * Those that have conditions of their own are left out, for what they cost and would trace.
 */
function compileLook(compiler: Compiler, op: Op): Look {
  const operands: readonly Get[] = operandsOf(op).map(operand =>
    isCheap(operand) ? compileExpr(compiler, operand) : () => undefined,
  );
  const call = calledBy(op);
  return (context, frame) => ({
    operands: operands.map(operand => operand(context, frame)),
    ...(call !== undefined && { call }),
  });
}

function isCheap(expr: Expr): boolean {
  return !nodesOf(expr).some(node => node['k'] === 'comprehension' || node['k'] === 'template');
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

/** The slots that the operation's expressions look at. */
function readBy(op: Op): Set<number> {
  const slots = new Set<number>();
  for (const node of nodesOf(op)) {
    const slot = node['s'];
    if ((node['k'] === 'slot' || node['k'] === 'get') && typeof slot === 'number') slots.add(slot);
  }
  return slots;
}

type PlanNode = { readonly [key: string]: unknown };

/** Every object of a piece of a plan, which is plain JSON. */
function nodesOf(piece: unknown): PlanNode[] {
  if (piece === null || typeof piece !== 'object') return [];
  const below = Object.values(piece).flatMap(nodesOf);
  return Array.isArray(piece) ? below : [piece as PlanNode, ...below];
}

/** Of a negation, those of the condition that must not hold. */
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
    case 'not':
      return op.ops.length === 0 ? [] : operandsOf(op.ops.at(-1)!);
    default:
      return [];
  }
}

function calledBy(op: Op): string | undefined {
  if (op.op === 'call') return op.target.name;
  return op.op === 'not' && op.ops.length > 0 ? calledBy(op.ops.at(-1)!) : undefined;
}

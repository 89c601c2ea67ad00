import { equals } from '../../values/index.ts';
import type { Local, ObjectOperand, Operand, UnifyGoal } from '../normal/normal.ts';
import type { Expr, Op, Pattern, Place } from './plan.ts';

/** What an equation needs of the body that it stands in. */
export interface EquationPlanner {
  readonly ops: Op[];
  readonly bound: ReadonlySet<Local>;
  place(span: { readonly start: number }): Place;
  expr(operand: Operand): Expr;
  pattern(operand: Operand): Pattern;
}

type Pair = readonly [left: Operand, right: Operand];

/**
 * Plans an equation. A side that has a value is held against the other; two structures are taken
 * apart; a pair of which neither side has a value waits until the others have bound what it needs.
 */
export function planUnify(planner: EquationPlanner, goal: UnifyGoal): void {
  let pairs: Pair[] = [[goal.left, goal.right]];
  while (pairs.length > 0) {
    const waiting: Pair[] = [];
    for (const pair of pairs) waiting.push(...planPair(planner, goal, pair));
    if (waiting.length === pairs.length && waiting.every(pair => pairs.includes(pair))) {
      throw new Error('an equation of which neither side is bound passed the safety check');
    }
    pairs = waiting;
  }
}

/** The pairs that are left to do. */
function planPair(planner: EquationPlanner, goal: UnifyGoal, pair: Pair): readonly Pair[] {
  const [left, right] = pair;
  if (left.kind === 'array' && right.kind === 'array') return arrays(planner, goal, left.items, right.items);
  if (left.kind === 'object' && right.kind === 'object') {
    const inner = objects(planner, goal, left, right);
    if (inner) return inner;
  }
  if (hasValue(planner, right)) match(planner, goal, right, left);
  else if (hasValue(planner, left)) match(planner, goal, left, right);
  else return [pair];
  return [];
}

function match(planner: EquationPlanner, goal: UnifyGoal, known: Operand, other: Operand): void {
  const at = planner.place(goal.span);
  const e = planner.expr(known);
  const p = planner.pattern(other);
  if (p.p === 'bind') planner.ops.push({ op: 'let', s: p.s, e, at });
  else if (p.p === 'equal') planner.ops.push({ op: 'equal', a: p.e, b: e, at });
  else planner.ops.push({ op: 'match', e, p, at });
}

/** Whether an operand has a value without being held against another. */
function hasValue(planner: EquationPlanner, operand: Operand): boolean {
  let known = true;
  walkStructure(operand, use => {
    if (!planner.bound.has(use)) known = false;
  });
  return known;
}

/** Visits the locals that stand in the structure of an operand, not in the brackets of a reference. */
function walkStructure(
  operand: Operand,
  visit: (local: Extract<Operand, { kind: 'local' }>['local']) => void,
): void {
  switch (operand.kind) {
    case 'local':
      visit(operand.local);
      return;
    case 'ref':
      if (operand.head.kind === 'local') visit(operand.head.local);
      return;
    case 'array':
    case 'set':
      for (const item of operand.items) walkStructure(item, visit);
      return;
    case 'object':
      for (const { key, value } of operand.entries) {
        walkStructure(key, visit);
        walkStructure(value, visit);
      }
  }
}

function arrays(
  planner: EquationPlanner,
  goal: UnifyGoal,
  left: readonly Operand[],
  right: readonly Operand[],
): readonly Pair[] {
  if (left.length !== right.length) {
    planner.ops.push({ op: 'fail', at: planner.place(goal.span) });
    return [];
  }
  return left.map((item, i) => [item, right[i]!]);
}

/** Pairs the values of equal constant keys; undefined where a key is not constant. */
function objects(
  planner: EquationPlanner,
  goal: UnifyGoal,
  left: ObjectOperand,
  right: ObjectOperand,
): readonly Pair[] | undefined {
  const pairs: Pair[] = [];
  for (const { key, value } of left.entries) {
    if (key.kind !== 'const') return undefined;
    const other = right.entries.find(
      entry => entry.key.kind === 'const' && equals(entry.key.value, key.value),
    );
    if (other) pairs.push([value, other.value]);
  }
  if (right.entries.some(entry => entry.key.kind !== 'const')) return undefined;
  if (pairs.length === left.entries.length && pairs.length === right.entries.length) return pairs;
  planner.ops.push({ op: 'fail', at: planner.place(goal.span) });
  return [];
}

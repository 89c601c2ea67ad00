import type { CallGoal, Goal, Local, Operand, RefOperand, UnifyGoal } from '../normal/normal.ts';
import { opened } from '../normal/operands.ts';
import type { Bound } from './bound.ts';
import { isOperand, walkOperand, walkRefs } from './variables.ts';

/**
 * The locals that a goal binds where `bound` are bound already. A negated goal binds none; nor does
 * one whose `with` values are not all bound. Follows OPA's reading of what an expression puts out.
 */
export function bindings(goal: Goal, bound: Bound): Set<Local> {
  const result = new Set<Local>();
  if (goal.negated || !modifiersBound(goal, bound)) return result;
  switch (goal.kind) {
    case 'term':
      addRefOutputs(goal.operand, bound, result);
      break;
    case 'every':
      addRefOutputs(goal.domain, bound, result);
      break;
    case 'call':
      addCallOutputs(goal, bound, result);
      break;
    case 'unify':
      addUnifyOutputs(goal, bound, result);
  }
  return result;
}

function modifiersBound(goal: Goal, bound: Bound): boolean {
  return goal.with.every(({ value }) => !isOperand(value) || isBound(value, bound));
}

/** Whether every local that an operand mentions, closures apart, is bound. */
export function isBound(operand: Operand, bound: Bound): boolean {
  let all = true;
  walkOperand(operand, use => {
    if (!bound.has(use.local)) all = false;
  });
  return all;
}

export function isHeadBound(ref: RefOperand, bound: Bound): boolean {
  return ref.head.kind !== 'local' || bound.has(ref.head.local);
}

/** A reference whose head is bound binds what stands in its brackets. */
function addRefOutputs(operand: Operand, bound: Bound, result: Set<Local>): void {
  walkRefs(operand, ref => {
    if (!isHeadBound(ref, bound)) return;
    for (const part of ref.path) walkOperand(part, use => result.add(use.local), { refHeads: false });
  });
}

function addCallOutputs(goal: CallGoal, bound: Bound, result: Set<Local>): void {
  for (const operand of goal.args) addRefOutputs(operand, bound, result);
  if (!goal.output) return;
  addRefOutputs(goal.output, bound, result);
  const options = { sets: false, objectKeys: false, refHeads: false };
  let ready = true;
  for (const operand of goal.args) {
    walkOperand(
      operand,
      use => {
        if (!bound.has(use.local) && !result.has(use.local)) ready = false;
      },
      options,
    );
  }
  if (!ready) result.clear();
  else walkOperand(goal.output, use => result.add(use.local), options);
}

function addUnifyOutputs(goal: UnifyGoal, bound: Bound, result: Set<Local>): void {
  addRefOutputs(goal.left, bound, result);
  addRefOutputs(goal.right, bound, result);
  if (goal.operator === '==') return;
  const assigned = new Set<Local>();
  if (goal.operator === ':=') walkOperand(goal.left, use => assigned.add(use.local));
  const before = new Set(result);
  const known = {
    has: (local: Local) => !assigned.has(local) && (bound.has(local) || before.has(local)),
  };
  for (const local of new Unifier(known).unify(goal.left, goal.right)) result.add(local);
  for (const local of result) if (bound.has(local)) result.delete(local);
}

/** Finds what an equation binds: a side that is known gives its parts to the other. */
class Unifier {
  private readonly known: Bound;
  private readonly unified = new Set<Local>();
  /** Locals that become known together with others: each waits for all of its set. */
  private readonly waiting = new Map<Local, Set<Local>>();
  private readonly dependants = new Map<Local, Local[]>();

  constructor(known: Bound) {
    this.known = known;
  }

  unify(left: Operand, right: Operand): ReadonlySet<Local> {
    this.pair(left, right);
    return this.unified;
  }

  private pair(left: Operand, right: Operand): void {
    const a = hasParts(right) ? opened(left) : left;
    const b = hasParts(left) ? opened(right) : right;
    if (a.kind === 'local') this.local(a.local, b);
    else if (b.kind === 'local') this.local(b.local, a);
    else if (a.kind === 'array' && b.kind === 'array') this.arrays(a.items, b.items);
    else if (a.kind === 'object' && b.kind === 'object') this.objects(a, b);
    else if (this.opens(a)) this.markAll(b);
    else if (this.opens(b)) this.markAll(a);
  }

  private local(local: Local, other: Operand): void {
    if (other.kind === 'local') {
      if (this.isKnown(other.local)) this.mark(local);
      else if (this.isKnown(local)) this.mark(other.local);
      else {
        this.wait(local, [other.local]);
        this.wait(other.local, [local]);
      }
    } else if (other.kind === 'array' || other.kind === 'object') {
      if (this.isKnown(local)) this.markAll(other);
      else this.composite(local, other);
    } else if (this.gives(other)) this.mark(local);
  }

  private composite(local: Local, other: Operand): void {
    if (mentions(other, local)) return;
    const missing = new Set<Local>();
    walkOperand(
      other,
      use => {
        if (!this.isKnown(use.local)) missing.add(use.local);
      },
      { objectKeys: false, refHeads: false },
    );
    if (missing.size === 0) this.mark(local);
    else this.wait(local, missing);
  }

  private arrays(a: readonly Operand[], b: readonly Operand[]): void {
    if (a.length !== b.length) return;
    for (let i = 0; i < a.length; i++) this.pair(a[i]!, b[i]!);
  }

  private objects(a: Extract<Operand, { kind: 'object' }>, b: Extract<Operand, { kind: 'object' }>): void {
    if (a.entries.length !== b.entries.length) return;
    for (const { key, value } of a.entries) {
      const other = b.entries.find(entry => sameKey(entry.key, key));
      if (other) this.pair(value, other.value);
    }
  }

  /** Whether an operand has a value by itself: a constant, a closure, a reference from something known. */
  private gives(operand: Operand): boolean {
    return operand.kind === 'ref'
      ? isHeadBound(operand, this.known)
      : operand.kind !== 'array' && operand.kind !== 'object';
  }

  /** Whether what an operand gives may have parts that a pattern on the other side takes. */
  private opens(operand: Operand): boolean {
    return (operand.kind === 'ref' || operand.kind === 'comprehension') && this.gives(operand);
  }

  private markAll(operand: Operand): void {
    if (operand.kind !== 'array' && operand.kind !== 'object' && operand.kind !== 'local') return;
    walkOperand(operand, use => this.mark(use.local), { objectKeys: false, refHeads: false });
  }

  private isKnown(local: Local): boolean {
    return this.known.has(local) || this.unified.has(local);
  }

  private wait(local: Local, others: Iterable<Local>): void {
    const set = this.waiting.get(local) ?? new Set();
    this.waiting.set(local, set);
    for (const other of others) {
      set.add(other);
      const dependants = this.dependants.get(other) ?? [];
      dependants.push(local);
      this.dependants.set(other, dependants);
    }
  }

  /** A local that becomes known makes known what it waits for with it, and what waits for nothing else. */
  private mark(first: Local): void {
    const pending = [first];
    for (let local = pending.pop(); local; local = pending.pop()) {
      this.unified.add(local);
      pending.push(...(this.waiting.get(local) ?? []));
      this.waiting.delete(local);
      for (const dependant of this.dependants.get(local) ?? []) {
        const missing = this.waiting.get(dependant);
        if (missing?.delete(local) && missing.size === 0) {
          this.waiting.delete(dependant);
          pending.push(dependant);
        }
      }
    }
  }
}

/** Whether a structure holds a local, which it then cannot give a value. */
function mentions(operand: Operand, local: Local): boolean {
  let found = false;
  walkOperand(operand, use => {
    found ||= use.local === local;
  });
  return found;
}

/** Whether it is a structure that can be met part by part. */
function hasParts(operand: Operand): boolean {
  return operand.kind === 'array' || operand.kind === 'object';
}

function sameKey(a: Operand, b: Operand): boolean {
  if (a.kind === 'local') return b.kind === 'local' && a.local === b.local;
  return a.kind === 'const' && b.kind === 'const' && a.value === b.value;
}

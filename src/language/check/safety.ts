import type { Goal, Local, LocalOperand, NormalBody, NormalRule } from '../normal/normal.ts';
import { bindings } from './bindings.ts';
import { type Closure, closuresOf, goalClosures, walkClosure, walkGoal, walkOperand } from './variables.ts';

/** The goals of each body in an order in which every local is bound before it is read. */
export type SafeOrder = ReadonlyMap<NormalBody, readonly Goal[]>;

/**
 * Orders the bodies of rules, nested ones included, and puts them into `order`.
 *
 * A goal is taken as soon as what it needs is bound, and source order is kept wherever it is
 * already safe. A local that nothing binds is handed to `unsafe` once, with its first use;
 * locals that are unbound only because of it are not.
 */
export class SafetyCheck {
  private readonly order: Map<NormalBody, readonly Goal[]>;
  private readonly unsafe: (use: LocalOperand) => void;

  constructor(order: Map<NormalBody, readonly Goal[]>, unsafe: (use: LocalOperand) => void) {
    this.order = order;
    this.unsafe = unsafe;
  }

  rule(rule: NormalRule): void {
    const args = new Set<Local>();
    for (const arg of rule.args ?? []) walkOperand(arg, use => args.add(use.local), { refHeads: false });
    for (const branch of rule.branches) {
      const results = [...rule.dynamicPath, ...(branch.key ? [branch.key] : []), branch.value];
      this.closure({ body: branch.body, results, own: [] }, args);
    }
  }

  query(body: NormalBody): void {
    this.body(body, new Set());
  }

  private closure(closure: Closure, outer: ReadonlySet<Local>): void {
    const bound = this.body(closure.body, new Set([...outer, ...closure.own]));
    if (!bound) return;
    const missing = new Uses();
    for (const result of closure.results) {
      walkOperand(result, use => missing.add(use, bound));
      for (const inner of closuresOf(result)) this.closure(inner, bound);
    }
    missing.report(this.unsafe);
  }

  /** What is bound after a body; undefined where something in it is unsafe. */
  private body(body: NormalBody, outer: ReadonlySet<Local>): ReadonlySet<Local> | undefined {
    const { ordered, left, bound } = order(body.goals, outer);
    this.order.set(body, ordered);
    this.reportLeft(left, bound);
    const before = new Set(outer);
    for (const goal of ordered) {
      for (const closure of goalClosures(goal)) this.closure(closure, before);
      walkGoal(goal, use => before.add(use.local));
    }
    return left.length === 0 ? bound : undefined;
  }

  private reportLeft(left: readonly Goal[], bound: ReadonlySet<Local>): void {
    const missing = new Uses();
    for (const goal of left) {
      walkGoal(goal, use => missing.add(use, bound));
      if (missing.size === 0)
        for (const closure of goalClosures(goal)) walkClosure(closure, use => missing.add(use, bound));
    }
    missing.report(this.unsafe);
  }
}

/** Unbound locals, each with its first use. */
class Uses {
  private readonly first = new Map<Local, LocalOperand>();

  get size(): number {
    return this.first.size;
  }

  add(use: LocalOperand, bound: ReadonlySet<Local>): void {
    if (!bound.has(use.local) && !this.first.has(use.local)) this.first.set(use.local, use);
  }

  report(unsafe: (use: LocalOperand) => void): void {
    for (const use of this.first.values()) if (!use.local.generated) unsafe(use);
  }
}

interface Ordered {
  readonly ordered: readonly Goal[];
  /** The goals that cannot be placed. */
  readonly left: readonly Goal[];
  readonly bound: ReadonlySet<Local>;
}

function order(goals: readonly Goal[], outer: ReadonlySet<Local>): Ordered {
  const here = new Set<Local>();
  for (const goal of goals) walkGoal(goal, use => here.add(use.local));
  const bound = new Set(outer);
  const ordered: Goal[] = [];
  let left = [...goals];
  for (let placed = true; placed && left.length > 0; ) {
    placed = false;
    const rest: Goal[] = [];
    for (const goal of left) {
      const outputs = bindings(goal, bound);
      if (isReady(goal, bound, outputs, here)) {
        ordered.push(goal);
        for (const local of outputs) bound.add(local);
        placed = true;
      } else rest.push(goal);
    }
    left = rest;
  }
  return { ordered, left, bound };
}

/** Whether all that a goal reads is bound, what its closures share with this body included. */
function isReady(
  goal: Goal,
  bound: ReadonlySet<Local>,
  outputs: ReadonlySet<Local>,
  here: ReadonlySet<Local>,
): boolean {
  let ready = true;
  walkGoal(goal, use => {
    if (!bound.has(use.local) && !outputs.has(use.local)) ready = false;
  });
  for (const closure of ready ? goalClosures(goal) : []) {
    walkClosure(closure, use => {
      if (here.has(use.local) && !bound.has(use.local)) ready = false;
    });
  }
  return ready;
}

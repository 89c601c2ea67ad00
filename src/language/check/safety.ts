import type { Span } from '../../../grammar/index.ts';
import type { Goal, Local, NormalBody, NormalRule } from '../normal/normal.ts';
import { bindings } from './bindings.ts';
import { type UnsafeUse, Uses } from './unsafe.ts';
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
  private readonly unsafe: (use: UnsafeUse) => void;

  constructor(order: Map<NormalBody, readonly Goal[]>, unsafe: (use: UnsafeUse) => void) {
    this.order = order;
    this.unsafe = unsafe;
  }

  rule(rule: NormalRule): void {
    const args = new Set<Local>();
    for (const arg of rule.args ?? []) walkOperand(arg, use => args.add(use.local), { refHeads: false });
    for (const branch of rule.branches) {
      const results = [...rule.dynamicPath, ...(branch.key ? [branch.key] : []), branch.value];
      this.closure({ of: 'comprehension', body: branch.body, results, own: [] }, args);
    }
  }

  query(body: NormalBody): void {
    this.body(body, new Set());
  }

  /** `at` is the expression that the closure stands in: what its result leaves unbound is shown there. */
  private closure(closure: Closure, outer: ReadonlySet<Local>, at?: Span): void {
    const bound = this.body(closure.body, new Set([...outer, ...closure.own]));
    if (!bound) return;
    const missing = new Uses();
    for (const result of closure.results) {
      walkOperand(result, use => missing.add(use, at ?? use.span, bound));
      for (const inner of closuresOf(result)) this.closure(inner, bound, at ?? result.span);
    }
    this.report(missing, bound);
  }

  /** What is bound after a body; undefined where something in it is unsafe. */
  private body(body: NormalBody, outer: ReadonlySet<Local>): ReadonlySet<Local> | undefined {
    const { ordered, left, bound } = order(body.goals, outer);
    this.order.set(body, ordered);
    this.reportLeft(left, bound);
    const before = new Set(outer);
    for (const goal of ordered) {
      for (const closure of goalClosures(goal)) this.closure(closure, before, goal.span);
      walkGoal(goal, use => before.add(use.local));
    }
    return left.length === 0 ? bound : undefined;
  }

  private reportLeft(left: readonly Goal[], bound: ReadonlySet<Local>): void {
    if (left.length === 0) return;
    const missing = new Uses();
    for (const goal of left) {
      const before = missing.size;
      walkGoal(goal, use => missing.add(use, goal.span, bound));
      if (missing.size > before) continue;
      for (const closure of goalClosures(goal)) this.reportClosure(closure, goal, bound, missing);
    }
    missing.leaveOut(left, bound);
    this.report(missing, bound);
  }

  private report(missing: Uses, bound: ReadonlySet<Local>): void {
    if (missing.size === 0) return;
    const named = [...bound].filter(local => !local.generated && local.name !== '_');
    const near = named.map(local => local.name);
    missing.report(use => this.unsafe({ ...use, near }));
  }

  private reportClosure(closure: Closure, goal: Goal, bound: ReadonlySet<Local>, missing: Uses): void {
    const inside = new Uses();
    walkClosure(closure, use => inside.add(use, goal.span, bound));
    const own = new Set<Local>();
    const { bound: after } = order(closure.body.goals, new Set([...bound, ...closure.own]));
    for (const local of after) own.add(local);
    for (const use of inside.all()) if (!own.has(use.local)) missing.take(use);
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

import type { Span } from '../../../grammar/index.ts';
import type { Goal, Local, LocalOperand, NormalBody, NormalRule, Operand } from '../normal/normal.ts';
import { bindings } from './bindings.ts';
import { BoundLocals } from './bound.ts';
import { localsHere, orderGoals } from './order.ts';
import { type UnsafeUse, Uses } from './unsafe.ts';
import {
  type Closure,
  closuresOf,
  goalClosures,
  goalOperands,
  isOperand,
  walkClosure,
  walkGoal,
  walkOperand,
} from './variables.ts';

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
    const args = new BoundLocals();
    for (const arg of rule.args ?? []) walkOperand(arg, use => args.add(use.local), { refHeads: false });
    for (const branch of rule.branches) {
      const results = [...rule.dynamicPath, ...(branch.key ? [branch.key] : []), branch.value];
      this.closure({ body: branch.body, results, own: [] }, args);
    }
  }

  query(body: NormalBody): void {
    this.body(body, new BoundLocals());
  }

  /** `at` is the expression that the closure stands in: what its result leaves unbound is shown there. */
  private closure(
    closure: Pick<Closure, 'body' | 'results' | 'own'>,
    outer: BoundLocals,
    at?: Span,
    place?: Span,
  ): void {
    const bound = this.body(closure.body, outer.inside(closure.own), place);
    if (!bound) return;
    const missing = new Uses();
    for (const result of closure.results) {
      walkOperand(result, use => missing.add(use, at ?? use.span, bound));
      for (const inner of closuresOf(result)) this.inner(inner, bound, at ?? result.span);
    }
    this.report(missing, bound);
  }

  /** A template is an expression of its own: what is unbound in it is shown there. */
  private inner(closure: Closure, outer: BoundLocals, expression: Span): void {
    if (closure.of === 'template') this.closure(closure, outer, closure.span, closure.span);
    else this.closure(closure, outer, expression);
  }

  /** What is bound after a body; undefined where something in it is unsafe. */
  private body(body: NormalBody, outer: BoundLocals, place?: Span): BoundLocals | undefined {
    const bound = outer.inside();
    const { ordered, left } = orderGoals(body.goals, bound);
    this.order.set(body, ordered);
    const shown = place ? left.map(goal => ({ ...goal, span: place })) : left;
    if (left.length > 0) this.reportLeft(shown, body, bound);
    const before = outer.inside();
    for (const goal of ordered) {
      for (const closure of goalClosures(goal)) this.inner(closure, before, goal.span);
      walkGoal(goal, use => before.add(use.local));
    }
    return left.length === 0 ? bound : undefined;
  }

  private reportLeft(left: readonly Goal[], body: NormalBody, bound: BoundLocals): void {
    const here = localsHere(body.goals);
    const missing = new Uses();
    for (const goal of left)
      if (!this.addFromClosures(goal, here, bound, missing)) addOwn(goal, bound, missing);
    missing.leaveOut(left, bound);
    this.report(missing, bound);
  }

  /** Adds what the closures of a goal share with the body; whether there is any: OPA then looks no further. */
  private addFromClosures(goal: Goal, here: ReadonlySet<Local>, bound: BoundLocals, missing: Uses): boolean {
    let any = false;
    for (const closure of goalClosures(goal)) {
      walkClosure(closure, use => {
        if (!here.has(use.local) || bound.has(use.local)) return;
        missing.add(use, placeOf(closure, goal.span), bound);
        any = true;
      });
    }
    return any;
  }

  private report(missing: Uses, bound: BoundLocals): void {
    if (missing.size === 0) return;
    const near = bound.names();
    missing.report(use => this.unsafe({ ...use, near }));
  }
}

/** Adds what a goal itself reads and does not bind. */
function addOwn(goal: Goal, bound: BoundLocals, missing: Uses): void {
  const outputs = bindings(goal, bound);
  for (const { operands, at } of placesIn(goal)) {
    for (const operand of operands)
      walkOperand(operand, use => {
        if (!outputs.has(use.local)) missing.add(use, placeOfUse(goal, use, at), bound, isMembership(goal));
      });
  }
}

function isMembership(goal: Goal): boolean {
  return (
    goal.kind === 'call' && goal.target.kind === 'builtin' && goal.target.name.startsWith('internal.member_')
  );
}

/** What `every` looks through is its own variable where it has the name of one and is no other. */
function placeOfUse(goal: Goal, { local: { name } }: LocalOperand, at: Span): Span {
  return goal.kind === 'every' && (name === goal.value.name || name === goal.key?.name) ? goal.span : at;
}

/** Where what is unbound in a closure is shown: a template is an expression of its own. */
function placeOf(closure: Closure, expression: Span): Span {
  return closure.of === 'template' ? closure.span : expression;
}

/** The operands of a goal by the expression they stand in: some are looked up before the goal itself. */
function placesIn(goal: Goal): { readonly operands: readonly Operand[]; readonly at: Span }[] {
  const values = goal.with.map(({ value }) => value).filter(isOperand);
  return [
    { operands: values, at: goal.span },
    { operands: goalOperands(goal), at: goal.kind === 'every' ? goal.domain.span : goal.span },
  ];
}

import type { Span } from '../../../grammar/index.ts';
import type { Goal, Local, LocalOperand } from '../normal/normal.ts';
import { bindings } from './bindings.ts';
import type { Bound } from './bound.ts';
import { goalClosures, walkClosure, walkGoal } from './variables.ts';

/** A local that nothing binds. */
export interface UnsafeUse {
  readonly local: Local;
  /** Its own place. */
  readonly span: Span;
  /** The expression that it stands in. */
  readonly at: Span;
  /** Names of locals that are bound there. */
  readonly near?: readonly string[];
  /** It stands before `in`, as if that were to bind it. */
  readonly searched?: boolean;
}

/** Unbound locals, each with the use in the expression that comes first. */
export class Uses {
  private readonly first = new Map<Local, UnsafeUse>();

  get size(): number {
    return this.first.size;
  }

  all(): Iterable<UnsafeUse> {
    return this.first.values();
  }

  add(use: LocalOperand, at: Span, bound: Bound, searched = false): void {
    if (!bound.has(use.local)) this.take({ local: use.local, span: use.span, at, searched });
  }

  take(use: UnsafeUse): void {
    const before = this.first.get(use.local);
    if (!before || use.at.start < before.at.start) this.first.set(use.local, use);
  }

  /**
   * Forgets the locals that would be bound if others were: those are their cause. Where each waits
   * for another, all stay but what `:=` assigns.
   */
  leaveOut(left: readonly Goal[], bound: Bound): void {
    const consequences = new Set<Local>();
    for (const goal of left) for (const local of boundThen(goal, bound)) consequences.add(local);
    const causes = [...this.first.keys()].filter(local => !consequences.has(local));
    if (causes.some(local => !local.generated)) this.forget(consequences);
    else this.forget(assigned(left));
  }

  /** Hands over what the author named; where only we did, the expression is what is unsafe. */
  report(unsafe: (use: UnsafeUse) => void): void {
    const uses = [...this.first.values()];
    const named = uses.filter(use => !use.local.generated);
    for (const use of named.length > 0 ? named : uses.slice(0, 1)) unsafe(use);
  }

  private forget(locals: ReadonlySet<Local>): void {
    const rest = [...this.first.keys()].filter(local => !locals.has(local));
    if (rest.length === 0) return;
    for (const local of locals) this.first.delete(local);
  }
}

/** What a goal that cannot be placed would bind if the rest of it were bound. */
function boundThen(goal: Goal, bound: Bound): Local[] {
  const missing = new Set<Local>();
  const add = (use: LocalOperand): void => {
    if (!bound.has(use.local)) missing.add(use.local);
  };
  walkGoal(goal, add);
  for (const closure of goalClosures(goal)) walkClosure(closure, add);
  if (missing.size < 2 || missing.size > 100) return [];
  return [...missing].filter(local => {
    const others = { has: (each: Local) => each !== local && (bound.has(each) || missing.has(each)) };
    return bindings(goal, others).has(local);
  });
}

function assigned(left: readonly Goal[]): Set<Local> {
  const locals = new Set<Local>();
  for (const goal of left) {
    if (goal.kind === 'unify' && goal.operator === ':=')
      walkGoal({ ...goal, right: goal.left }, use => locals.add(use.local));
  }
  return locals;
}

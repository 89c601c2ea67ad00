import { Halt } from './halt.ts';
import { limits } from './limits.ts';

export interface BudgetLimits {
  readonly steps: number;
  readonly resultSize: number;
  readonly depth: number;
}

/**
 * What one evaluation may still spend. The counters are fields, not methods, so that the evaluator's
 * innermost loops pay one decrement: `if (--budget.steps < 0) budget.exhausted('steps')`.
 */
export class Budget {
  readonly granted: BudgetLimits;
  steps: number;
  resultSize: number;
  depth: number;

  constructor(granted: BudgetLimits = limits) {
    this.granted = granted;
    this.steps = granted.steps;
    this.resultSize = granted.resultSize;
    this.depth = granted.depth;
  }

  /** Charges elements or characters that are about to be made, before they are. */
  charge(size: number): void {
    this.resultSize -= size;
    if (this.resultSize < 0) this.exhausted('resultSize');
  }

  /** Takes many steps at once, before the work that they stand for; what is not left is not taken. */
  spend(steps: number): void {
    if (steps > this.steps) this.exhausted('steps');
    this.steps -= steps;
  }

  /** Throws a Halt that names the limit. */
  exhausted(limit: keyof BudgetLimits): never {
    throw new Halt(
      'eval_budget_error',
      `evaluation stopped: ${limit} exceeded ${this.granted[limit]}`,
      limit,
    );
  }
}

import type { EvaluationCode } from './codes.ts';

/** Thrown to end an evaluation: a conflict, an exhausted budget, a cancellation. Never caught by a rule. */
export class Halt extends Error {
  override readonly name = 'Halt';
  readonly code: EvaluationCode;
  /** Which limit ran out, where `code` is `eval_budget_error`. */
  readonly limit?: string;

  constructor(code: EvaluationCode, message: string, limit?: string) {
    super(message);
    this.code = code;
    if (limit !== undefined) this.limit = limit;
  }
}

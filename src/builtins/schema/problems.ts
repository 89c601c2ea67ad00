import type { Value } from '../../values/index.ts';
import { ObjectValue } from '../../values/index.ts';

/** One thing that is wrong with a document, as OPA words it. */
export interface Problem {
  readonly type: string;
  /** The keys to the place, with dots between; `(Root)` for the whole. */
  readonly field: string;
  readonly description: string;
}

/** What came of a schema and a value; the score tells how much of it fitted. */
export class Outcome {
  readonly problems: Problem[] = [];
  score = 0;

  get valid(): boolean {
    return this.problems.length === 0;
  }

  fits(): void {
    this.score++;
  }

  add(type: string, path: readonly string[], description: string): void {
    this.problems.push({ type, field: path.length === 0 ? '(Root)' : path.join('.'), description });
    this.score -= 2;
  }

  merge(other: Outcome): void {
    this.problems.push(...other.problems);
    this.score += other.score;
  }
}

export function problemValue({ type, field, description }: Problem): Value {
  return ObjectValue.of([
    ['error', `${field}: ${description}`],
    ['type', type],
    ['field', field],
    ['desc', description],
  ]);
}

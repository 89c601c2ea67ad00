import type { DiagnosticCode, EvaluationCode } from '../../base/index.ts';
import type { EvaluationError } from '../../evaluate/index.ts';
import type { Value } from '../../values/index.ts';
import type { ShownValue } from '../tracing/operand-terms.ts';

export type Outcome = 'pass' | 'fail' | 'error' | 'skip';

/** What came of one test. */
export interface TestResult {
  readonly outcome: Outcome;
  /** `data.acme.shop_test` */
  readonly package: string;
  /** `test_denies`; the second test of a name is `test_denies#01`. */
  readonly name: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Milliseconds. */
  readonly duration: number;
  /** What `print` said. */
  readonly output: readonly string[];
  /** The cases of a test that makes an object of them. */
  readonly cases?: readonly CaseResult[];
  /** Why there is no outcome. */
  readonly error?: { readonly code: EvaluationCode | DiagnosticCode; readonly message: string };
  /** The condition that did not hold, where one is found. */
  readonly failure?: Failure;
  /** What the test is, where it is not true and no condition failed. */
  readonly value?: Value;
  /** Built-in functions that failed on the way, in a test that did not pass. */
  readonly builtinErrors: readonly EvaluationError[];
}

export interface CaseResult {
  readonly name: string;
  readonly failed: boolean;
  readonly cases: readonly CaseResult[];
  readonly failure?: Failure;
}

/** A condition that did not hold. */
export interface Failure {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** The condition as it is written. */
  readonly text: string;
  /** Its source lines, with carets. */
  readonly frame: string;
  /** Its operands and variables, as they are written, with what they were; no value where undefined. */
  readonly values: readonly ShownValue[];
}

/** How many tests came to what; of a test with cases, each case counts. */
export interface Tally {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skip: number;
  readonly total: number;
}

export function tally(results: readonly TestResult[]): Tally {
  const counts = { pass: 0, fail: 0, error: 0, skip: 0 };
  for (const { outcome, cases = [] } of results) {
    const ends = outcome === 'pass' || outcome === 'fail' ? leaves(cases) : [];
    if (ends.length === 0) counts[outcome]++;
    else for (const { failed } of ends) counts[failed ? 'fail' : 'pass']++;
  }
  return { ...counts, total: counts.pass + counts.fail + counts.error + counts.skip };
}

/** The cases that hold no others. */
export function leaves(cases: readonly CaseResult[]): readonly CaseResult[] {
  return cases.flatMap(each => (each.cases.length === 0 ? [each] : leaves(each.cases)));
}

import type { Diagnostic } from '../../base/index.ts';
import type { Violation } from './violations.ts';

/** `error` is what could not be run at all. */
export type Status = 'passed' | 'failed' | 'error' | 'skipped';

export interface CaseResult {
  readonly name: string;
  readonly status: Status;
  /** Why it did not pass, a sentence each. */
  readonly reasons: readonly string[];
  readonly violations: readonly Violation[];
}

export interface TestResult {
  readonly name: string;
  /** `failed` or `error` for what concerns the test as a whole; otherwise the cases tell. */
  readonly status: Status;
  readonly reasons: readonly string[];
  /** Of the template's Rego. */
  readonly diagnostics: readonly Diagnostic[];
  /** What to know of it, pass or fail. */
  readonly notes: readonly string[];
  readonly cases: readonly CaseResult[];
}

export interface SuiteResult {
  readonly path: string;
  readonly status: Status;
  readonly reasons: readonly string[];
  readonly tests: readonly TestResult[];
}

/** How many cases, and tests without cases, came to what. */
export type Counts = Readonly<Record<Status, number>>;

export function countResults(results: readonly SuiteResult[]): Counts {
  const counts = { passed: 0, failed: 0, error: 0, skipped: 0 };
  for (const { status } of results.flatMap(resultUnits)) counts[status] += 1;
  return counts;
}

/** What is reported by itself: each case, and a test or suite that came to no cases. */
export interface ResultUnit extends CaseResult {
  readonly suite: string;
  readonly test: string;
  readonly diagnostics: readonly Diagnostic[];
}

export function resultUnits(suite: SuiteResult): readonly ResultUnit[] {
  const { path, status, reasons, tests } = suite;
  const nowhere = { suite: path, test: '', name: '', violations: [], diagnostics: [] };
  return tests.length === 0
    ? [{ ...nowhere, status, reasons }]
    : tests.flatMap(test => testUnits(path, test));
}

function testUnits(
  suite: string,
  { name: test, cases, notes: _, ...whole }: TestResult,
): readonly ResultUnit[] {
  if (cases.length === 0) return [{ ...whole, suite, test, name: '', violations: [] }];
  return cases.map(each => ({ ...each, suite, test, diagnostics: [] }));
}

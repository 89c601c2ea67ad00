import { Budget, type BudgetLimits, Halt } from '../../base/index.ts';
import { type CompiledPolicy, compilePlan, Evaluation } from '../../evaluate/index.ts';
import type { Place } from '../../language/index.ts';
import { isArray, isObject, type Value } from '../../values/index.ts';
import { pathText } from '../tracing/path-text.ts';
import { type Announced, caseResults } from './case-results.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { Failures } from './failure.ts';
import type { CaseResult, TestResult } from './result.ts';
import type { TestSuite } from './suite.ts';
import type { TestRule } from './test-rules.ts';

/** How much is kept of what a failed test did. */
const TRACE_EVENTS = 50_000;

export interface TestOptions {
  /** Nanoseconds since 1970, the clock of every test. */
  readonly now: bigint;
  /** Milliseconds, for durations. */
  readonly clock: () => number;
  /** Which tests are run, by `data.package.name`; all where absent. */
  readonly wanted?: (name: string) => boolean;
  /** A built-in function that fails is the error of its test. */
  readonly strict?: boolean;
  /** For each test. */
  readonly budget?: BudgetLimits;
  readonly coverage?: boolean;
}

type Finding = Pick<TestResult, 'outcome'> & Partial<TestResult>;

/** Runs the tests of a suite, each by itself: one that halts says so, and the next goes on. */
export class TestRun {
  private readonly suite: TestSuite;
  private readonly options: TestOptions;
  private readonly compiled: CompiledPolicy;
  private readonly covered = new Set<Place>();
  private readonly failures: Failures;
  private traced: CompiledPolicy | undefined;

  constructor(suite: TestSuite, options: TestOptions) {
    this.suite = suite;
    this.options = options;
    this.compiled = compilePlan(suite.plan, { coverage: options.coverage ?? false });
    this.failures = new Failures(suite.checked);
  }

  /** The results in the order of the files, one after another. */
  *results(): Generator<TestResult> {
    for (const test of this.suite.tests) if (this.isWanted(test)) yield this.result(test);
  }

  /** What the tests that have run so far reached; empty unless it was asked for. */
  coverage(): Coverage {
    return coverageOf(this.suite.checked, this.suite.plan.files, this.covered);
  }

  private isWanted({ package: above, path }: TestRule): boolean {
    return this.options.wanted?.(pathText(['data', ...above, ...path])) ?? true;
  }

  private result(test: TestRule): TestResult {
    const { source } = this.suite.checked.modules[test.module]!;
    const output: string[] = [];
    const start = this.options.clock();
    const finding = this.find(test, output);
    return {
      package: pathText(['data', ...test.package]),
      name: pathText(test.path),
      file: source.path,
      ...source.position(test.rule.span.start),
      duration: this.options.clock() - start,
      output,
      builtinErrors: [],
      ...finding,
    };
  }

  private find(test: TestRule, output: string[]): Finding {
    if (test.skipped) return { outcome: 'skip' };
    if (test.kind === 'function') return { outcome: 'error', error: calledByName(test) };
    const announced: Value[] = [];
    const evaluation = this.evaluation(this.compiled, {
      print: line => output.push(line),
      testCase: name => announced.push(name),
      covered: this.covered,
    });
    try {
      const value = evaluation.document([...test.package, ...test.path]);
      const finding = test.kind === 'cases' ? this.cases(test, value, announced) : this.value(test, value);
      return finding.outcome === 'pass' ? finding : { ...finding, builtinErrors: evaluation.errors };
    } catch (error) {
      return { outcome: 'error', error: toError(error), builtinErrors: evaluation.errors };
    }
  }

  private value(test: TestRule, value: Value | undefined): Finding {
    if (value === true) return { outcome: 'pass' };
    if (value !== undefined) return { outcome: 'fail', value };
    const [{ failure } = { failure: undefined }] = this.trace(test);
    return { outcome: 'fail', ...(failure !== undefined && { failure }) };
  }

  private cases(test: TestRule, value: Value | undefined, announced: readonly Value[]): Finding {
    const quick = caseResults(value, announced.map(toAnnounced));
    if (value !== undefined && isObject(value) && !quick.some(({ failed }) => failed))
      return { outcome: 'pass', cases: quick };
    const cases: readonly CaseResult[] = caseResults(value, this.trace(test));
    return { outcome: 'fail', cases };
  }

  /** Runs the test again to see what failed: in each of its cases, or in the test itself where it has none. */
  private trace(test: TestRule): readonly Announced[] {
    this.traced ??= compilePlan(this.suite.plan, { trace: true });
    const starts: { readonly name: Value; readonly at: number }[] = [];
    const evaluation: Evaluation = this.evaluation(this.traced, {
      testCase: name => starts.push({ name, at: evaluation.trace.length }),
      traceEvents: TRACE_EVENTS,
      traceDepth: 1,
    });
    try {
      evaluation.document([...test.package, ...test.path]);
    } catch {
      return [];
    }
    const segments = starts.length === 0 ? [{ name: [], at: 0 }] : starts;
    return segments.map(({ name, at }, i) => {
      const failure = this.failures.last(evaluation.trace.slice(at, segments[i + 1]?.at));
      return { ...toAnnounced(name), ...(failure !== undefined && { failure }) };
    });
  }

  private evaluation(
    policy: CompiledPolicy,
    more: Partial<ConstructorParameters<typeof Evaluation>[1]>,
  ): Evaluation {
    const { now, strict = false, budget } = this.options;
    return new Evaluation(policy, {
      data: this.suite.data,
      now,
      strict,
      budget: new Budget(budget),
      ...more,
    });
  }
}

function toAnnounced(name: Value): Announced {
  return { path: isArray(name) ? name : [name] };
}

function toError(error: unknown): NonNullable<TestResult['error']> {
  if (error instanceof Halt) return { code: error.code, message: error.message };
  return { code: 'eval_internal_error', message: error instanceof Error ? error.message : String(error) };
}

function calledByName({ package: above, path }: TestRule): NonNullable<TestResult['error']> {
  const name = pathText(['data', ...above, ...path]);
  return { code: 'rego_type_error', message: `function ${name} used as reference, not called` };
}

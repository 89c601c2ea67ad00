import { Halt } from '../../base/index.ts';
import { type Assertion, failureOf, noViolations } from './assertion.ts';
import { type Constraint, type ReadConstraint, readConstraint } from './constraint.ts';
import { type Inventory, toInventory } from './inventory.ts';
import { toKubernetesObject } from './kubernetes-object.ts';
import { type Read, unusable, usable } from './read.ts';
import type { CaseResult, Status, SuiteResult, TestResult } from './result.ts';
import { type Review, toReview } from './review.ts';
import { readSuite, type SuiteCase, type SuiteTest } from './suite.ts';
import { besides, type FindFile, readFirstObject, readObject, readObjects } from './suite-files.ts';
import { readTemplate } from './template.ts';
import {
  type CompiledTemplate,
  compileTemplate,
  type ReviewOptions,
  type Violation,
  violationsOf,
} from './violations.ts';

type LoadedTemplate = Pick<TestResult, 'reasons' | 'diagnostics' | 'notes'> & {
  readonly compiled?: CompiledTemplate;
};

/** What a case judges and by what. */
export interface CaseSubject {
  readonly template: CompiledTemplate;
  readonly constraint: Constraint;
  readonly review: Review;
  readonly inventory: Inventory;
  /** All must hold; without any there must be no violation. */
  readonly assertions: readonly Assertion[];
}

/**
 * Runs suites as `gator verify` does. Files are found by `find`, by paths that suites name relative to
 * themselves; a template is compiled once, however many tests use it. Nothing is thrown for a suite.
 */
export class SuiteRunner {
  private readonly find: FindFile;
  private readonly options: ReviewOptions;
  private readonly templates = new Map<string, LoadedTemplate>();

  constructor(find: FindFile, options: ReviewOptions) {
    this.find = find;
    this.options = options;
  }

  /** The result of a suite; the reasons tell what is wrong with the file as a whole. */
  run(path: string): SuiteResult {
    const { value, problems } = readFirstObject(path, this.find);
    const suite = value === undefined ? { problems } : readSuite(value);
    if (suite.value === undefined) return { path, status: 'error', reasons: suite.problems, tests: [] };
    if (suite.value.skip) return { path, status: 'skipped', reasons: [], tests: [] };
    const tests = suite.value.tests.map(test => this.test(path, test));
    return { path, status: 'passed', reasons: [], tests };
  }

  private test(path: string, test: SuiteTest): TestResult {
    const { name, problems } = test;
    const result = (status: Status, reasons: readonly string[]): TestResult => {
      return { name, status, reasons, diagnostics: [], notes: [], cases: [] };
    };
    if (test.skip) return result('skipped', []);
    if (problems.length > 0) return result('error', problems);
    const { compiled, ...loaded } = this.template(besides(path, test.template));
    if (compiled === undefined) return { ...result('error', []), ...loaded };
    const { notes } = loaded;
    const constraint = this.constraint(besides(path, test.constraint), compiled);
    if (test.invalid) return { ...result(...invalidOutcome(constraint)), notes };
    const { value } = constraint;
    if (value === undefined) return { ...result('error', constraint.problems), notes };
    const cases = test.cases.map(each => this.case(path, each, compiled, value));
    return { ...result('passed', []), notes, cases };
  }

  private template(path: string): LoadedTemplate {
    const known = this.templates.get(path);
    if (known !== undefined) return known;
    const loaded = this.loadTemplate(path);
    this.templates.set(path, loaded);
    return loaded;
  }

  private loadTemplate(path: string): LoadedTemplate {
    const unread = { diagnostics: [], notes: [] };
    const read = readFirstObject(path, this.find);
    if (read.value === undefined) return { ...unread, reasons: read.problems };
    const { value, problems } = readTemplate(read.value, path);
    if (value === undefined) return { ...unread, reasons: named(path, problems) };
    const { compiled, diagnostics } = compileTemplate(value);
    const notes = value.otherEngines.map(engine => `${path}: its code for ${engine} is not run, its Rego is`);
    if (compiled !== undefined) return { compiled, reasons: [], diagnostics, notes };
    return { reasons: [`${path}: the Rego of the template has errors`], diagnostics, notes };
  }

  private constraint(path: string, { template }: CompiledTemplate): ReadConstraint {
    const { value, problems } = readFirstObject(path, this.find);
    if (value === undefined) return { problems, misfit: false };
    const read = readConstraint(value, template);
    return { ...read, problems: named(path, read.problems) };
  }

  private case(
    path: string,
    test: SuiteCase,
    template: CompiledTemplate,
    constraint: Constraint,
  ): CaseResult {
    const { name, assertions } = test;
    if (test.skip) return { name, status: 'skipped', reasons: [], violations: [] };
    const review = this.review(besides(path, test.object));
    const inventory = this.inventory(test.inventory.map(file => besides(path, file)));
    const problems = [...test.problems, ...review.problems, ...inventory.problems];
    if (problems.length > 0 || !review.value || !inventory.value)
      return { name, status: 'error', reasons: problems, violations: [] };
    const subject = { template, constraint, review: review.value, inventory: inventory.value, assertions };
    return { name, ...runCase(subject, this.options) };
  }

  private review(path: string): Read<Review> {
    const { value, problems } = readObject(path, this.find);
    if (value === undefined) return { problems };
    const review = toReview(value);
    return review.value === undefined ? unusable(...named(path, review.problems)) : review;
  }

  private inventory(paths: readonly string[]): Read<Inventory> {
    const read = paths.map(path => readObjects(path, this.find));
    const problems = read.flatMap(each => each.problems);
    if (problems.length > 0) return unusable(...problems);
    const objects = read.flatMap(({ value }) => value ?? []).map(toKubernetesObject);
    const nameless = objects.filter(({ kind, version }) => kind === '' || version === '');
    if (nameless.length > 0) return unusable('an object of the inventory has no apiVersion or kind');
    return usable(toInventory(objects));
  }
}

/** Whether the assertions of a case hold; what stops the evaluation is an error, with its reason. */
export function runCase(subject: CaseSubject, options: ReviewOptions): Omit<CaseResult, 'name'> {
  const { template, constraint, review, inventory } = subject;
  let violations: readonly Violation[];
  try {
    violations = violationsOf(template, constraint, review, inventory, options);
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    return { status: 'error', reasons: [error.message], violations: [] };
  }
  const assertions = subject.assertions.length > 0 ? subject.assertions : [noViolations];
  const reasons = assertions.map(each => failureOf(each, violations)).filter(each => each !== undefined);
  return { status: reasons.length > 0 ? 'failed' : 'passed', reasons, violations };
}

/** A constraint that a test says to be invalid must not fit the schema; another mistake is none of that. */
function invalidOutcome({ value, problems, misfit }: ReadConstraint): [Status, readonly string[]] {
  if (misfit) return ['passed', []];
  if (value === undefined) return ['error', problems];
  return ['failed', ['the constraint fits the schema of its template, and must not']];
}

function named(path: string, problems: readonly string[]): readonly string[] {
  return problems.map(problem => `${path}: ${problem}`);
}

export { type Assertion, failureOf, noViolations, readAssertion } from './assertion.ts';
export { type CheckedTemplate, checkTemplate } from './check-template.ts';
export { type Constraint, type ReadConstraint, readConstraint } from './constraint.ts';
export { type Inventory, toInventory } from './inventory.ts';
export { type KubernetesObject, toKubernetesObject } from './kubernetes-object.ts';
export { type Match, matches } from './match.ts';
export type { Read } from './read.ts';
export { formatSuites, type SuiteFormat, suiteFormats } from './report.ts';
export {
  type CaseResult,
  type Counts,
  countResults,
  type Status,
  type SuiteResult,
  type TestResult,
} from './result.ts';
export { type Review, toReview } from './review.ts';
export { type CaseSubject, runCase, SuiteRunner } from './run-suite.ts';
export { isSuite, readSuite, type Suite, type SuiteCase, type SuiteTest } from './suite.ts';
export { type FindFile, isSuiteFile, readFirstObject, readObject, readObjects } from './suite-files.ts';
export { readTemplate, type Template } from './template.ts';
export {
  type CompiledTemplate,
  compileTemplate,
  type ReviewOptions,
  type Violation,
  violationsOf,
} from './violations.ts';

export { type Coverage, type CoverageRange, coverageOf, type FileCoverage } from './coverage.ts';
export { coverageToJson, testsToJson } from './formats/json.ts';
export { testsToJunit } from './formats/junit.ts';
export { coverageText, summaryText, testText } from './formats/text.ts';
export {
  type CaseResult,
  type Failure,
  leaves,
  type Outcome,
  type Tally,
  type TestResult,
  tally,
} from './result.ts';
export { type TestOptions, TestRun } from './run-tests.ts';
export { loadTests, type TestSuite } from './suite.ts';

import { plain } from '../../../base/index.ts';
import { type TestResult, testText } from '../../../bundles/testing/index.ts';
import { type FailedTest, ProblemError } from '../../problem.ts';

/** The problem where tests do not pass; undefined where they do. Tests that are skipped are no failure. */
export function failedTests(results: readonly TestResult[]): ProblemError | undefined {
  const failed = results.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  const [first] = failed;
  if (first === undefined) return undefined;
  const number = failed.length === 1 ? 'a test does' : `${failed.length} tests do`;
  return new ProblemError('tests_failed', `${number} not pass: ${first.package}.${first.name}`, {
    tests: failed.slice(0, 50).map(toFailedTest),
    hint: 'pratique test runs them on your machine',
  });
}

function toFailedTest(result: TestResult): FailedTest {
  const { package: above, name, outcome, file, line, column } = result;
  return { name: `${above}.${name}`, outcome, file, line, column, text: testText(result, plain) };
}

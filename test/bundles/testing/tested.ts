import { SourceFile } from '../../../src/base/index.ts';
import { loadTests, type TestOptions, type TestResult, TestRun } from '../../../src/bundles/testing/index.ts';
import { fromJson, type JsonObject, type ObjectValue } from '../../../src/values/index.ts';

/** A run over files, by name. Throws where they have errors. */
export function runOf(
  files: Readonly<Record<string, string>>,
  options: Partial<TestOptions> = {},
  data: JsonObject = {},
): TestRun {
  const sources = Object.entries(files).map(([path, text]) => ({ source: new SourceFile(path, text) }));
  const program = { files: sources, data: fromJson(data) as ObjectValue, problems: [] };
  const { suite, diagnostics } = loadTests(program);
  if (suite === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  let time = 0;
  return new TestRun(suite, { now: 0n, clock: () => time++, ...options });
}

/** The results of one file `a_test.rego`. */
export function resultsOf(text: string, options: Partial<TestOptions> = {}): readonly TestResult[] {
  return [...runOf({ 'a_test.rego': text }, options).results()];
}

/** `test_a pass` for each. */
export function outcomes(results: readonly TestResult[]): readonly string[] {
  return results.map(({ name, outcome }) => `${name} ${outcome}`);
}

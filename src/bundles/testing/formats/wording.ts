import { printable } from '../../../base/index.ts';
import { valueText } from '../../tracing/wording.ts';
import type { CaseResult, Failure, TestResult } from '../result.ts';

/** A case that failed, with the names that lead to it. */
export interface FailedCase {
  readonly name: string;
  readonly failure?: Failure;
}

/** The cases without cases of their own that failed. */
export function failedCases(
  cases: readonly CaseResult[],
  above: readonly string[] = [],
): readonly FailedCase[] {
  return cases.flatMap(({ name, failed, cases: inner, failure }) => {
    const path = [...above, name];
    if (inner.length > 0) return failedCases(inner, path);
    return failed ? [{ name: path.join(' / '), ...(failure !== undefined && { failure }) }] : [];
  });
}

/** What is to be said of a test that did not pass, without the condition that failed. */
export function reason({ error, value, output, builtinErrors }: TestResult): readonly string[] {
  return [
    ...(error === undefined ? [] : [`${error.code}: ${printable(error.message)}`]),
    ...(value === undefined ? [] : [`the test is ${valueText(value)}, not true`]),
    ...builtinErrors.map(({ file, line, message }) => `${printable(file)}:${line}: ${printable(message)}`),
    ...output.map(line => `print: ${printable(line)}`),
  ];
}

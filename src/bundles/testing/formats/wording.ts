import { printable } from '../../../base/index.ts';
import { toRego } from '../../../values/index.ts';
import type { CaseResult, Failure, ShownValue, TestResult } from '../result.ts';

/** Longer values are cut: the JSON format has them whole. */
const LONGEST = 300;

/** One line for each value: `count(found) = 2`. */
export function valueLine({ text, value }: ShownValue): string {
  return `${cut(printable(text))} ${value === undefined ? 'is undefined' : `= ${shownValue(value)}`}`;
}

export function shownValue(value: NonNullable<ShownValue['value']> | null): string {
  return cut(printable(toRego(value)));
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

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
    ...(value === undefined ? [] : [`the test is ${shownValue(value)}, not true`]),
    ...builtinErrors.map(({ file, line, message }) => `${printable(file)}:${line}: ${printable(message)}`),
    ...output.map(line => `print: ${printable(line)}`),
  ];
}

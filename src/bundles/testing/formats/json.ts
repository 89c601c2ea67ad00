import { type Json, type JsonObject, toJson } from '../../../values/index.ts';
import type { Coverage, CoverageRange } from '../coverage.ts';
import type { CaseResult, Failure, TestResult } from '../result.ts';

/**
 * The results in the shape of `opa test --format json`: `output` is base64, durations are nanoseconds. What
 * OPA does not have stands beside it: `failure` with the values involved.
 */
export function testsToJson(results: readonly TestResult[]): readonly JsonObject[] {
  return results.map(toResult);
}

function toResult(result: TestResult): JsonObject {
  const { outcome, file, line, column, duration, output, cases = [], error, failure, value } = result;
  return {
    location: { file, row: line, col: column },
    package: result.package,
    name: result.name,
    ...(outcome === 'fail' && { fail: true }),
    ...(outcome === 'skip' && { skip: true }),
    ...(error !== undefined && { error: { ...error } }),
    duration: Math.round(duration * 1e6),
    ...(output.length > 0 && { output: toBase64(`${output.join('\n')}\n`) }),
    ...(cases.length > 0 && { sub_results: toSubResults(cases) }),
    ...(failure !== undefined && { failure: toFailure(failure) }),
    ...(value !== undefined && { value: toJson(value) }),
    ...(result.builtinErrors.length > 0 && {
      builtin_errors: result.builtinErrors.map(each => ({ ...each })),
    }),
  };
}

function toSubResults(cases: readonly CaseResult[]): JsonObject {
  const entries: Record<string, Json> = Object.create(null);
  for (const { name, failed, cases: inner, failure } of cases) {
    entries[name] = {
      name,
      ...(failed && { fail: true }),
      ...(inner.length > 0 && { sub_results: toSubResults(inner) }),
      ...(failure !== undefined && { failure: toFailure(failure) }),
    };
  }
  return entries;
}

function toFailure({ file, line, column, text, values }: Failure): JsonObject {
  return {
    location: { file, row: line, col: column },
    text,
    values: values.map(shown => ({
      text: shown.text,
      ...(shown.value === undefined ? { undefined: true } : { value: toJson(shown.value) }),
    })),
  };
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The report in the shape of `opa test --coverage`. */
export function coverageToJson({ files, coveredLines, notCoveredLines, coverage }: Coverage): JsonObject {
  const entries: Record<string, Json> = Object.create(null);
  for (const [path, file] of files) {
    entries[path] = {
      covered: file.covered.map(toRange),
      not_covered: file.notCovered.map(toRange),
      covered_lines: file.coveredLines.length,
      not_covered_lines: file.notCoveredLines.length,
      coverage: file.coverage,
    };
  }
  return { files: entries, covered_lines: coveredLines, not_covered_lines: notCoveredLines, coverage };
}

function toRange({ start, end }: CoverageRange): JsonObject {
  return { start: { row: start.line, col: start.column }, end: { row: end.line, col: end.column } };
}

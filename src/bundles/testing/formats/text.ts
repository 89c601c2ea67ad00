import { type Paint, type PaintRole, printable } from '../../../base/index.ts';
import { valueLine } from '../../tracing/wording.ts';
import type { Coverage } from '../coverage.ts';
import {
  type CaseResult,
  type Failure,
  type Outcome,
  type Tally,
  type TestResult,
  tally,
} from '../result.ts';
import { failedCases, reason } from './wording.ts';

const words: Readonly<Record<Outcome, string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  error: 'ERROR',
  skip: 'SKIPPED',
};
const roles: Readonly<Record<Outcome, PaintRole>> = {
  pass: 'success',
  fail: 'error',
  error: 'error',
  skip: 'warning',
};

/** One test, with a line break at the end: its outcome, and where it did not pass, why. */
export function testText(result: TestResult, paint: Paint): string {
  const { outcome, cases = [], failure, file, line } = result;
  const title = `${paint(roles[outcome], words[outcome])}  ${paint('strong', printable(`${result.package}.${result.name}`))}`;
  const lines = [
    `${title}  ${paint('place', printable(`${file}:${line}`))}  ${milliseconds(result.duration)}`,
  ];
  lines.push(...caseLines(cases, '  ', paint));
  if (failure !== undefined) lines.push(...failureLines(failure, paint));
  for (const each of failedCases(cases)) {
    if (each.failure === undefined) continue;
    lines.push(`  case ${paint('strong', printable(each.name))}`, ...failureLines(each.failure, paint));
  }
  lines.push(...reason(result).map(each => `  ${each}`));
  return `${lines.join('\n')}\n`;
}

function caseLines(cases: readonly CaseResult[], indent: string, paint: Paint): readonly string[] {
  return cases.flatMap(({ name, failed, cases: inner }) => {
    const outcome = failed ? 'fail' : 'pass';
    const line = `${indent}${paint(roles[outcome], words[outcome])}  ${printable(name)}`;
    return [line, ...caseLines(inner, `${indent}  `, paint)];
  });
}

function failureLines({ file, line, column, frame, values }: Failure, paint: Paint): readonly string[] {
  return [
    `  ${paint('place', `${printable(file)}:${line}:${column}`)}: this did not hold`,
    ...frame.split('\n').map(each => `  ${each}`),
    ...values.map(value => `    ${valueLine(value)}`),
  ];
}

/** How many tests came to what, as `opa test` counts them. */
export function summaryText(results: readonly TestResult[], paint: Paint): string {
  const counts: Tally = tally(results);
  const outcomes: readonly Outcome[] = ['pass', 'fail', 'skip', 'error'];
  const lines = outcomes
    .filter(outcome => counts[outcome] > 0)
    .map(outcome => `${paint(roles[outcome], words[outcome])}: ${counts[outcome]}/${counts.total}\n`);
  return lines.length === 0 ? 'no tests\n' : lines.join('');
}

/** A line for each file with the percent covered, and the lines of it that are not. */
export function coverageText({ files, coverage }: Coverage, paint: Paint): string {
  const rows = [...files].map(([path, file]) => ({
    path,
    percent: `${file.coverage.toFixed(1)}%`,
    missed: runs(file.notCoveredLines),
  }));
  const width = Math.max('total'.length, ...rows.map(({ path }) => path.length));
  const lines = rows.map(({ path, percent, missed }) => {
    const rest = missed === '' ? '' : `  ${paint('faint', 'not covered:')} ${missed}`;
    return `${printable(path).padEnd(width)}  ${percent.padStart(6)}${rest}\n`;
  });
  return `${lines.join('')}${'total'.padEnd(width)}  ${`${coverage.toFixed(1)}%`.padStart(6)}\n`;
}

/** `3, 7-9` */
function runs(lines: readonly number[]): string {
  const found: [number, number][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

function milliseconds(duration: number): string {
  return `(${duration.toFixed(duration < 10 ? 1 : 0)} ms)`;
}

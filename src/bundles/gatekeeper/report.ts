import { type Paint, plain, printable, renderDiagnostics, toDiagnosticJson } from '../../base/index.ts';
import { toJson } from '../../values/index.ts';
import { formatSuitesJunit } from './report-junit.ts';
import { countResults, type ResultUnit, resultUnits, type Status, type SuiteResult } from './result.ts';

const formats = { text: formatText, json: formatJson, junit: formatSuitesJunit };

export type SuiteFormat = keyof typeof formats;

export const suiteFormats = Object.keys(formats) as readonly SuiteFormat[];

/** The results as a text of one of the formats; only `text` has colours. */
export function formatSuites(
  results: readonly SuiteResult[],
  format: SuiteFormat,
  paint: Paint = plain,
): string {
  return formats[format](results, paint);
}

const marks: Readonly<Record<Status, readonly [mark: string, role: Parameters<Paint>[0]]>> = {
  passed: ['✓', 'success'],
  failed: ['✗', 'error'],
  error: ['✗', 'error'],
  skipped: ['-', 'faint'],
};

/** A line for each case below its suite; below it why it did not pass, and which violations there were. */
function formatText(results: readonly SuiteResult[], paint: Paint): string {
  const lines = results.flatMap(suite => [
    paint('place', printable(suite.path)),
    ...resultUnits(suite).flatMap(unit => unitLines(unit, paint)),
    ...notesOf(suite).map(note => paint('faint', `  note: ${printable(note)}`)),
    '',
  ]);
  const counts = countResults(results);
  const names: readonly Status[] = ['passed', 'failed', 'error', 'skipped'];
  const words = names
    .filter(name => counts[name] > 0)
    .map(name => `${counts[name]} ${name === 'error' ? 'in error' : name}`);
  const summary = words.length === 0 ? 'no cases' : words.join(', ');
  return [...lines, paint(counts.failed + counts.error > 0 ? 'error' : 'success', summary), ''].join('\n');
}

function notesOf({ tests }: SuiteResult): readonly string[] {
  return [...new Set(tests.flatMap(({ notes }) => notes))];
}

function unitLines(unit: ResultUnit, paint: Paint): readonly string[] {
  const [mark, role] = marks[unit.status];
  const label = [unit.test, unit.name].filter(name => name !== '').join(' › ');
  const note = unit.status === 'error' ? ' (error)' : unit.status === 'skipped' ? ' (skipped)' : '';
  return [
    `  ${paint(role, mark)} ${printable(label || 'suite')}${note}`,
    ...detailLines(unit, paint).map(line => `      ${line}`),
  ];
}

/** What stands below the line of a case; nothing where it passed. */
function detailLines({ status, reasons, violations, diagnostics }: ResultUnit, paint: Paint) {
  if (status !== 'failed' && status !== 'error') return [];
  return [
    ...reasons.map(printable),
    ...violations.map(({ message }) => `violation: ${printable(message)}`),
    ...(diagnostics.length > 0 ? renderDiagnostics(diagnostics, paint).split('\n') : []),
  ];
}

function formatJson(results: readonly SuiteResult[]): string {
  const suites = results.map(({ path, status, reasons, tests }) => ({
    path,
    status,
    reasons,
    tests: tests.map(({ cases, diagnostics, ...test }) => ({
      ...test,
      diagnostics: diagnostics.map(toDiagnosticJson),
      cases: cases.map(({ violations, ...each }) => ({
        ...each,
        violations: violations.map(({ message, details }) => ({ message, details: toJson(details) })),
      })),
    })),
  }));
  return `${JSON.stringify({ summary: countResults(results), suites }, null, 2)}\n`;
}

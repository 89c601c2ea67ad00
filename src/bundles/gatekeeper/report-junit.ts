import { escapeXml, renderDiagnostics, xmlAttributes } from '../../base/index.ts';
import { type Counts, countResults, type ResultUnit, resultUnits, type SuiteResult } from './result.ts';

/** JUnit XML: a test suite for each suite, a test case for each of its cases. */
export function formatSuitesJunit(results: readonly SuiteResult[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'pratique', ...junitCounts(countResults(results)) })}>`,
    ...results.flatMap(suiteElement),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteElement(suite: SuiteResult): readonly string[] {
  const counts = junitCounts(countResults([suite]));
  return [
    `  <testsuite${xmlAttributes({ name: suite.path, ...counts })}>`,
    ...resultUnits(suite).flatMap(caseElement),
    '  </testsuite>',
  ];
}

function junitCounts({ passed, failed, error, skipped }: Counts) {
  return { tests: passed + failed + error + skipped, failures: failed, errors: error, skipped };
}

function caseElement(unit: ResultUnit): readonly string[] {
  const name = unit.name || unit.test || 'suite';
  const open = `    <testcase${xmlAttributes({ name, classname: unit.test || unit.suite })}`;
  const inner = outcome(unit);
  return inner === undefined ? [`${open}/>`] : [`${open}>`, `      ${inner}`, '    </testcase>'];
}

function outcome({ status, reasons, violations, diagnostics }: ResultUnit): string | undefined {
  if (status === 'passed') return undefined;
  if (status === 'skipped') return '<skipped/>';
  const element = status === 'failed' ? 'failure' : 'error';
  const lines = [
    ...reasons,
    ...violations.map(({ message }) => `violation: ${message}`),
    ...(diagnostics.length > 0 ? [renderDiagnostics(diagnostics)] : []),
  ];
  return `<${element}${xmlAttributes({ message: reasons.join('; ') })}>${escapeXml(lines.join('\n'))}</${element}>`;
}

import { escapeXml, xmlAttributes } from '../../../base/index.ts';
import { valueLine } from '../../tracing/wording.ts';
import { type Failure, leaves, type TestResult } from '../result.ts';
import { failedCases, reason } from './wording.ts';

/** JUnit XML: a test suite for each package, a test case for each test. */
export function testsToJunit(results: readonly TestResult[]): string {
  const suites = [...Map.groupBy(results, result => result.package)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'pratique', ...counts(results) })}>`,
    ...suites.flatMap(([name, tests]) => [
      `  <testsuite${xmlAttributes({ name, ...counts(tests) })}>`,
      ...tests.flatMap(testCase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(results: readonly TestResult[]) {
  const of = (outcome: TestResult['outcome']): number =>
    results.filter(each => each.outcome === outcome).length;
  const time = seconds(results.reduce((sum, { duration }) => sum + duration, 0));
  return { tests: results.length, failures: of('fail'), errors: of('error'), skipped: of('skip'), time };
}

function testCase(result: TestResult): readonly string[] {
  const { name, file, line, duration } = result;
  const classname = result.package;
  const open = `    <testcase${xmlAttributes({ name, classname, file, line, time: seconds(duration) })}`;
  const children = childrenOf(result);
  return children.length === 0 ? [`${open}/>`] : [`${open}>`, ...children, '    </testcase>'];
}

function childrenOf(result: TestResult): readonly string[] {
  const { outcome, output, error, failure, cases = [] } = result;
  if (outcome === 'skip') return ['      <skipped/>'];
  const children: string[] = [];
  if (outcome === 'error') {
    children.push(element('error', error!.message, error!.code, reason(result)));
  } else if (outcome === 'fail') {
    const failed = failedCases(cases);
    const message = failed.length > 0 ? failedOf(failed, cases) : (failure?.text ?? 'the test is not true');
    const lines = [
      ...(failure === undefined ? [] : failureLines(failure)),
      ...failed.flatMap(each => [`case ${each.name}`, ...(each.failure ? failureLines(each.failure) : [])]),
      ...reason(result),
    ];
    children.push(element('failure', message, 'test', lines));
  }
  if (output.length > 0) children.push(`      <system-out>${escapeXml(output.join('\n'))}</system-out>`);
  return children;
}

function failedOf(failed: readonly { readonly name: string }[], cases: Parameters<typeof leaves>[0]): string {
  return `${failed.length} of ${leaves(cases).length} cases failed: ${failed.map(({ name }) => name).join(', ')}`;
}

function element(name: string, message: string, type: string, lines: readonly string[]): string {
  return `      <${name}${xmlAttributes({ message, type })}>${escapeXml(lines.join('\n'))}</${name}>`;
}

function failureLines({ file, line, column, frame, values }: Failure): readonly string[] {
  return [`${file}:${line}:${column}`, frame, ...values.map(each => valueLine(each))];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(6);
}

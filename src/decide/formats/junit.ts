import { escapeXml, xmlAttributes } from '../../base/index.ts';
import type { ImageVerdict, Verdict, VerdictError, Violation } from '../verdict.ts';
import {
  filePlace,
  flatViolations,
  objectPlace,
  ofSubmission,
  particulars,
  policyNames,
  policyPlace,
  standing,
} from './wording.ts';

interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly violations: readonly Violation[];
  readonly errors: readonly VerdictError[];
  /** Why it fails with nothing against itself. */
  readonly common?: { readonly kind: 'failure' | 'error'; readonly message: string };
}

/**
 * JUnit XML: a test case for each image, one for what belongs to no image. A violation is a failure,
 * what could not be decided is an error; warnings and exempted violations are in the output.
 */
export function formatJunit(verdict: Verdict): string {
  const cases = testCases(verdict);
  const failures = cases.filter(isFailure).length;
  const errors = cases.filter(test => !isFailure(test) && isError(test)).length;
  const counts = { tests: cases.length, failures, errors, skipped: 0 };
  const name = policyNames(verdict).join(', ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'pratique', ...counts })}>`,
    `  <testsuite${xmlAttributes({ name, ...counts })}>`,
    ...cases.flatMap(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCases(verdict: Verdict): readonly TestCase[] {
  const images = verdict.images.map(imageCase);
  const violations = flatViolations(verdict);
  if (violations.length === 0 && verdict.errors.length === 0) return images;
  return [...images, { name: 'submission', classname: 'submission', violations, errors: verdict.errors }];
}

function imageCase(image: ImageVerdict): TestCase {
  const [location] = image.locations;
  const place = location === undefined ? '' : location.file || objectPlace(location);
  const message = ofSubmission(image);
  return {
    name: image.ref,
    classname: place || 'images',
    violations: image.violations,
    errors: [],
    ...(message !== undefined && {
      common: { kind: image.decision === 'deny' ? 'failure' : 'error', message },
    }),
  };
}

function isFailure({ violations, common }: TestCase): boolean {
  return common?.kind === 'failure' || violations.some(violation => standing(violation) === 'error');
}

function isError({ violations, errors, common }: TestCase): boolean {
  return (
    common?.kind === 'error' ||
    errors.length > 0 ||
    violations.some(violation => standing(violation) === 'indeterminate')
  );
}

/** One `failure` or `error` element at most, as the format's readers expect. */
function testCase(test: TestCase): readonly string[] {
  const { name, classname, violations, errors, common } = test;
  const kind = isFailure(test) ? 'failure' : isError(test) ? 'error' : undefined;
  const bad = violations.filter(violation => ['error', 'indeterminate'].includes(standing(violation)));
  const other = violations.filter(violation => !bad.includes(violation));
  const children = [];
  if (kind !== undefined) {
    const reasons = common === undefined ? [...bad, ...errors] : [common, ...bad, ...errors];
    const message = reasons.map(item => item.message).join('; ');
    const type = bad[0]?.rule ?? errors[0]?.code ?? 'submission';
    const text = [
      ...(common === undefined ? [] : [common.message]),
      ...bad.map(describe),
      ...errors.map(error => `${error.code}: ${error.message}`),
    ].join('\n');
    children.push(`      <${kind}${xmlAttributes({ message, type })}>${escapeXml(text)}</${kind}>`);
  }
  if (other.length > 0)
    children.push(`      <system-out>${escapeXml(other.map(describe).join('\n'))}</system-out>`);
  const open = `    <testcase${xmlAttributes({ name, classname })}`;
  return children.length === 0 ? [`${open}/>`] : [`${open}>`, ...children, '    </testcase>'];
}

function describe(violation: Violation): string {
  const places = (violation.locations ?? []).map(location =>
    [filePlace(location), objectPlace(location)].filter(text => text !== '').join(' '),
  );
  return [
    `${standing(violation)} ${violation.rule} ${policyPlace(violation.source)}`.trimEnd(),
    `  ${violation.message}`,
    ...particulars(violation).map(([label, text]) => `  ${label}: ${text}`),
    ...places.filter(place => place !== '').map(place => `  at: ${place}`),
  ].join('\n');
}

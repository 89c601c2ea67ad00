import { describe, expect, it } from 'vitest';
import {
  countResults,
  formatSuites,
  isSuiteFile,
  SuiteRunner,
} from '../../../src/bundles/gatekeeper/index.ts';
import type { Json, JsonObject } from '../../../src/values/index.ts';
import { constraintJson, denyAll, filesOf, pod, templateJson } from './library.ts';

const files: Readonly<Record<string, Json>> = {
  'lib/template.yaml': templateJson({
    parameters: { type: 'object', properties: { size: { type: 'integer' } } },
  }),
  'lib/broken.yaml': templateJson({ rego: 'package denyall\nviolation[{"msg": 1}] { foo.bar(1) }' }),
  'lib/test/constraint.yaml': constraintJson(),
  'lib/test/misfit.yaml': constraintJson({ parameters: { size: 'big' } }),
  'lib/test/pod.yaml': pod(),
  'lib/test/two.yaml': 'apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod\n',
  'lib/test/bad.yaml': 'a: b: c\n',
};

const test = (change: JsonObject): JsonObject => ({
  name: 'deny',
  template: '../template.yaml',
  constraint: 'constraint.yaml',
  ...change,
});
const cased = (...cases: JsonObject[]) =>
  test({ cases: cases.map(each => ({ name: 'c', object: 'pod.yaml', ...each })) });

function run(...tests: Json[]) {
  const suite = { apiVersion: 'test.gatekeeper.sh/v1alpha1', kind: 'Suite', metadata: { name: 's' }, tests };
  const find = filesOf({ ...files, 'lib/test/suite.yaml': suite });
  return new SuiteRunner(find, { now: 0n }).run('lib/test/suite.yaml');
}

function outcome(...tests: Json[]): readonly (readonly string[])[] {
  return run(...tests).tests.flatMap(({ status, reasons, cases }) =>
    cases.length === 0 ? [[status, ...reasons]] : cases.map(each => [each.status, ...each.reasons]),
  );
}

describe('assertions', () => {
  it.each<[JsonObject[], string[]]>([
    [[{}], ['passed']],
    [[{ violations: 'yes' }], ['passed']],
    [[{ violations: true, message: '^nginx .*denied$' }], ['passed']],
    [[{ violations: 1 }], ['passed']],
    [[{ violations: 'no', message: 'apache' }], ['passed']],
    [[{ violations: 0 }], ['failed', 'expected exactly 0 violation(s), found 1']],
    [[{ violations: false }], ['failed', 'expected no violation, found 1']],
    [
      [{ message: 'a.b' }],
      ['failed', 'expected at least 1 violation(s) with a message that matches "a.b", found 0'],
    ],
    [
      [{ violations: 1 }, { violations: 2 }],
      ['failed', 'expected exactly 2 violation(s), found 1'],
    ],
    [[], ['failed', 'expected no violation, found 1']],
    [
      [{ violations: -1 }],
      ['error', 'violations of an assertion must be yes, no or a number that is not negative'],
    ],
    [
      [{ violations: 'maybe' }],
      ['error', 'violations of an assertion must be yes, no or a number that is not negative'],
    ],
    [[{ message: '(' }], ['error', 'the message of an assertion is no regular expression: "("']],
  ])('%j', (assertions, expected) => {
    expect(outcome(cased({ assertions }))).toEqual([expected]);
  });
});

describe('a suite', () => {
  it.each<[string, JsonObject, string[]]>([
    ['a skipped case', cased({ skip: true }), ['skipped']],
    ['a skipped test', test({ skip: true }), ['skipped']],
    ['a test without cases', test({}), ['passed']],
    ['no object', cased({ object: '' }), ['error', 'the case names no object', expect.any(String)]],
    ['a missing object', cased({ object: 'x.yaml' }), ['error', 'there is no file lib/test/x.yaml']],
    ['two objects', cased({ object: 'two.yaml' }), ['error', 'lib/test/two.yaml: expected one object']],
    ['an expansion', test({ expansion: 'e.yaml' }), ['error', 'expansion of objects is not supported']],
    ['no template', test({ template: '' }), ['error', 'the test names no template']],
    ['an invalid constraint', test({ constraint: 'misfit.yaml', invalid: true }), ['passed']],
    [
      'a constraint that is not invalid',
      test({ invalid: true }),
      ['failed', 'the constraint fits the schema of its template, and must not'],
    ],
    [
      'a constraint that is',
      test({ constraint: 'misfit.yaml' }),
      ['error', 'lib/test/misfit.yaml: spec.parameters.size must be of type integer'],
    ],
    [
      'a template that does not compile',
      test({ template: '../broken.yaml' }),
      ['error', 'lib/broken.yaml: the Rego of the template has errors'],
    ],
    [
      'an inventory that is no YAML',
      cased({ inventory: ['bad.yaml'] }),
      ['error', expect.stringMatching(/^lib\/test\/bad.yaml:1:\d+: /)],
    ],
  ])('with %s', (_name, content, expected) => {
    expect(outcome(content)).toEqual([expected]);
  });

  it('runs what can be run', () => {
    const result = run(
      test({ template: '../broken.yaml' }),
      cased({}, { assertions: [{ violations: 1 }] }, { skip: true }),
    );
    expect(countResults([result])).toEqual({ passed: 1, failed: 1, error: 1, skipped: 1 });
  });

  it('is told from other files', () => {
    const is = (content: Json) => isSuiteFile(filesOf({ f: content })('f')!);
    expect(is('kind: Suite\napiVersion: test.gatekeeper.sh/v1alpha1\n')).toBe(true);
    expect(is('kind: Pod\napiVersion: v1\nx: test.gatekeeper.sh/v1\n')).toBe(false);
    expect(is('kind: Suite\napiVersion: v1\n')).toBe(false);
    expect(is('apiVersion: test.gatekeeper.sh/v1alpha1\n\t: [')).toBe(true);
  });

  it('that cannot be read is an error', () => {
    const result = new SuiteRunner(filesOf(files), { now: 0n }).run('lib/test/pod.yaml');
    expect(result).toMatchObject({ status: 'error', reasons: ['this is no Suite of test.gatekeeper.sh'] });
  });
});

describe('code of another engine', () => {
  it('is said not to be run', () => {
    const code = [{ engine: 'K8sNativeValidation' }, { engine: 'Rego', source: { rego: denyAll } }];
    const find = filesOf({
      ...files,
      't.yaml': templateJson({ code }),
      's.yaml': {
        apiVersion: 'test.gatekeeper.sh/v1alpha1',
        kind: 'Suite',
        tests: [{ name: 't', template: 't.yaml', constraint: 'lib/test/constraint.yaml' }],
      },
    });
    const result = new SuiteRunner(find, { now: 0n }).run('s.yaml');
    const note = 't.yaml: its code for K8sNativeValidation is not run, its Rego is';
    expect(result.tests).toMatchObject([{ status: 'passed', notes: [note] }]);
    expect(formatSuites([result, result], 'text')).toContain(`  ✓ t\n  note: ${note}\n\n`);
  });
});

describe('reports', () => {
  const results = [
    run(
      cased(
        { name: 'good', assertions: [{ violations: 1 }] },
        { name: 'bad <1>', assertions: [{ violations: 'no' }] },
      ),
      test({ name: 'broken', template: '../broken.yaml' }),
      test({ name: 'later', skip: true }),
    ),
  ];

  it('as text', () => {
    expect(
      formatSuites(results, 'text')
        .split('\n')
        .filter(line => !/^ +\d* *\|/.test(line)),
    ).toEqual([
      'lib/test/suite.yaml',
      '  ✓ deny › good',
      '  ✗ deny › bad <1>',
      '      expected no violation, found 1',
      '      violation: nginx is denied',
      '  ✗ broken (error)',
      '      lib/broken.yaml: the Rego of the template has errors',
      expect.stringContaining('undefined function foo.bar'),
      '  - later (skipped)',
      '',
      '1 passed, 1 failed, 1 in error, 1 skipped',
      '',
    ]);
  });

  it('as JSON', () => {
    expect(JSON.parse(formatSuites(results, 'json'))).toMatchObject({
      summary: { passed: 1, failed: 1, error: 1, skipped: 1 },
      suites: [
        {
          path: 'lib/test/suite.yaml',
          tests: [
            { cases: [{ name: 'good', violations: [{ message: 'nginx is denied', details: {} }] }, {}] },
            {
              name: 'broken',
              diagnostics: [{ code: 'rego_type_error', file: 'lib/broken.yaml#rego', line: 2 }],
            },
            { name: 'later', status: 'skipped' },
          ],
        },
      ],
    });
  });

  it('as JUnit', () => {
    const xml = formatSuites(results, 'junit');
    expect(xml).toContain(
      '<testsuite name="lib/test/suite.yaml" tests="4" failures="1" errors="1" skipped="1">',
    );
    expect(xml).toContain('<testcase name="bad &lt;1&gt;" classname="deny">');
    expect(xml).toContain('<failure message="expected no violation, found 1">');
    expect(xml).toContain('<skipped/>');
  });
});

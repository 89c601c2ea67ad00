import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/base/index.ts';
import {
  coverageText,
  summaryText,
  testsToJson,
  testsToJunit,
  testText,
} from '../../../src/bundles/testing/index.ts';
import { elements, parseXml } from '../../decide/xml.ts';
import { resultsOf, runOf } from './tested.ts';

const text = `package a
test_pass if true
test_fail if {
	print("<hint>")
	x := 2
	x == 3
}
test_case[n] if { some n, x in {"a": 1, "b": 2}; x == 1 }
test_error := x if { some x in [1, 2] }
todo_test_later if true`;

describe('text', () => {
  it('has the place, the condition and the values of a failure', () => {
    expect(testText(resultsOf(text)[1]!, plain)).toBe(`FAIL  data.a.test_fail  a_test.rego:3  (1.0 ms)
  a_test.rego:6:2: this did not hold
  6 |     x == 3
    |     ^^^^^^
    x = 2
  print: <hint>
`);
  });

  it('has each case, and why it failed', () => {
    const said = testText(resultsOf(text)[2]!, plain);
    expect(said).toContain('  PASS  a\n  FAIL  b\n  case b\n  a_test.rego:8:50: this did not hold\n');
    expect(said).toContain('\n    x = 2\n');
  });

  it('has the error', () => {
    expect(testText(resultsOf(text)[3]!, plain)).toContain('\n  eval_conflict_error: data.a.test_error: ');
  });

  it('shows control characters, and cuts what is long', () => {
    const said = testText(
      resultsOf(`package a\ntest_x := concat("", ["\\u001b", sprintf("%400d", [1])])`)[0]!,
      plain,
    );
    expect(said).not.toContain('\u001b');
    expect(said).toMatch(/… \(\d+ characters\), not true\n$/u);
  });

  it('counts as opa test does', () => {
    expect(summaryText(resultsOf(text), plain)).toBe('PASS: 2/6\nFAIL: 2/6\nSKIPPED: 1/6\nERROR: 1/6\n');
    expect(summaryText([], plain)).toBe('no tests\n');
  });
});

describe('JSON', () => {
  it('has the shape of opa test --format json', () => {
    const json = testsToJson(resultsOf(text));
    expect(json[0]).toEqual({
      location: { file: 'a_test.rego', row: 2, col: 1 },
      package: 'data.a',
      name: 'test_pass',
      duration: 1_000_000,
    });
    expect(json[1]).toMatchObject({
      fail: true,
      output: btoa('<hint>\n'),
      failure: { text: 'x == 3', values: [{ text: 'x', value: 2 }] },
    });
    expect(json[2]).toMatchObject({
      fail: true,
      sub_results: { a: { name: 'a' }, b: { name: 'b', fail: true } },
    });
    expect(json[3]).toMatchObject({ error: { code: 'eval_conflict_error' } });
    expect(json[4]).toMatchObject({ skip: true });
  });
});

describe('JUnit', () => {
  const xml = testsToJunit(resultsOf(text));

  it('counts failures, errors and what was skipped', () => {
    expect(xml).toContain(
      '<testsuite name="data.a" tests="5" failures="2" errors="1" skipped="1" time="0.005000">',
    );
    expect(elements(parseXml(xml), 'testcase')).toHaveLength(5);
  });

  it('says why', () => {
    expect(xml).toContain('message="x == 3"');
    expect(xml).toContain('message="1 of 2 cases failed: b"');
    expect(xml).toContain('<system-out>&lt;hint&gt;</system-out>');
    expect(xml).toContain('type="eval_conflict_error"');
    expect(xml).toContain('<skipped/>');
  });
});

describe('coverage', () => {
  it('names the lines that are not covered, in runs', () => {
    const run = runOf(
      { 'a.rego': 'package a\n\nf(1)\n\ng if {\n\t1 == 2\n\t2 == 3\n}\ntest_x if f(1)' },
      { coverage: true },
    );
    expect([...run.results()]).toHaveLength(1);
    expect(coverageText(run.coverage(), plain)).toBe('a.rego   40.0%  not covered: 5-7\ntotal    40.0%\n');
  });
});

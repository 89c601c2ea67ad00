import { describe, expect, it } from 'vitest';
import { limits, SourceFile } from '../../../src/base/index.ts';
import { loadTests, tally } from '../../../src/bundles/testing/index.ts';
import { fromJson, ObjectValue } from '../../../src/values/index.ts';
import { outcomes, resultsOf, runOf } from './tested.ts';

describe('what is a test', () => {
  it('every rule whose name begins with test_, wherever in its reference', () => {
    const text = `package a
test_a if true
sub.test_b if true
sub.deep["test_c"] if true
not_a_test if true
testing if true`;
    expect(outcomes(resultsOf(text))).toEqual(['test_a pass', 'sub.test_b pass', 'sub.deep.test_c pass']);
  });

  it('passes where it is true, and nothing else', () => {
    const text = `package a
test_true := true
test_false := false
test_one := 1
test_text := "true"
test_set contains "x" if true
test_undefined if 1 == 2`;
    expect(outcomes(resultsOf(text))).toEqual([
      'test_true pass',
      'test_false fail',
      'test_one fail',
      'test_text fail',
      'test_set fail',
      'test_undefined fail',
    ]);
  });

  it('todo_ is skipped, and not run', () => {
    const [result] = resultsOf('package a\ntodo_test_a := x if { some x in [1, 2] }');
    expect(result).toMatchObject({ outcome: 'skip', name: 'todo_test_a', line: 2 });
  });

  it('a function cannot be run', () => {
    const [result] = resultsOf('package a\ntest_f(x) if x');
    expect(result).toMatchObject({
      outcome: 'error',
      error: { code: 'rego_type_error', message: 'function data.a.test_f used as reference, not called' },
    });
  });

  it('names packages and tests as Rego does', () => {
    const [result] = resultsOf('package a["b-c"]\ntest_x if true');
    expect(result).toMatchObject({ package: 'data.a["b-c"]', name: 'test_x', file: 'a_test.rego' });
  });
});

describe('tests of one name', () => {
  it('are run one by one, over files and bodies', () => {
    const run = runOf({
      'a_test.rego': 'package a\ntest_x if 1 == 1\ntest_x if 1 == 2\ntest_y if 1 == 1 { 1 == 2 }',
      'b_test.rego': 'package a\ntest_x if true',
      'c_test.rego': 'package c\ntest_x if true',
    });
    expect([...run.results()].map(each => `${each.package}.${each.name} ${each.outcome}`)).toEqual([
      'data.a.test_x pass',
      'data.a.test_x#01 fail',
      'data.a.test_y pass',
      'data.a.test_y#01 fail',
      'data.a.test_x#02 pass',
      'data.c.test_x pass',
    ]);
  });

  it('do not conflict, whatever kinds of rules they are', () => {
    const text = 'package a\ndefault test_x := false\ntest_x if true\ntest_x[n] if { some n in ["a"] }';
    expect(outcomes(resultsOf(text))).toEqual(['test_x fail', 'test_x#01 pass', 'test_x#02 pass']);
  });

  it('keep their else', () => {
    expect(outcomes(resultsOf('package a\ntest_x := false if { 1 == 2 } else := true'))).toEqual([
      'test_x pass',
    ]);
  });
});

describe('one test', () => {
  it('that halts does not stop the others', () => {
    const text = `package a
test_conflict := x if { some x in [true, false] }
test_endless if { count(numbers.range(1, 1000000)) > 0; some i in numbers.range(1, 1000000); i < 0 }
test_after if true`;
    const results = resultsOf(text, { budget: { ...limits, steps: 10_000 } });
    expect(outcomes(results)).toEqual(['test_conflict error', 'test_endless error', 'test_after pass']);
    expect(results.map(({ error }) => error?.code)).toEqual([
      'eval_conflict_error',
      'eval_budget_error',
      undefined,
    ]);
  });

  it('has its own mocks', () => {
    const text = `package a
allow if input.user == data.users.admin
clock := time.now_ns()
test_input if allow with input as {"user": "bob"} with data.users.admin as "bob"
test_none if not allow
test_function if clock == 7 with time.now_ns as 7`;
    expect(outcomes(resultsOf(text))).toEqual(['test_input pass', 'test_none pass', 'test_function pass']);
  });

  it('that fails says what print said and which functions failed', () => {
    const [result] = resultsOf('package a\ntest_x if { print("got", 1); to_number("x") == 1 }');
    expect(result).toMatchObject({ outcome: 'fail', output: ['got 1'] });
    expect(result!.builtinErrors).toMatchObject([{ code: 'eval_builtin_error', line: 2, column: 30 }]);
  });

  it('under strict errors is an error where a function fails', () => {
    const text = 'package a\ntest_x if { not to_number("x") }';
    expect(outcomes(resultsOf(text, { strict: true }))).toEqual(['test_x error']);
  });

  it('takes its time from the clock', () => {
    expect(resultsOf('package a\ntest_x if true')[0]!.duration).toBe(1);
  });

  it('is run where it is wanted', () => {
    const wanted = (name: string): boolean => name === 'data.a.test_y';
    expect(outcomes(resultsOf('package a\ntest_x if true\ntest_y if true', { wanted }))).toEqual([
      'test_y pass',
    ]);
  });
});

describe('cases', () => {
  it('are the keys of the object, also those that failed', () => {
    const text = `package a
test_case[note] if {
	some note, got in {"one": 1, "two": 2}
	got == 1
}`;
    const [result] = resultsOf(text);
    expect(result).toMatchObject({
      outcome: 'fail',
      cases: [
        { name: 'one', failed: false },
        { name: 'two', failed: true, failure: { line: 4, values: [{ text: 'got', value: 2 }] } },
      ],
    });
    expect(tally([result!])).toEqual({ pass: 1, fail: 1, error: 0, skip: 0, total: 2 });
  });

  it.each([
    ['names that a field gives', '[tc.note] if { some tc in [{"note": "a", "n": 1}]; tc.n == 2 }', ['a']],
    ['names that a call gives', '[sprintf("%v!", [n])] if { some n in [1, 2]; n == 1 }', ['1!', '2!']],
    ['names that are no strings', '[{"k": n}] if { some n in [1]; n == 2 }', ['{"k":1}']],
    ['names after a modifier', '[n] if { some n in [1]; input.x == n with input.x as 2 }', ['1']],
  ])('%s', (_what, rule, names) => {
    const [result] = resultsOf(`package a\ntest_case${rule}`);
    expect(result!.outcome).toBe('fail');
    expect(result!.cases!.map(({ name }) => name)).toEqual(names);
  });

  it('nest', () => {
    const text = `package a
test_case.all[x][y] if {
	some x in ["a", "b"]
	some y in ["p", "q"]
	x == "a"
}`;
    const [result] = resultsOf(text);
    const both = (failed: boolean) => [
      expect.objectContaining({ name: 'p', failed }),
      expect.objectContaining({ name: 'q', failed }),
    ];
    expect(result!.cases).toMatchObject([{ name: 'all', failed: true }]);
    expect(result!.cases![0]!.cases).toEqual([
      { name: 'a', failed: false, cases: both(false) },
      { name: 'b', failed: true, cases: both(true) },
    ]);
  });

  it('pass where they are true, or null as under opa test', () => {
    const text = `package a
test_case[n] := v if { some n, v in {"true": true, "null": null, "false": false, "text": "x", "in": {"a": true, "b": 1}} }`;
    const [result] = resultsOf(text);
    expect(result!.cases!.map(({ name, failed }) => [name, failed])).toEqual([
      ['false', true],
      ['in', true],
      ['null', false],
      ['text', true],
      ['true', false],
    ]);
  });

  it('pass where there are none', () => {
    expect(outcomes(resultsOf('package a\ntest_case[n] if { some n in input.none }'))).toEqual([
      'test_case pass',
    ]);
  });

  it('named like what an object inherits are plain cases', () => {
    const [result] = resultsOf(
      'package a\ntest_case[n] if { some n in ["__proto__", "constructor"]; n != "constructor" }',
    );
    expect(result!.cases).toMatchObject([
      { name: '__proto__', failed: false },
      { name: 'constructor', failed: true },
    ]);
  });
});

describe('a suite', () => {
  it('is not loaded where data would hide a rule', () => {
    const files = [{ source: new SourceFile('a.rego', 'package a\nb := 1\ntest_b if b == 1') }];
    const data = fromJson({ a: { b: 2 } }) as ObjectValue;
    const { suite, diagnostics } = loadTests({ files, data, problems: [] });
    expect(suite).toBeUndefined();
    expect(diagnostics.map(({ message }) => message)).toEqual(['conflicting rule for data path a/b found']);
  });

  it('is not loaded where a module has an error', () => {
    const files = [{ source: new SourceFile('a.rego', 'package a\ntest_b if x') }];
    const { suite, diagnostics } = loadTests({ files, data: ObjectValue.empty, problems: [] });
    expect(suite).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['rego_unsafe_var_error']);
  });
});

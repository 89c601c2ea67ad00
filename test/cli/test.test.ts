import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elements, parseXml } from '../decide/xml.ts';
import { type Finished, folder, type RunOptions, run } from './run.ts';

const files = {
  'tree/acme.rego': `package acme

default allow := false

allow if input.user in data.users.admins

never if input.user == "nobody"
`,
  'tree/users/any-name.yaml': 'admins: [bob]\n',
  'tree/acme_test.rego': `package acme_test

import data.acme

test_admin if acme.allow with input.user as "bob"

test_other if not acme.allow with input.user as "eve"
`,
  'failing/a_test.rego': `package a

test_sum if {
	print("adding")
	x := 1 + 1
	x == 3
}

test_case[name] if {
	some name, n in {"one": 1, "two": 2}
	n == 1
}

test_conflict := x if { some x in [1, 2] }

test_builtin if not to_number("x")

todo_test_later if true
`,
  'skipped/a_test.rego': 'package a\n\ntodo_test_later if true\n',
  'broken/a_test.rego': 'package a\n\ntest_a if x\n',
  'v0/a_test.rego': 'package a\n\ntest_a { 1 == 1 }\n',
  'hiding/a.rego': 'package a\n\nb := 1\n',
  'hiding/a/d.json': '{"b": 2}',
  'policies/tags/latest/latest.policy': 'package tags\n\ndeny tag "latest"\n',
  'policies/tags/latest/cases.yaml': '- this: is no data\n',
  'policies/tags/latest/latest_test.rego': `package tags_test

test_denies if count(data.tags.deny_tag) == 1 with input.images as [{"tag": "latest", "registry": "a"}]
`,
  'empty/a.rego': 'package a\n',
  'host/a_test.rego': 'package a\n\ntest_a if acme.scan("x")\n\ntest_b if 1 == 1\n',
  'mocked/a_test.rego': `package a

test_value if acme.scan("x") with acme.scan as true

test_function if acme.scan("x") with acme.scan as scan

scan(text) if text == "x"
`,
  'caps.json': JSON.stringify({
    builtins: [
      { name: 'equal', decl: { args: [{ type: 'any' }, { type: 'any' }], result: { type: 'boolean' } } },
      { name: 'acme.scan', decl: { args: [{ type: 'string' }], result: { type: 'boolean' } } },
    ],
  }),
};

let home: ReturnType<typeof folder>;
beforeAll(() => {
  home = folder(files);
});
afterAll(() => home.remove());

function test(args: string, options: RunOptions = {}): Promise<Finished> {
  return run(['test', ...args.split(' ')], { cwd: home.path, ...options });
}

describe('pratique test', () => {
  it('runs the tests of a tree with the data in it', async () => {
    expect(await test('tree')).toEqual({ code: 0, out: 'PASS: 2/2\n', err: '' });
    const { out } = await test('-v tree');
    expect(out).toContain('PASS  data.acme_test.test_admin  tree/acme_test.rego:5  (');
  });

  it('fails with exit code 1 and says what did not hold', async () => {
    const { code, out } = await test('failing');
    expect(code).toBe(1);
    expect(out).toContain('FAIL  data.a.test_sum  failing/a_test.rego:3');
    expect(out).toContain(
      'failing/a_test.rego:6:2: this did not hold\n  6 |     x == 3\n    |     ^^^^^^\n    x = 2\n',
    );
    expect(out).toContain('  print: adding\n');
    expect(out).toContain('  PASS  one\n  FAIL  two\n');
    expect(out).toContain('ERROR  data.a.test_conflict');
    expect(out).toMatch(/PASS: 2\/6\nFAIL: 2\/6\nSKIPPED: 1\/6\nERROR: 1\/6\n$/u);
  });

  it('is content where tests are skipped, and where there are none', async () => {
    expect(await test('skipped')).toMatchObject({ code: 0, out: expect.stringContaining('SKIPPED: 1/1\n') });
    expect(await test('empty')).toEqual({ code: 0, out: 'no tests\n', err: '' });
    expect((await test('empty --fail-on-empty')).code).toBe(1);
  });

  it('runs those that are wanted', async () => {
    expect((await test('--run admin$ tree')).out).toBe('PASS: 1/1\n');
    expect((await test('-r data.acme_test tree')).out).toBe('PASS: 2/2\n');
    expect(await test('-r ( tree')).toMatchObject({
      code: 2,
      err: 'error: --run "(" is no regular expression\n',
    });
  });

  it('stops at the first failure', async () => {
    expect((await test('--fail-fast failing')).out).toMatch(/\nFAIL: 1\/1\n$/u);
  });

  it('makes failing functions errors', async () => {
    expect((await test('--strict-builtin-errors -r builtin failing')).out).toMatch(/ERROR: 1\/1\n$/u);
  });

  it('bounds each test', async () => {
    const { code, out } = await test('--max-steps 1 -r admin tree');
    expect(code).toBe(1);
    expect(out).toContain('eval_budget_error: evaluation stopped: steps exceeded 1');
  });

  it('takes further files, and passes over others', async () => {
    expect((await test('tree/acme_test.rego -d tree/acme.rego -d tree/users/any-name.yaml')).code).toBe(1);
    expect((await test('tree --ignore *_test.rego')).out).toBe('no tests\n');
    expect((await test('tree --ignore users')).code).toBe(1);
  });

  it('reads Rego v0 where it is asked to', async () => {
    expect((await test('v0')).code).toBe(2);
    expect((await test('--v0 v0')).code).toBe(0);
    expect((await test('--v0-compatible v0')).code).toBe(0);
  });

  it('tests policies with image statements', async () => {
    expect(await test('policies')).toEqual({ code: 0, out: 'PASS: 1/1\n', err: '' });
  });

  it('lets tests stand in for unknown functions', async () => {
    expect((await test('--ignore-unknown-builtins mocked')).out).toBe('PASS: 2/2\n');
  });

  it('names unknown functions, or goes on without them', async () => {
    expect((await test('host')).err).toContain('undefined function acme.scan');
    for (const how of ['--ignore-unknown-builtins', '--capabilities caps.json']) {
      const { code, out } = await test(`${how} host`);
      expect(code).toBe(1);
      expect(out).toContain('ERROR  data.a.test_a');
      expect(out).toContain('acme.scan');
      expect(out).toMatch(/PASS: 1\/2\nERROR: 1\/2\n$/u);
    }
  });
});

describe('formats of pratique test', () => {
  it('json', async () => {
    const { code, out } = await test('-f json failing');
    expect(code).toBe(1);
    const results = JSON.parse(out);
    expect(results.map((each: { name: string }) => each.name)).toEqual([
      'test_sum',
      'test_case',
      'test_conflict',
      'test_builtin',
      'todo_test_later',
    ]);
    expect(results[0]).toMatchObject({
      fail: true,
      failure: { location: { row: 6, col: 2 }, text: 'x == 3' },
    });
  });

  it('junit', async () => {
    const { code, out } = await test('--format junit failing');
    expect(code).toBe(1);
    expect(elements(parseXml(out), 'testcase')).toHaveLength(5);
    expect(elements(parseXml(out), 'failure')).toHaveLength(2);
  });

  it('coverage', async () => {
    const { code, out } = await test('--coverage tree');
    expect(code).toBe(0);
    expect(out).toMatch(/^tree\/acme\.rego +\d+\.\d% {2}not covered: 7\ntree\/acme_test\.rego +100\.0%\n/u);
    const json = JSON.parse((await test('-c -f json tree')).out);
    expect(json.files['tree/acme.rego'].not_covered).toContainEqual({
      start: { row: 7, col: 1 },
      end: { row: 7, col: 6 },
    });
    expect(await test('--threshold 99 tree')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^coverage is \d+\.\d\d%, less than 99%\n$/u),
    });
    expect((await test('--threshold 50 tree')).code).toBe(0);
  });

  it('no tests are JSON too', async () => {
    expect((await test('-f json empty')).out).toBe('[]\n');
  });
});

describe('what pratique test refuses, with exit code 2', () => {
  it.each([
    ['broken', 'broken/a_test.rego:3:11: error[rego_unsafe_var_error]'],
    ['hiding', 'conflicting rule for data path a/b found'],
    ['gone', 'error: there is no file or directory "gone"\n'],
    ['-f xml tree', 'error: unknown format "xml"\nhint: formats are text, json, junit\n'],
    ['-f jsn tree', 'hint: did you mean json?\n'],
    ['-c -f junit tree', 'error: --coverage has no JUnit format\n'],
    ['--max-steps 0 tree', 'error: --max-steps "0" is not a whole number above 0\n'],
    ['--threshold 101 tree', 'error: --threshold "101" is not a number from 0 to 100\n'],
    ['--capabilities tree/acme.rego tree', 'error: tree/acme.rego is no capabilities file: '],
  ])('%s', async (args, message) => {
    const { code, out, err } = await test(args);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('nothing', async () => {
    const { code, err } = await run(['test'], { cwd: home.path });
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: no tests are given\nhint: name a file or directory\n',
    });
  });
});

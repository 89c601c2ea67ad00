import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, type RunOptions, run } from './run.ts';

let home: ReturnType<typeof folder>;
beforeAll(() => {
  home = folder({
    'rules/acme.rego': `package acme

default allow := false

allow if {
	input.user == "bob"
	count(deny) == 0
}

deny contains msg if {
	some role in input.roles
	not role in data.known.roles
	msg := sprintf("unknown role %s", [role])
}

both := x if { some x in [1, 2] }
`,
    'rules/known/data.json': '{"roles": ["reader"]}',
    'input.json': '{"user": "bob", "roles": ["reader", "writer"]}',
    'input.yaml': 'user: bob\nroles: []\n',
    'p.policy': 'package p\n\ndeny tag "latest" unless input.context.environment == "test"\n',
    'nginx.txt': 'nginx\n',
    'bad.json': '{',
  });
});
afterAll(() => home.remove());

function evaluate(args: readonly string[], options: RunOptions = {}) {
  return run(['eval', ...args], { cwd: home.path, ...options });
}

const known = ['-d', 'rules', '-i', 'input.json'];

describe('pratique eval with a query', () => {
  it('answers as opa eval does', async () => {
    const { code, out, err } = await evaluate([...known, 'data.acme.deny[message]']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out).result).toEqual([
      {
        expressions: [
          {
            value: 'unknown role writer',
            text: 'data.acme.deny[message]',
            location: { row: 1, col: 1 },
          },
        ],
        bindings: { message: 'unknown role writer' },
      },
    ]);
  });

  it.each([
    ['pretty', 'false\n'],
    ['raw', 'false\n'],
    ['values', '[false]\n'],
    ['bindings', '{}\n'],
  ])('in the format %s', async (format, out) => {
    expect(await evaluate([...known, '-f', format, 'data.acme.allow'])).toEqual({ code: 0, out, err: '' });
  });

  it('reads the input from a file or the standard input, in JSON or YAML', async () => {
    const args = ['-d', 'rules', '-f', 'raw', 'data.acme.allow'];
    expect((await evaluate([...args, '--input', 'input.yaml'])).out).toBe('true\n');
    expect((await evaluate([...args, '-I'], { input: 'user: bob' })).out).toBe('true\n');
    expect((await evaluate([...args, '-i', '-'], { input: '{"user": "eve"}' })).out).toBe('false\n');
  });

  it('reads the query from the standard input', async () => {
    expect((await evaluate(['--stdin', '-f', 'raw'], { input: '1 + 1' })).out).toBe('2\n');
  });

  it('needs neither data nor input', async () => {
    expect((await evaluate(['-f', 'bindings', 'x := 1; y := x + 1'])).out).toBe('{"x":1,"y":2}\n');
  });

  it('says by its exit code whether there is an answer', async () => {
    expect((await evaluate(['--fail', 'data.none'])).code).toBe(1);
    expect((await evaluate(['--fail', '1'])).code).toBe(0);
    expect((await evaluate(['--fail-defined', '1'])).code).toBe(1);
    expect((await evaluate(['--fail-defined', 'data.none'])).code).toBe(0);
  });

  it('tells of functions that failed, and ends there where it should', async () => {
    const lax = await evaluate(['to_number("x")']);
    expect(lax).toMatchObject({ code: 0, out: '{}\n' });
    expect(lax.err).toContain('query:1:1: warning[eval_builtin_error]: ');
    const strict = await evaluate(['--strict-builtin-errors', 'to_number("x")']);
    expect(strict).toMatchObject({ code: 2, out: '' });
    expect(strict.err).toContain('error[eval_builtin_error]: ');
  });

  it('ends at a conflict', async () => {
    const { code, out, err } = await evaluate(['-d', 'rules', 'data.acme.both']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('error[eval_conflict_error]: data.acme.both');
  });

  it('prints on the standard error', async () => {
    expect(await evaluate(['-f', 'raw', 'print("hello")'])).toEqual({
      code: 0,
      out: 'true\n',
      err: 'hello\n',
    });
  });
});

describe('--explain', () => {
  it('says why a rule did not fire', async () => {
    const { out, err } = await evaluate([...known, '-f', 'raw', '--explain', 'data.acme.allow']);
    expect(out).toBe('false\n');
    expect(err).toContain(
      'data.acme.allow\n  holds  rules/acme.rego:6:2  input.user == "bob"  input.user = "bob"\n',
    );
    expect(err).toContain(
      '  fails  rules/acme.rego:7:2  count(deny) == 0  count(deny) = 1, deny = {"unknown role writer"}\n',
    );
    expect(err).toContain('data.acme.allow = false\n');
  });

  it('says how a decision came to be', async () => {
    const { code, out, err } = await evaluate(['-p', 'p.policy', '--explain', 'nginx.txt']);
    expect(code).toBe(1);
    expect(out).toMatch(/^DENY/u);
    expect(err).toContain('data.p.deny_tag\n');
    expect(err).toMatch(/fails {2}p\.policy:3:26 {2}input\.context\.environment == "test"/u);
    expect(err).not.toContain('$');
  });
});

describe('what a query is refused for, with exit code 2', () => {
  it.each([
    [['foo(1)'], 'query:1:1: error[rego_type_error]: undefined function foo'],
    [['1 +'], 'error[rego_parse_error]'],
    [['a', 'b'], 'error: there are 2 queries\n'],
    [[], 'error: no query is given\n'],
    [['nginx.txt'], 'error: no policy is given\nhint: add --policy FILE|DIR|NAME\n'],
    [['-f', 'prety', '1'], 'hint: did you mean pretty?\n'],
    [['-i', 'bad.json', '1'], 'error: cannot read bad.json: not JSON: '],
    [['-d', 'gone', '1'], 'error: there is no file or directory "gone"\n'],
    [['--stdin', '1'], 'error: --stdin reads the query'],
    [['--context', 'a=b', '1'], 'error: --context needs --policy\n'],
    [
      ['-p', 'p.policy', '--input', 'x', 'nginx.txt'],
      'error: --input is for queries, and --policy decides\n',
    ],
  ])('%j', async (args, message) => {
    const { code, out, err } = await evaluate(args);
    expect(err).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

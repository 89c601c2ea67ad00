import { describe, expect, it } from 'vitest';
import { plain, SourceFile } from '../../src/base/index.ts';
import {
  formatAnswers,
  loadQuery,
  type QueryFormat,
  type QueryOptions,
} from '../../src/bundles/query/index.ts';
import { traceText } from '../../src/bundles/tracing/index.ts';
import { fromJson, type ObjectValue } from '../../src/values/index.ts';

const policy = `package acme

default allow := false

allow if {
	input.user == "bob"
	count(deny) == 0
}

deny contains msg if {
	some role in input.roles
	not role in data.roles
	msg := sprintf("unknown role %s", [role])
}
`;

function load(text: string) {
  const files = [{ source: new SourceFile('acme.rego', policy) }];
  const data = fromJson({ roles: ['reader'] }) as ObjectValue;
  return loadQuery(text, { files, data, problems: [] });
}

function answer(text: string, format: QueryFormat = 'values', options: Partial<QueryOptions> = {}): string {
  const { query, diagnostics } = load(text);
  if (query === undefined) return diagnostics.map(({ message }) => message).join('\n');
  const input = fromJson({ user: 'bob', roles: ['reader', 'writer'] });
  return formatAnswers(query.run({ input, now: 0n, ...options }).answers, format);
}

describe('a query', () => {
  it.each([
    ['data.acme.allow', '[false]\n'],
    ['1 == 2', '[false]\n'],
    ['1 == 2; true', ''],
    ['data.acme.nothing', ''],
    ['x := 1; y := x + 1', '[true,true]\n'],
    ['data.acme.deny[message]', '["unknown role writer"]\n'],
    ['input.roles[i] == "writer"', '[true]\n'],
    ['some role in input.roles', '[true]\n[true]\n'],
    ['not data.acme.allow', '[true]\n'],
    ['data.acme.allow with input.roles as []', '[true]\n'],
    ['[x | some x in [1]]; plus(1, 2, y)', '[[1],true]\n'],
    ['print("x")', '[true]\n'],
  ])('%s', (text, values) => {
    expect(answer(text)).toBe(values);
  });

  it.each([
    ['unknown(1)', 'undefined function unknown'],
    ['x == 1', 'var x is unsafe'],
  ])('%s is refused', (text, message) => {
    expect(answer(text)).toBe(message);
  });

  it('is refused where it is no Rego', () => {
    expect(load('1 +').diagnostics[0]).toMatchObject({ code: 'rego_parse_error' });
  });
});

describe('answers', () => {
  it('as opa eval gives them in JSON', () => {
    expect(JSON.parse(answer('input.roles[i]', 'json')).result[1]).toEqual({
      expressions: [{ value: 'writer', text: 'input.roles[i]', location: { row: 1, col: 1 } }],
      bindings: { i: 1 },
    });
    expect(answer('data.acme.nothing', 'json')).toBe('{}\n');
  });

  it('as bindings, and raw', () => {
    expect(answer('x := 1; y := "a"', 'bindings')).toBe('{"x":1,"y":"a"}\n');
    expect(answer('"a"; {"b": 1}', 'raw')).toBe('a {"b":1}\n');
  });

  it('as a table, one value by itself', () => {
    expect(answer('input.roles[i]', 'pretty')).toBe('+---+\n| i |\n+---+\n| 0 |\n| 1 |\n+---+\n');
    expect(answer('{"a": 1}', 'pretty')).toBe('{\n  "a": 1\n}\n');
    expect(answer('1; 2', 'pretty')).toBe('+---+---+\n| 1 | 2 |\n+---+---+\n| 1 | 2 |\n+---+---+\n');
    expect(answer('data.acme.nothing', 'pretty')).toBe('undefined\n');
  });
});

describe('a trace', () => {
  function trace(text: string, traceEvents = 100): string {
    const { query } = load(text);
    query!.run({ input: fromJson({ user: 'bob', roles: ['writer'] }), now: 0n, traceEvents });
    return traceText(query!.trace, {
      conditions: query!.conditions(),
      paint: plain,
      dropped: query!.traceDropped,
    });
  }

  it('says of each rule and condition what it came to, with values', () => {
    expect(trace('data.acme.allow')).toBe(`data.acme.allow
  holds  acme.rego:6:2  input.user == "bob"  input.user = "bob"
  data.acme.deny
    holds  acme.rego:11:2  some role in input.roles  input.roles = ["writer"], role = "writer"
    holds  acme.rego:12:2  not role in data.roles  role = "writer", data.roles = ["reader"]
    holds  acme.rego:13:2  msg := sprintf("unknown role %s", [role])  msg = "unknown role writer"
  data.acme.deny = {"unknown role writer"}
  fails  acme.rego:7:2  count(deny) == 0  count(deny) = 1, deny = {"unknown role writer"}
data.acme.allow = false
holds  query:1:1  data.acme.allow  data.acme.allow = false
`);
  });

  it('is bounded', () => {
    expect(trace('data.acme.allow', 3)).toMatch(/… and \d+ more\n$/u);
  });

  it('has what trace() notes', () => {
    expect(trace('trace("here")')).toContain('note  here\n');
  });
});

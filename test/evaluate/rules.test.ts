import { describe, expect, it } from 'vitest';
import { Halt } from '../../src/base/index.ts';
import { fromJson, parseJson, stringify } from '../../src/values/index.ts';
import { type Circumstances, evaluationOf, valueOfP } from './evaluated.ts';

/** What p is, as JSON text; `undefined` where it is undefined. */
function p(rules: string, circumstances: Circumstances = {}): string | undefined {
  const value = valueOfP(rules, circumstances);
  return value === undefined ? undefined : stringify(value);
}

const table: readonly (readonly [
  name: string,
  rules: string,
  expected: string | undefined,
  input?: Circumstances,
])[] = [
  ['a constant', 'p := 1', '1'],
  ['a default', 'default p := "no"\np := "yes" if input.x', '"no"'],
  ['else', 'p := 1 if input.x > 10\nelse := 2 if input.x > 5\nelse := 3', '2', { input: { x: 7 } }],
  ['a partial set', 'p contains x if some x in [3, 1, 3]', '[1,3]'],
  ['a partial object', 'p[k] := v if some k, v in ["a", "b"]', '{"0":"a","1":"b"}'],
  ['a function with patterns', 'f([x, 1]) := x\np := f([5, 1])', '5'],
  ['a function whose pattern does not fit', 'f([x, 1]) := x\np := f([5, 2])', undefined],
  ['a default function', 'default f(_) := 0\nf(1) := 2\np := [f(1), f(9)]', '[2,0]'],
  ['unification both ways', 'p := [x, y] if [x, 2] = [1, y]', '[1,2]'],
  ['unification of objects', 'p := x if {"a": x, "b": 1} = {"b": 1, "a": 7}', '7'],
  ['goals out of order', 'p := y if { y == x + 1; y = 3; x = 2 }', '3'],
  ['every over nothing', 'p if every x in [] { x > 1 }', 'true'],
  ['every that fails', 'p if every x in [1, 2] { x > 1 }', undefined],
  ['every over what is no collection', 'p if every x in input.s { x }', undefined, { input: { s: 'text' } }],
  ['negation of what is undefined', 'p if not input.x.y == 1', 'true'],
  ['negation of a call on what is undefined', 'p if not startswith(input.x, "a")', undefined],
  ['membership with key', 'p if 1, "b" in ["a", "b"]', 'true'],
  [
    'a comprehension in a comprehension',
    'p := [s | some x in [1, 2]; s := sum([y | some y in [x, x]])]',
    '[2,4]',
  ],
  ['with on input', 'q := input.a\np := x if x := q with input.a as 5', '5', { input: { a: 1, b: 2 } }],
  ['with on a rule', 'q := 1\nr := q\np := x if x := r with data.test.q as 5', '5'],
  ['with on a document', 'p := x if x := data.d.e with data.d.e as 5', '5', { data: { d: { e: 1 } } }],
  ['with on a built-in function', 'q := count([1])\np := x if x := q with count as 7', '7'],
  ['with on a function by another', 'f(_) := 1\ng(x) := x\nq := f(3)\np := x if x := q with f as g', '3'],
  ['a rule with a key in its head', 'q.a[x].b := x if some x in ["k"]\np := q.a.k.b', '"k"'],
  ['the whole package', 'q := 1\nr if false\np := x if x := data.test.s\ns := {"q": q}', '{"q":1}'],
  [
    'a template string',
    'p := $"{input.a} and {input.missing} and {[1, "x"]}"',
    '"1 and <undefined> and [1, \\"x\\"]"',
    { input: { a: 1 } },
  ],
  ['numbers beyond doubles', 'p := 12345678901234567890 + 1', '12345678901234567891'],
  ['order of all types', 'p := sort([{}, "a", 2, null, [1], {1}, true])', '[null,true,2,"a",[1],{},[1]]'],
];

describe('rules', () => {
  for (const [name, rules, expected, circumstances] of table) {
    it(name, () => expect(p(rules, circumstances)).toBe(expected));
  }

  it('reads documents beside rules', () => {
    const evaluation = evaluationOf('package a.b\nq := 1', { data: { a: { c: 2, b: { d: 3 } } } });
    expect(stringify(evaluation.document(['a'])!)).toBe('{"b":{"d":3,"q":1},"c":2}');
  });

  it('goes through packages and documents by an unknown key', () => {
    const rules = 'p := {k: v | some k; v := data.lib[k].name}';
    const evaluation = evaluationOf(`package test\n${rules}`, { data: { lib: { x: { name: 1 }, y: {} } } });
    expect(stringify(evaluation.document(['test', 'p'])!)).toBe('{"x":1}');
  });
});

describe('conflicts', () => {
  it.each([
    ['complete rules', 'p := 1\np := 2'],
    ['functions', 'f(_) := 1\nf(_) := 2\np := f(0)'],
    ['keys of a partial object', 'p[k] := v if some k, v in {"a": 1}\np[k] := 2 if k := "a"'],
    ['keys of a comprehension', 'p := {"a": v | some v in [1, 2]}'],
  ])('of %s end the evaluation', (_name, rules) => {
    expect(() => valueOfP(rules)).toThrowError(expect.objectContaining({ code: 'eval_conflict_error' }));
  });
});

describe('keys that JavaScript treats specially', () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'length'];

  it.each(names)('%s is plain data in input', name => {
    const input = JSON.parse(`{"${name}": {"x": 1}}`);
    expect(p(`p := input["${name}"].x`, { input })).toBe('1');
    expect(p(`p := input["${name}"]`, { input: {} })).toBeUndefined();
  });

  it.each(names)('%s is plain data in policies and documents', name => {
    expect(p(`p := {"${name}": 1}["${name}"]`)).toBe('1');
    expect(p(`q["${name}"] := 2\np := q["${name}"]`)).toBe('2');
    expect(p(`p := data["${name}"]`, { data: JSON.parse(`{"${name}": 3}`) })).toBe('3');
    expect(p(`p := data["${name}"]`)).toBeUndefined();
    expect(p(`p := data.test["${name}"]`)).toBeUndefined();
  });
});

describe('built-in functions that fail', () => {
  it('are undefined and recorded with their place', () => {
    const evaluation = evaluationOf('package test\n\np if to_number("x") == 1\n');
    expect(evaluation.document(['test', 'p'])).toBeUndefined();
    expect(evaluation.errors).toMatchObject([
      { code: 'eval_builtin_error', file: 'test.rego', line: 3, column: 6 },
    ]);
  });

  it('end the evaluation under strict errors', () => {
    const evaluation = evaluationOf('package test\np if 1 / 0 == 1', { strict: true });
    expect(() => evaluation.document(['test', 'p'])).toThrowError(Halt);
  });
});

describe('memory of what was evaluated', () => {
  it('evaluates a rule once', () => {
    const lines: string[] = [];
    const evaluation = evaluationOf('package test\nq := 1 if print("once")\np := [q, q, data.test.q]', {
      print: line => lines.push(line),
    });
    expect(stringify(evaluation.document(['test', 'p'])!)).toBe('[1,1,1]');
    expect(lines).toEqual(['once']);
  });

  it('forgets nothing and mixes nothing up under with', () => {
    expect(p('q := input.x\np := [q, a, q] if a := q with input.x as 2', { input: { x: 1 } })).toBe(
      '[1,2,1]',
    );
  });

  it('tells equal numbers of different kinds apart from others', () => {
    expect(stringify(parseJson('[1, 12345678901234567890]'))).toBe('[1,12345678901234567890]');
    expect(stringify(fromJson({ b: 1, a: [true] }))).toBe('{"a":[true],"b":1}');
  });
});

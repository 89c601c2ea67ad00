import { describe, expect, it } from 'vitest';
import { problems } from './problems.ts';

type Row = readonly [program: string, code: string, underlined: string, message: string, hint?: string];

const unsafe = 'rego_unsafe_var_error';
const type = 'rego_type_error';
const compile = 'rego_compile_error';

const rows: readonly Row[] = [
  ['p if { some box in input.xs; bax == 1 }', unsafe, 'bax', 'var bax is unsafe', 'did you mean "box"?'],
  [
    'p if { images == 1; input.images }',
    unsafe,
    'images',
    'var images is unsafe',
    'did you mean input.images?',
  ],
  ['p if { x in [1] }', unsafe, 'x', 'var x is unsafe', 'to look for it, write `some x in …`'],
  ['p if { upper == 1 }', unsafe, 'upper', 'var upper is unsafe', 'to call the function, write upper(…)'],
  [
    'p if { 1 == zz }',
    unsafe,
    '1 == zz',
    'var zz is unsafe',
    'nothing gives "zz" a value: assign it with := or some, or check its spelling',
  ],
  [
    'p if { strtswith("a", "b") }',
    type,
    'strtswith',
    'undefined function strtswith',
    'did you mean startswith?',
  ],
  ['p if { hlper(1) }\nhelper(x) := x', type, 'hlper', 'undefined function hlper', 'did you mean helper?'],
  [
    'p if { cidr_merge([]) }',
    type,
    'cidr_merge',
    'undefined function cidr_merge',
    'did you mean net.cidr_merge?',
  ],
  [
    'p if { q(1) == 1 }\nq := 1',
    type,
    'q',
    'undefined function data.t.q',
    'q is a rule without arguments: refer to it without "(…)"',
  ],
  [
    'p if { count([1], 2, 3) }',
    type,
    'count([1], 2, 3)',
    'count takes 1 argument, found 3',
    'write count(collection)',
  ],
  [
    'p if { startswith(1, "x") }',
    type,
    'startswith(1, "x")',
    'startswith: invalid argument "search": found number, expected string',
  ],
  [
    'p if { x := 1 + "a"; x }',
    type,
    '1 + "a"',
    '+: invalid argument on the right: found string, expected number',
  ],
  ['q := {"alpha": 1}\np if q.alpa', type, 'q.alpa', 'undefined ref: data.t.q.alpa', 'did you mean "alpha"?'],
  ['q := {"a": 1}\np if q.zzz', type, 'q.zzz', 'undefined ref: data.t.q.zzz', 'data.t.q has "a"'],
  ['p if { x := 1; x.y }', type, 'x.y', 'undefined ref: x.y', 'x is number: it has no such part'],
  ['p if { [1] == ["x"] }', type, '[1] == ["x"]', 'match error: array [number] never equals array [string]'],
  [
    'f(x) := x\np := f',
    type,
    'f',
    'function data.t.f used as reference, not called',
    'write f(…) to call it',
  ],
  [
    'p contains 1\np[x] := 2 if x := "a"',
    type,
    'p contains 1',
    'conflicting rules data.t.p found',
    'one "p" is a set, and one "p" is an object',
  ],
  [
    'p := q\nq if p',
    'rego_recursion_error',
    'p := q',
    'rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.p',
    'a rule cannot depend on its own value: take one of these references out',
  ],
  ['p if { any([true]) }', type, 'any', 'deprecated built-in function: any', 'write `true in xs`'],
  [
    'p if { some x; true }',
    compile,
    'some x',
    'declared var x unused',
    'use "x", or leave its declaration out',
  ],
  [
    'p if { x := 1; x := 2 }',
    compile,
    'x',
    'var x assigned above',
    'give this one another name, or compare with "=="',
  ],
  ['p if { 1 := 2 }', compile, '1', 'cannot assign to number', 'to compare, write "==" or "="'],
  ['f(input) := 1', compile, 'f(input', 'args must not shadow input', 'use a different variable name'],
  [
    'q := {"a": 1}\np if { q with q.a as 1 }',
    compile,
    'q.a',
    'with cannot replace a part of what a rule gives',
    'replace the whole of data.t.q',
  ],
  ['p if { true with walk as 1 }', compile, 'walk', 'with cannot replace walk: it gives several answers'],
  ['p if { print(y) }', compile, 'y', 'var y is undeclared', 'give "y" a value above this line'],
  [
    'import data.a\nimport data.b as a\np := a',
    compile,
    'import data.b as a',
    'import must not shadow import data.a',
    'give it another name with "as"',
  ],
];

describe('messages', () => {
  for (const [program, code, underlined, message, hint] of rows) {
    it(program, () => {
      const [found] = problems(program);
      expect(found).toMatchObject({ code, text: underlined, message });
      expect(found?.hint).toBe(hint);
    });
  }

  it('shows the variable where the expression does not begin with it', () => {
    expect(problems('p if { 1 == zz }')[0]?.related).toEqual(['zz']);
    expect(problems('p if { zz == 1 }')[0]?.related).toEqual([]);
  });

  it('shows the argument that does not fit', () => {
    expect(problems('p if { startswith(input.x, [1]) }')[0]?.related).toEqual(['[1]']);
  });

  it('tells the cause and not what follows from it', () => {
    const found = problems('p if { y := x + 1; z := y + 1; count(z) > w }');
    expect(found.map(({ message }) => message)).toEqual(['var x is unsafe', 'var w is unsafe']);
  });

  it('tells a knot of rules once', () => {
    expect(problems('a if b\nb if c\nc if a\nd if a')).toHaveLength(1);
    expect(problems('a if b\nb if a\nc if d\nd if c')).toHaveLength(2);
  });

  it('suggests an import for a package that exists', () => {
    const found = problems(['p if lib.x', 'package lib\n\nx := 1']);
    expect(found[0]?.hint).toBe('add `import data.lib`');
  });

  it('never names what the author did not write', () => {
    const found = problems('p if { count([x | x := y.z[0].w]) == upper(lower(q)) }');
    for (const { message, hint } of found) expect(`${message} ${hint}`).not.toMatch(/__local|\$/u);
  });
});

describe('recursion', () => {
  it('is certain, or a matter of a key at run time', () => {
    const messages = (text: string) => problems(text).map(({ message }) => message);
    expect(messages('p if { data.t[input.x]; q }\nq if p')).toEqual([
      'rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.p',
    ]);
    expect(messages('p if q\nq if data.t[input.x]')).toEqual([
      'rule data.t.p may be recursive: data.t.p -> data.t.q -> data.t.p',
    ]);
    expect(messages('p if { some name in ["q", "r"]; data.t[name] }\nq := 1')).toEqual([]);
  });
});

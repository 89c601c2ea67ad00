import { describe, expect, it } from 'vitest';
import { problems } from './problems.ts';

describe('strict', () => {
  it.each([
    ['p if { x := 1 }', 'x', 'assigned var x unused'],
    ['p if { [x, y] := [1, 2]; x == 1 }', '[x, y', 'assigned var y unused'],
    ['p := [1 | x := 1]', 'x', 'assigned var x unused'],
    ['f(a, b) := a', 'f(a, b) := a', 'unused argument b'],
    ['import data.foo\np := 1', 'import data.foo', 'import data.foo unused'],
    ['default f(x) := 1', 'f(x) := 1', 'unused argument x'],
  ])('%s', (program, text, message) => {
    expect(problems(program)).toEqual([]);
    expect(problems(program, { strict: true })).toMatchObject([
      { code: 'rego_compile_error', text, message },
    ]);
  });

  it.each([
    'p if { x := 1; q[x] }\nq contains 1',
    'p := x if { x := 1 }',
    'p contains x if { x := input.a; y := x; y }',
    'f(a, _) := a',
    'f(a) := 1 if { a }',
    'f(a) := 1 if { false } else := a',
    'f(x, x) := 1',
    'import data.foo\np := foo.bar',
    'p if { x := 1; [y | y := x][_] == 1 }',
  ])('accepts %s', program => {
    expect(problems(program, { strict: true })).toEqual([]);
  });

  it('holds v0 to what v1 asks of names and functions', () => {
    const program = 'input = 1\np { any([true]) }';
    expect(problems(program, { version: 'v0' })).toEqual([]);
    expect(problems(program, { version: 'v0', strict: true }).map(({ message }) => message)).toEqual([
      'rules must not shadow input',
      'deprecated built-in function: any',
    ]);
  });
});

describe('capabilities', () => {
  it('take functions away', () => {
    const capabilities = new Set(['upper']);
    expect(problems('p := upper("a")', { capabilities })).toEqual([]);
    expect(problems('p := lower("a")', { capabilities })).toMatchObject([
      {
        code: 'rego_type_error',
        message: 'undefined function lower',
        hint: 'the capabilities that modules are checked with leave it out',
      },
    ]);
  });

  it('are not suggested where they are missing', () => {
    const [found] = problems('p := uper("a")', { capabilities: new Set(['lower']) });
    expect(found?.hint).toBeUndefined();
  });
});

describe('unknown built-in functions', () => {
  it('may be passed over', () => {
    const program = 'p := my.company.function(1).x\nq if not other(2)';
    expect(problems(program).map(({ message }) => message)).toEqual([
      'undefined function my.company.function',
      'undefined function other',
    ]);
    expect(problems(program, { ignoreUnknownBuiltins: true })).toEqual([]);
  });

  it('leave misspelt rules an error', () => {
    expect(problems('p if data.t.nothing(1)', { ignoreUnknownBuiltins: true })).toHaveLength(1);
  });
});

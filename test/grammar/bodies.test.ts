import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../grammar/index.ts';
import { bodyOf, conditions } from './reading.ts';

describe('conditions', () => {
  it.each([
    ['x; y', 'x; y'],
    ['x\ny', 'x; y'],
    ['x # one\n# two\n y', 'x; y'],
    ['not x == 1', 'not (x == 1)'],
    ['not x with input.a as 1 with data.f as g', 'not x with input.a as 1 with data.f as g'],
    ['x with input as 1\n  with f as 2', 'x with input as 1 with f as 2'],
    ['some x', 'some x'],
    ['some x, y', 'some x, y'],
    ['some x\nx > 1', 'some x; (x > 1)'],
    ['some x in xs', 'some x in xs'],
    ['some k, v in xs with input as 1', 'some k, v in xs with input as 1'],
    ['some {"a": x}, [y] in xs', 'some {"a": x}, [y] in xs'],
    ['every x in xs { x; y }', 'every x in xs { x; y }'],
    ['every k, v in {1, 2} { k\nv } with input as 1', 'every k, v in set{1, 2} { k; v } with input as 1'],
    ['x ==\ny', '(x == y)'],
    ['x\n- 1', '(x - 1)'],
    ['x\n[1]', 'x; [1]'],
    ['x\nif.y\nnot.z\nin.w', 'x; if.y; not.z; in.w'],
    ['not [x]', 'not [x]'],
    ['not[x]', 'not[x]'],
    ['not(x)', 'not x'],
  ])('%j', (text, meaning) => {
    expect(conditions(bodyOf(text))).toBe(meaning);
  });

  it.each([
    ['x y', 'y', 'unexpected `y`, expected the end of the text'],
    ['x;', '', 'unexpected end of the text, expected a condition'],
    ['some f(x)', 'f(x)', '`some` is followed by names, or by `x in xs`'],
    ['every [x] in xs { x }', '[x]', '`every` can only bind a variable here'],
    ['every x in xs { }', '}', 'unexpected `}`, expected a condition'],
    ['x with f(1) as 2', 'f(1)', '`with` replaces `input`, `data`, a path below one of them, or a function'],
    ['x with [].a as 2', '[].a', '`with` replaces `input`, `data`, a path below one of them, or a function'],
    ['-(x)', '-(x)', '`-` may only stand before a number, a name, a reference or a call'],
    ['a in b, c in d', ',', 'unexpected `,`: only `key, value in collection` has one here'],
    ['x [1]', '[', 'unexpected `[`, expected the end of the text'],
    ['x .y', '.', 'unexpected `.`, expected the end of the text'],
    ['"a".b', '"a"', 'a string has no parts to refer to'],
    ['(input)[0]', '(input)', 'a reference in parentheses has no parts to refer to'],
    ['f(x)(y)', 'f(x)', 'this cannot be called: only a function has arguments'],
    ['(x.y)(z)', '(x.y)', 'this cannot be called: only a function has arguments'],
    ['[f](x)', '[f]', 'this cannot be called: only a function has arguments'],
    ['-[1]', '-[1]', '`-` may only stand before a number, a name, a reference or a call'],
  ])('%j is refused', (text, underlined, message) => {
    const [problem, ...more] = parseQuery(text).problems;
    expect(more).toEqual([]);
    expect([text.slice(problem!.span.start, problem!.span.end), problem!.message]).toEqual([
      underlined,
      message,
    ]);
  });
});

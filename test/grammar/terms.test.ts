import { describe, expect, it } from 'vitest';
import { parseTerm } from '../../grammar/index.ts';
import { shape, termOf } from './reading.ts';

const cases = (title: string, table: readonly (readonly [text: string, tree: string])[]): void => {
  describe(title, () => {
    for (const [text, tree] of table)
      it(text, () => {
        expect(shape(termOf(text))).toBe(tree);
      });
  });
};

cases('scalars and collections', [
  ['null', 'null'],
  ['-1.5e+3', '-1.5e+3'],
  ['- 7', '-7'],
  ['.5', '.5'],
  ['[]', '[]'],
  ['[1, [2],]', '[1, [2]]'],
  ['[, 1]', '[1]'],
  ['{}', '{}'],
  ['{1}', 'set{1}'],
  ['{1, 2,}', 'set{1, 2}'],
  ['{"a": 1, x: {2: 3},}', '{"a": 1, x: {2: 3}}'],
  ['set()', 'set()'],
]);

cases('references and calls', [
  ['x.y["z"][i].w', 'x.y["z"][i].w'],
  ['input.if.default', 'input.if.default'],
  ['json.unmarshal(x)', 'json.unmarshal(x)'],
  ['f(x)[0].y(z,)', 'f(x)[0].y(z)'],
  ['[1, 2][0]', '[1, 2][0]'],
  ['{"a": 1}.a', '{"a": 1}.a'],
  ['(x).y', 'x.y'],
  ['(1 + 2).x', '(1 + 2).x'],
  ['x[y in z]', 'x[(y in z)]'],
  ['x[k, v in z]', 'x[(k, v in z)]'],
  ['contains(x, "y")', 'contains(x, "y")'],
  ['-x.y', '(0 - x.y)'],
  ['-f(x) * 2', '((0 - f(x)) * 2)'],
]);

cases('operators', [
  ['1 + 2 * 3', '(1 + (2 * 3))'],
  ['(1 + 2) * 3', '((1 + 2) * 3)'],
  ['10 - 3 - 2', '((10 - 3) - 2)'],
  ['a-1', '(a - 1)'],
  ['a - -1', '(a - -1)'],
  ['a / b % c', '((a / b) % c)'],
  ['a | b & c', '(a | (b & c))'],
  ['a & b + c', '(a & (b + c))'],
  ['a | b == c | d', '((a | b) == (c | d))'],
  ['a < b == c', '((a < b) == c)'],
  ['a == b in c', '((a == b) in c)'],
  ['a in b in c', '((a in b) in c)'],
  ['k, v in xs', '(k, v in xs)'],
  ['k, v in xs in ys', '((k, v in xs) in ys)'],
  ['k, (v in xs) in ys', '(k, (v in xs) in ys)'],
  ['x := a + b', '(x := (a + b))'],
  ['x = a in b', '(x = (a in b))'],
]);

cases('comprehensions and unions', [
  ['[x | x > 1; y]', '[x | (x > 1); y]'],
  ['{x | some x in xs}', 'set{x | some x in xs}'],
  ['{k: v | some k, v in xs}', '{k: v | some k, v in xs}'],
  ['{a + 1: b | c}', '{(a + 1): b | c}'],
  ['{x.y[0](z): f(w) | c}', '{x.y[0](z): f(w) | c}'],
  ['[-x | y]', '[(0 - x) | y]'],
  ['[a | b, c]', '[(a | b), c]'],
  ['{a | b, c}', 'set{(a | b), c}'],
  ['{a: b | c, d: e}', '{a: (b | c), d: e}'],
  ['[a | b, c in d]', '[a | (b, c in d)]'],
  ['[a | b in c, d in e]', '[((a | b) in c), (d in e)]'],
  ['[a | b, c in d, e]', '[(a | b), (c in d), e]'],
  ['[a | b in c\n d, e in f]', '[a | (b in c); (d, e in f)]'],
  ['{a + b | c}', 'set{((a + b) | c)}'],
  ['{(a | b)}', 'set{(a | b)}'],
  ['{{a | b}}', 'set{set{a | b}}'],
  ['[, a | b]', '[(a | b)]'],
  ['{"a", a | b}', 'set{"a", (a | b)}'],
  ['[$"{x}" | x := 1]', '[$"{x}" | (x := 1)]'],
  ['a | {b | c}', '(a | set{b | c})'],
]);

describe('parseTerm', () => {
  it('reads the one term of a text', () => {
    const { term, problems } = parseTerm(' {"a": {1, 2}} # input\n');
    expect(problems).toEqual([]);
    expect(shape(term!)).toBe('{"a": set{1, 2}}');
  });

  it('refuses what follows it', () => {
    const { term, problems } = parseTerm('1 2');
    expect(term).toBeUndefined();
    expect(problems).toEqual([
      { span: { start: 2, end: 3 }, message: 'unexpected `2`, expected the end of the text' },
    ]);
  });

  it('refuses nothing at all', () => {
    expect(parseTerm('').problems).toEqual([
      { span: { start: 0, end: 0 }, message: 'unexpected end of the text, expected a value' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { relations } from '../../src/builtins/index.ts';
import { isSet, stringify, type Value } from '../../src/values/index.ts';
import { agreesWithOpa, call, context, type Operand, set, toValue } from './agreement.ts';

agreesWithOpa('graphs', [
  ['graph.reachable', [{ a: ['b'], b: ['c', 'a'], c: [], d: ['a'] }, ['a']], ['a', 'b', 'c']],
  ['graph.reachable', [{ a: set('b'), b: null }, set('a')], ['a', 'b']],
  ['graph.reachable', [{ a: ['x'] }, ['q']], []],
  ['graph.reachable', [{ a: 'x' }, ['a']], ['a']],
  ['graph.reachable', [1, ['a']], undefined, 'eval_type_error'],
  ['graph.reachable', [{}, 'a'], undefined, 'eval_type_error'],
  [
    'graph.reachable',
    [
      {
        $obj: [
          [[1], [[2]]],
          [[2], [[1]]],
        ],
      },
      [[1]],
    ],
    [],
  ],
  [
    'graph.reachable_paths',
    [{ a: ['b'], b: ['c', 'a'], c: [], d: ['a'] }, ['a']],
    [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ],
  ],
  [
    'graph.reachable_paths',
    [{ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, set('a', 'b')],
    [
      ['a', 'b', 'd'],
      ['a', 'c', 'd'],
      ['b', 'd'],
    ],
  ],
  ['graph.reachable_paths', [{ a: ['x'] }, ['a']], [['a']]],
  ['graph.reachable_paths', [{ a: ['a'] }, ['a']], [['a', 'a']]],
  ['graph.reachable_paths', [{ a: [] }, ['a', 'z']], [['a']]],
  ['graph.reachable_paths', [{ a: null, b: ['a'] }, ['a', 'b']], [['a'], ['b', 'a']]],
  ['graph.reachable_paths', [1, []], undefined, 'eval_type_error'],
  ['graph.reachable_paths', [{}, 1], undefined, 'eval_type_error'],
  ['graph.reachable_paths', [{ a: ['b'], b: ['c'], c: ['a', 'q'] }, ['a']], [['a', 'b', 'c']]],
]);

describe('walk', () => {
  const walk = relations.get('walk')!;

  function walked(value: Operand): Value[] {
    const answers: Value[] = [];
    walk(context(), toValue(value), answer => {
      answers.push(answer);
      return false;
    });
    return answers;
  }

  it('gives the whole first, then what is inside, in order', () => {
    const answers = walked({ b: [1, { c: 2 }], a: set(7) });
    expect(answers.map(stringify)).toEqual([
      '[[],{"a":[7],"b":[1,{"c":2}]}]',
      '[["a"],[7]]',
      '[["a",7],7]',
      '[["b"],[1,{"c":2}]]',
      '[["b",0],1]',
      '[["b",1],{"c":2}]',
      '[["b",1,"c"],2]',
    ]);
  });

  it('stops where no more is wanted', () => {
    let asked = 0;
    expect(walk(context(), [1, 2, 3], () => ++asked === 2)).toBe(true);
    expect(asked).toBe(2);
    expect(walk(context(), [], () => false)).toBe(false);
  });
});

describe('a graph with very many paths', () => {
  it('ends: what one edge has reached is not entered again', () => {
    const nodes = Array.from({ length: 24 }, (_, i) => String(i));
    const complete = Object.fromEntries(nodes.map(node => [node, nodes]));
    expect(isSet(call('graph.reachable_paths', complete, ['0'])!)).toBe(true);
    expect(call('graph.reachable', complete, ['0'])).toEqual(set(...nodes));
  });

  it('may be as long as the depth allows', () => {
    const chain = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [String(i), [String(i + 1)]]));
    expect(() => call('graph.reachable_paths', chain, ['0'])).toThrow('depth');
  });
});

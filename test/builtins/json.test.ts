import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/index.ts';
import { stringify } from '../../src/values/index.ts';
import { agreesWithOpa, big, call, callIn, context, outcome, set } from './agreement.ts';

agreesWithOpa('JSON', [
  [
    'json.marshal',
    [{ a: set(1, 3), b: [1, 2.5, null, true, '<é>& \u0001\n\t\b\f'] }],
    '{"a":[1,3],"b":[1,2.5,null,true,"\\u003cé\\u003e\\u0026\\u2028\\u0001\\n\\t\\b\\f"]}',
  ],
  [
    'json.marshal',
    [
      {
        $obj: [
          [1, 2],
          [10, 3],
          [9, 4],
          [['x'], 5],
          ['z', 6],
        ],
      },
    ],
    '{"$obj":[[1,2],[10,3],[9,4],[["x"],5],["z",6]]}',
  ],
  ['json.marshal', [big('12345678901234567890')], '12345678901234567890'],
  ['json.marshal', [{}], '{}'],
  ['json.marshal', [[]], '[]'],
  ['json.marshal', [set()], '[]'],
  ['json.marshal', ['😀'], '"😀"'],
  ['json.marshal_with_options', [{ a: [1, { b: 2 }], c: {}, d: [] }, {}], '{"a":[1,{"b":2}],"c":{},"d":[]}'],
  [
    'json.marshal_with_options',
    [{ a: [1, { b: 2 }], c: {}, d: [] }, { pretty: true }],
    '{\n\t"a": [\n\t\t1,\n\t\t{\n\t\t\t"b": 2\n\t\t}\n\t],\n\t"c": {},\n\t"d": []\n}',
  ],
  [
    'json.marshal_with_options',
    [
      { a: [1, { b: 2 }], c: {}, d: [] },
      { indent: '  ', prefix: '> ' },
    ],
    '> {\n>   "a": [\n>     1,\n>     {\n>       "b": 2\n>     }\n>   ],\n>   "c": {},\n>   "d": []\n> }',
  ],
  ['json.marshal_with_options', [{ a: 1 }, { indent: '  ', pretty: false }], '{"a":1}'],
  ['json.marshal_with_options', [{ a: 1 }, { x: '  ' }], undefined, 'eval_type_error'],
  ['json.marshal_with_options', [{ a: 1 }, { indent: 1 }], undefined, 'eval_type_error'],
  ['json.marshal_with_options', [{ a: 1 }, { pretty: 1 }], undefined, 'eval_type_error'],
  ['json.marshal_with_options', [{ a: 1 }, { prefix: '' }], '{\n\t"a": 1\n}'],
  [
    'json.unmarshal',
    ['{"a":[1,2.50,1e3,12345678901234567890,0.1]}'],
    { a: [1, 2.5, 1000, big('12345678901234567890'), 0.1] },
  ],
  ['json.unmarshal', [''], undefined, 'eval_builtin_error'],
  ['json.unmarshal', ['1 2'], undefined, 'eval_builtin_error'],
  ['json.unmarshal', [' null '], null],
  ['json.unmarshal', ['{"__proto__":1,"a":1,"a":2}'], { ['__proto__']: 1, a: 2 }],
  ['json.unmarshal', ['"\\u00e9\\ud83d\\ude00"'], 'é😀'],
  ['json.unmarshal', ['nul'], undefined, 'eval_builtin_error'],
  ['json.unmarshal', ['[1,]'], undefined, 'eval_builtin_error'],
  ['json.unmarshal', ['01'], undefined, 'eval_builtin_error'],
  ['json.unmarshal', [{}], undefined, 'eval_type_error'],
  ['json.is_valid', ['{}'], true],
  ['json.is_valid', ['{'], false],
  ['json.is_valid', [7], false],
  ['json.is_valid', ['1 1'], false],
  ['json.patch', [{ a: 1 }, [{ op: 'add', path: 'b', value: 2 }]], { a: 1, b: 2 }],
  [
    'json.patch',
    [
      { a: 1 },
      [
        { op: 'add', path: '/b', value: 2 },
        { op: 'remove', path: 'a' },
      ],
    ],
    { b: 2 },
  ],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'add', path: '/a/-', value: 3 }]], { a: [1, 2, 3] }],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'add', path: '/a/0', value: 3 }]], { a: [3, 1, 2] }],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'add', path: '/a/2', value: 3 }]], { a: [1, 2, 3] }],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'add', path: '/a/3', value: 3 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'add', path: '/a/-1', value: 3 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'add', path: '/a/01', value: 3 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'add', path: ['a', 1], value: 3 }]], { a: [1, 3, 2] }],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'remove', path: '/a/-' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'remove', path: '/a/0' }]], { a: [2] }],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'remove', path: '/b' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: [1, 2] }, [{ op: 'replace', path: '/b', value: 1 }]], undefined, 'eval_builtin_error'],
  [
    'json.patch',
    [
      { a: [1, 2] },
      [
        { op: 'replace', path: '/a/1', value: { x: {} } },
        { op: 'add', path: '/a/1/x/y', value: 1 },
      ],
    ],
    { a: [1, { x: { y: 1 } }] },
  ],
  ['json.patch', [{ a: { b: 1 } }, [{ from: 'a/b', op: 'move', path: 'c' }]], { a: {}, c: 1 }],
  ['json.patch', [{ a: { b: 1 } }, [{ from: 'a', op: 'copy', path: 'a/c' }]], { a: { b: 1, c: { b: 1 } } }],
  [
    'json.patch',
    [{ a: { b: 1 } }, [{ from: '', op: 'copy', path: 'a/c' }]],
    { a: { b: 1, c: { a: { b: 1 } } } },
  ],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'test', path: 'a/b', value: 1 }]], { a: { b: 1 } }],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'test', path: 'a/b', value: 2 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'test', path: 'a/c', value: 2 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'replace', path: '', value: [1] }]], [1]],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'add', path: '', value: 7 }]], 7],
  [
    'json.patch',
    [
      { a: { b: 1 } },
      [
        { op: 'remove', path: '' },
        { op: 'add', path: 'x', value: 7 },
      ],
    ],
    undefined,
    'eval_builtin_error',
  ],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'foo', path: 'a' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 1, path: 'a' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'add', path: 'a' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, [{ path: 'a' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'add' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, [{ op: 'add', path: 1, value: 1 }]], undefined, 'eval_type_error'],
  ['json.patch', [{ a: { b: 1 } }, [1]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: { b: 1 } }, {}], undefined, 'eval_type_error'],
  ['json.patch', [set('a', 'b'), [{ op: 'add', path: 'c', value: 'c' }]], ['a', 'b', 'c']],
  ['json.patch', [set('a', 'b'), [{ op: 'add', path: 'c', value: 'd' }]], undefined, 'eval_builtin_error'],
  ['json.patch', [set('a', 'b'), [{ op: 'remove', path: 'a' }]], ['b']],
  ['json.patch', [set('a', 'b'), [{ op: 'remove', path: 'z' }]], undefined, 'eval_builtin_error'],
  [
    'json.patch',
    [set('a', 'b'), [{ op: 'replace', path: 'a', value: 'c' }]],
    undefined,
    'eval_builtin_error',
  ],
  [
    'json.patch',
    [{ x: set('b', { a: 1 }) }, [{ op: 'add', path: ['x', { a: 1 }, 'c'], value: 3 }]],
    { x: ['b', { a: 1, c: 3 }] },
  ],
  ['json.patch', [{ x: set([1, 2]) }, [{ op: 'remove', path: ['x', [1, 2]] }]], { x: [] }],
  ['json.patch', [[1, 2, 3], [{ from: '0', op: 'move', path: '2' }]], [2, 3, 1]],
  ['json.patch', [[1, 2, 3], [{ from: '0', op: 'move', path: '-' }]], [2, 3, 1]],
  ['json.patch', ['x', [{ op: 'add', path: 'a', value: 1 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ 'a~b/c': 1 }, [{ op: 'remove', path: '/a~0b~1c' }]], {}],
  ['json.patch', [{ '': 1 }, [{ op: 'remove', path: '/' }]], {}],
  ['json.patch', [{ a: { '': 1 } }, [{ op: 'remove', path: '/a/' }]], { a: {} }],
  ['json.patch', [{ a: 1 }, [{ op: 'add', path: '//b', value: 2 }]], { a: 1, b: 2 }],
  [
    'json.patch',
    [{ $obj: [[1, { a: 2 }]] }, [{ op: 'replace', path: [1, 'a'], value: 3 }]],
    undefined,
    'eval_builtin_error',
  ],
  [
    'json.patch',
    [
      { a: [] },
      [
        { op: 'add', path: 'a/0', value: 1 },
        { op: 'add', path: 'a/0', value: 2 },
        { op: 'add', path: 'a/-', value: 3 },
        { op: 'remove', path: 'a/1' },
      ],
    ],
    { a: [2, 3] },
  ],
  ['json.patch', [{ a: 1 }, []], { a: 1 }],
  ['json.patch', [{ a: 1 }, [{ from: 'a', op: 'move', path: 'a/b' }]], undefined, 'eval_builtin_error'],
  [
    'json.patch',
    [{ a: 1 }, [{ op: 'add', path: ['__proto__'], value: { x: 1 } }]],
    { ['__proto__']: { x: 1 }, a: 1 },
  ],
  ['json.patch', [[1], [{ op: 'add', path: '+1', value: 9 }]], [1, 9]],
  ['json.patch', [[1], [{ op: 'add', path: [1.5], value: 9 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [[1], [{ op: 'add', path: [true], value: 9 }]], undefined, 'eval_builtin_error'],
  ['json.patch', [{ a: set([1]) }, [{ op: 'add', path: ['a', [1], 0], value: 0 }]], { a: [[0, 1]] }],
  ['json.filter', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, ['a/b/c']], { a: { b: { c: 7 } } }],
  ['json.filter', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, ['a/b/c', 'e']], { a: { b: { c: 7 } }, e: 9 }],
  ['json.filter', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, set('a', 'a/b')], { a: { b: { c: 7, d: 8 } } }],
  ['json.filter', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, [['a', 'b'], ['q']]], { a: { b: { c: 7, d: 8 } } }],
  ['json.filter', [{ a: [1, { x: 2, y: 3 }, 3] }, ['a/1/x', 'a/0']], { a: [1, { x: 2 }] }],
  ['json.filter', [{ a: [1, 2] }, [['a', 0]]], { a: [] }],
  ['json.filter', [{ a: set('x', 'y') }, ['a/x']], { a: ['x'] }],
  ['json.filter', [{ a: 1 }, ['a/b']], { a: 1 }],
  ['json.filter', [{ a: 1 }, []], {}],
  ['json.filter', [{ a: 1 }, ['']], {}],
  ['json.filter', [{ a: 1 }, [1]], undefined, 'eval_type_error'],
  ['json.filter', [{ a: 1 }, 'a'], undefined, 'eval_type_error'],
  ['json.filter', [[1], ['a']], undefined, 'eval_type_error'],
  ['json.filter', [{ 'a/b': 1, 'c~d': 2, e: 3 }, ['a~1b', 'c~0d']], { 'a/b': 1, 'c~d': 2 }],
  ['json.remove', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, ['a/b/c']], { a: { b: { d: 8 } }, e: 9 }],
  ['json.remove', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, ['a/b/c', 'e']], { a: { b: { d: 8 } } }],
  ['json.remove', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, ['a', 'a/b']], { e: 9 }],
  ['json.remove', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, ['a/b', 'a']], { e: 9 }],
  ['json.remove', [{ a: { b: { c: 7, d: 8 } }, e: 9 }, [['a', 'b'], ['q']]], { a: {}, e: 9 }],
  ['json.remove', [{ a: [1, { x: 2, y: 3 }, 3] }, ['a/1/x', 'a/0']], { a: [{ y: 3 }, 3] }],
  ['json.remove', [{ a: [1, 2] }, [['a', 0]]], { a: [1, 2] }],
  ['json.remove', [{ a: set('x', 'y') }, ['a/x']], { a: ['y'] }],
  ['json.remove', [{ a: 1 }, ['a/b']], { a: 1 }],
  ['json.remove', [{ a: 1 }, []], { a: 1 }],
  ['json.remove', [{ a: 1 }, ['']], { a: 1 }],
  ['json.remove', [{ a: 1 }, [1]], undefined, 'eval_type_error'],
  ['json.remove', [{ a: 1 }, 'a'], undefined, 'eval_type_error'],
  ['json.remove', [[1], ['a']], undefined, 'eval_type_error'],
  ['json.remove', [{ $obj: [[[1], { x: 1 }]] }, [[[1], 'x']]], { $obj: [[[1], { x: 1 }]] }],
]);

describe('hostile JSON', () => {
  it('nested too deeply is an error, not a crash', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(outcome('json.unmarshal', deep)).toEqual({ code: 'eval_builtin_error' });
    expect(call('json.is_valid', '['.repeat(100_000))).toBe(false);
  });

  it('counts no brackets inside strings', () => {
    expect(call('json.unmarshal', `"${'['.repeat(1000)}\\"${'{'.repeat(1000)}"`)).toContain('[[[');
  });

  it('may have keys that JavaScript knows', () => {
    const text = '{"__proto__":{"a":1},"constructor":2}';
    expect(stringify(call('json.unmarshal', text)!)).toBe(text);
    expect(outcome('json.remove', call('json.unmarshal', text)!, ['__proto__'])).toEqual({
      value: '{"constructor":2}',
    });
    expect(outcome('json.patch', {}, [{ op: 'test', path: 'constructor', value: null }])).toEqual({
      code: 'eval_builtin_error',
    });
  });

  it('stays within the budget however it doubles', () => {
    const doubling = Array.from({ length: 40 }, () => ({ op: 'copy', from: 'a', path: 'a/-' }));
    const within = context({ budget: new Budget({ steps: 1_000_000, resultSize: 10_000, depth: 100 }) });
    const value = callIn(within, 'json.patch', { a: [1] }, doubling)!;
    expect(() => callIn(within, 'json.marshal', value)).toThrow('resultSize');
  });
});
agreesWithOpa('JSON Patch with null', [
  ['json.patch', [{ foo: 1 }, [{ op: 'add', path: '/bar', value: null }]], { bar: null, foo: 1 }],
  ['json.patch', [[''], [{ op: 'replace', path: '/0', value: null }]], [null]],
  ['json.patch', [{ a: null }, [{ op: 'test', path: '/a', value: null }]], { a: null }],
  ['json.patch', [null, [{ op: 'test', path: '', value: null }]], null],
  ['json.patch', [{ a: null }, [{ op: 'remove', path: '/a' }]], {}],
  ['json.patch', [{ a: null }, [{ op: 'add', path: '/a/b', value: 1 }]], undefined, 'eval_builtin_error'],
]);

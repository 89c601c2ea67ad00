import { agreesWithOpa, set } from './agreement.ts';

agreesWithOpa('a key or a path', [
  ['object.get', [{ a: 1 }, 'a', 9], 1],
  ['object.get', [{ a: 1 }, 'b', 9], 9],
  ['object.get', [{ a: null }, 'a', 9], null],
  ['object.get', [{ a: false }, 'a', 9], false],
  ['object.get', [{ a: { b: [10, { c: 1 }] } }, ['a', 'b', 1, 'c'], 9], 1],
  ['object.get', [{ a: { b: null } }, ['a', 'b'], 9], null],
  ['object.get', [{ a: { b: null } }, ['a', 'b', 'c'], 9], 9],
  ['object.get', [{ a: [1] }, ['a', 1], 9], 9],
  ['object.get', [{ a: [1] }, ['a', -1], 9], 9],
  ['object.get', [{ a: [1] }, ['a', 'length'], 9], 9],
  ['object.get', [{ a: set('x') }, ['a', 'x'], 9], 'x'],
  ['object.get', [{ a: 1 }, [], 9], { a: 1 }],
  ['object.get', [{ a: 1 }, '__proto__', 9], 9],
  ['object.get', [{}, ['constructor', 'name'], 9], 9],
  ['object.get', [[1], 0, 9], undefined, 'eval_type_error'],
]);

agreesWithOpa('keys', [
  ['object.keys', [{ b: 1, a: 2 }], ['a', 'b']],
  ['object.keys', [{}], []],
  ['object.keys', [[1]], undefined, 'eval_type_error'],
  ['object.filter', [{ a: 1, b: 2 }, ['a', 'z']], { a: 1 }],
  ['object.filter', [{ a: 1, b: 2 }, set('b')], { b: 2 }],
  ['object.filter', [{ a: { x: 1 }, b: 2 }, { a: { y: 1 } }], { a: { x: 1 } }],
  ['object.filter', [{ a: 1 }, 'a'], undefined, 'eval_type_error'],
  ['object.filter', [['a'], ['a']], undefined, 'eval_type_error'],
  ['object.remove', [{ a: 1, b: 2 }, ['a', 'z']], { b: 2 }],
  ['object.remove', [{ a: 1, b: 2 }, set('b')], { a: 1 }],
  ['object.remove', [{ a: 1, b: 2 }, { a: 5 }], { b: 2 }],
  ['object.remove', [{ a: 1 }, 1], undefined, 'eval_type_error'],
]);

agreesWithOpa('unions', [
  ['object.union', [{ a: 1 }, { b: 2 }], { a: 1, b: 2 }],
  ['object.union', [{ a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }], { a: { b: 1, c: 3, d: 4 } }],
  ['object.union', [{ a: { b: 1 } }, { a: null }], { a: null }],
  ['object.union', [{ a: null }, { a: { b: 1 } }], { a: { b: 1 } }],
  ['object.union', [{}, { a: 1 }], { a: 1 }],
  ['object.union', [{ a: 1 }, [1]], undefined, 'eval_type_error'],
  ['object.union_n', [[{ a: 1 }, { b: 2 }, { a: 3 }]], { a: 3, b: 2 }],
  ['object.union_n', [[{ a: { b: 2 } }, { a: 4 }, { a: { c: 3 } }]], { a: { c: 3 } }],
  ['object.union_n', [[{ a: { b: 2 } }, { a: { c: 3 } }]], { a: { b: 2, c: 3 } }],
  ['object.union_n', [[]], {}],
  ['object.union_n', [[{ a: 1 }, 1]], undefined, 'eval_type_error'],
  ['object.union_n', [{ a: 1 }], undefined, 'eval_type_error'],
]);

agreesWithOpa('subsets', [
  ['object.subset', [{ a: 1, b: 2 }, { a: 1 }], true],
  ['object.subset', [{ a: 1 }, { a: 2 }], false],
  ['object.subset', [{ a: 1 }, { b: 1 }], false],
  ['object.subset', [{ a: { b: [1, 2, 3], c: set(1, 2) } }, { a: { b: [2, 3], c: set(1) } }], true],
  ['object.subset', [{ a: null }, { a: null }], true],
  ['object.subset', [{ a: 1 }, {}], true],
  ['object.subset', [set(1, 2), set(2)], true],
  ['object.subset', [set(1), set(2)], false],
  [
    'object.subset',
    [
      [1, 2, 3],
      [2, 3],
    ],
    true,
  ],
  [
    'object.subset',
    [
      [1, 2, 3],
      [1, 3],
    ],
    false,
  ],
  [
    'object.subset',
    [
      [1, 2, 1, 2, 3],
      [1, 2, 3],
    ],
    true,
  ],
  ['object.subset', [[1], []], true],
  ['object.subset', [[1, 2, 3], set(1, 3)], true],
  ['object.subset', [[1, 2], set(1, 3)], false],
  ['object.subset', [[1, 1], set(1, 2)], true],
  ['object.subset', [[], set()], false],
  ['object.subset', [[1], set()], true],
  ['object.subset', [set(1), [1]], undefined, 'eval_type_error'],
  ['object.subset', [1, 2], undefined, 'eval_type_error'],
]);

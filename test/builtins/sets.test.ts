import { agreesWithOpa, set } from './agreement.ts';

agreesWithOpa('sets', [
  ['and', [set(1, 2), set(2, 3)], [2]],
  ['and', [set(), set(1)], []],
  ['and', [set({ a: 1 }), set({ a: 1 })], [{ a: 1 }]],
  ['and', [[1], set(1)], undefined, 'eval_type_error'],
  ['or', [set(1), set(2)], [1, 2]],
  ['or', [set(), set()], []],
  ['or', [set(1), [1]], undefined, 'eval_type_error'],
  ['intersection', [set(set(1, 2), set(2, 3))], [2]],
  ['intersection', [set()], []],
  ['intersection', [set(set(1))], [1]],
  ['intersection', [set(1)], undefined, 'eval_type_error'],
  ['intersection', [[set(1)]], undefined, 'eval_type_error'],
  ['union', [set(set(1, 2), set(2, 3))], [1, 2, 3]],
  ['union', [set()], []],
  ['union', [set(set(), set(1))], [1]],
  ['union', [set(1)], undefined, 'eval_type_error'],
  ['set_diff', [set(1, 2), set(2)], [1]],
  ['set_diff', [[1], set(1)], undefined, 'eval_type_error'],
]);

import { agreesWithOpa, big, set } from './agreement.ts';

agreesWithOpa('arrays', [
  ['array.concat', [[1], [2, 3]], [1, 2, 3]],
  ['array.concat', [[], [1]], [1]],
  ['array.concat', [[1], []], [1]],
  ['array.concat', [[1], set(2)], undefined, 'eval_type_error'],
  ['array.concat', [1, [2]], undefined, 'eval_type_error'],
  ['array.flatten', [[1, [2, [3]], { a: [4] }, []]], [1, 2, [3], { a: [4] }]],
  ['array.flatten', [[]], []],
  ['array.flatten', [[1, set(2)]], [1, [2]]],
  ['array.flatten', [{ a: 1 }], undefined, 'eval_type_error'],
  ['array.reverse', [[1, 2, 3]], [3, 2, 1]],
  ['array.reverse', [[]], []],
  ['array.reverse', ['abc'], undefined, 'eval_type_error'],
  ['array.slice', [[1, 2, 3, 4], 1, 3], [2, 3]],
  ['array.slice', [[1, 2, 3], -5, 99], [1, 2, 3]],
  ['array.slice', [[1, 2, 3], 2, 1], []],
  ['array.slice', [[1, 2, 3], 5, 9], []],
  ['array.slice', [[1, 2, 3], 0, big('9223372036854775807')], [1, 2, 3]],
  ['array.slice', [[1, 2, 3], 0, big('9223372036854775808')], undefined, 'eval_type_error'],
  ['array.slice', [[1, 2, 3], 0.5, 2], undefined, 'eval_type_error'],
  ['array.slice', [[1, 2, 3], 0, '2'], undefined, 'eval_type_error'],
]);

import { agreesWithOpa, big } from './agreement.ts';

agreesWithOpa('ranges of integers', [
  ['numbers.range', [1, 3], [1, 2, 3]],
  ['numbers.range', [3, 1], [3, 2, 1]],
  ['numbers.range', [2, 2], [2]],
  ['numbers.range', [-1, 1], [-1, 0, 1]],
  [
    'numbers.range',
    [big('18446744073709551615'), big('18446744073709551617')],
    [big('18446744073709551615'), big('18446744073709551616'), big('18446744073709551617')],
  ],
  ['numbers.range', [1, 2.5], undefined, 'eval_type_error'],
  ['numbers.range', ['a', 1], undefined, 'eval_type_error'],
  ['numbers.range_step', [0, 10, 3], [0, 3, 6, 9]],
  ['numbers.range_step', [10, 0, 3], [10, 7, 4, 1]],
  ['numbers.range_step', [1, 1, 5], [1]],
  ['numbers.range_step', [0, 1, 5], [0]],
  ['numbers.range_step', [0, 10, 0], undefined, 'eval_builtin_error'],
  ['numbers.range_step', [0, 10, -1], undefined, 'eval_builtin_error'],
  ['numbers.range_step', [0, 10, 1.5], undefined, 'eval_type_error'],
]);

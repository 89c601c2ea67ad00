import { agreesWithOpa, big, set } from './agreement.ts';

agreesWithOpa('arithmetic on integers', [
  ['plus', [1, 2], 3],
  ['plus', [-3, 3], 0],
  ['plus', [9007199254740991, 1], big('9007199254740992')],
  ['plus', [big('123456789012345678901234567890'), 1], big('123456789012345678901234567891')],
  ['minus', [1, 3], -2],
  ['minus', [big('123456789012345678901234567890'), big('123456789012345678901234567889')], 1],
  ['mul', [0, -5], 0],
  ['mul', [94906267, 94906267], big('9007199515875289')],
  [
    'mul',
    [big('-99999999999999999999'), big('99999999999999999999')],
    big('-9999999999999999999800000000000000000001'),
  ],
  ['div', [10, 5], 2],
  ['div', [10, 4], 2.5],
  ['div', [0, -5], 0],
  ['div', [1, 3], big('0.33333333333333333334')],
  ['div', [2, 3], big('0.6666666666666666667')],
  ['div', [big('36893488147419103232'), 2], big('18446744073709551616')],
  ['rem', [5, 2], 1],
  ['rem', [-5, 2], -1],
  ['rem', [5, -2], 1],
  ['rem', [big('123456789012345678901234567890'), 97], 52],
  ['rem', [10, big('18446744073709551616')], 10],
]);

agreesWithOpa('arithmetic on fractions', [
  ['plus', [0.1, 0.2], 0.3],
  ['plus', [1.5, 1.5], 3],
  ['plus', [1234567.5, 1], 1234568.5],
  ['minus', [0.3, 0.1], big('0.20000000000000000002')],
  ['mul', [0.1, 3], 0.3],
  ['mul', [1.1, 1.1], 1.21],
  ['mul', [big('0.33333333333333333334'), 3], 1],
  ['div', [1, 3.5], big('0.28571428571428571428')],
  ['div', [big('1e-300'), 7], big('1.4285714285714285714e-301')],
  ['plus', [big('123456789012345678901234567890'), 0.5], big('123456789012345678900000000000')],
]);

agreesWithOpa('errors of arithmetic', [
  ['div', [1, 0], undefined, 'eval_builtin_error'],
  ['div', [1.5, 0], undefined, 'eval_builtin_error'],
  ['rem', [1, 0], undefined, 'eval_builtin_error'],
  ['rem', [1.5, 0], undefined, 'eval_builtin_error'],
  ['rem', [1.5, 1], undefined, 'eval_builtin_error'],
  ['rem', [5, 2.5], undefined, 'eval_builtin_error'],
  ['plus', ['a', 1], undefined, 'eval_type_error'],
  ['plus', [1, null], undefined, 'eval_type_error'],
  ['minus', ['a', 1], undefined, 'eval_type_error'],
  ['minus', [1, 'a'], undefined, 'eval_type_error'],
  ['minus', [1, set(1)], undefined, 'eval_type_error'],
  ['minus', [set(1), 1], undefined, 'eval_type_error'],
]);

agreesWithOpa('rounding', [
  ['abs', [-5], 5],
  ['abs', [5], 5],
  ['abs', [-0.5], 0.5],
  ['abs', [big('-18446744073709551617')], big('18446744073709551616')],
  ['round', [0.5], 1],
  ['round', [-0.5], -1],
  ['round', [2.5], 3],
  ['round', [-2.5], -3],
  ['round', [2.4999], 2],
  ['round', [7], 7],
  ['round', [big('1e30')], big('1000000000000000000024696061952')],
  ['ceil', [1.2], 2],
  ['ceil', [-1.2], -1],
  ['ceil', [-0.5], 1],
  ['ceil', [3], 3],
  ['floor', [1.8], 1],
  ['floor', [-1.2], -2],
  ['floor', [-0.5], 0],
  ['floor', [-7], -7],
  ['ceil', ['a'], undefined, 'eval_type_error'],
]);

agreesWithOpa('differences of sets', [
  ['minus', [set(1, 2, 3), set(2)], [1, 3]],
  ['minus', [set(), set(1)], []],
  ['minus', [set([1], [2]), set([1])], [[2]]],
]);

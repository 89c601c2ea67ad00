import { agreesWithOpa, big, set } from './agreement.ts';

agreesWithOpa('counts', [
  ['count', [[1, 2]], 2],
  ['count', [{ a: 1 }], 1],
  ['count', [set(1, 2, 2)], 2],
  ['count', [''], 0],
  ['count', ['a😀é'], 3],
  ['count', [1], undefined, 'eval_type_error'],
]);

agreesWithOpa('sums and products', [
  ['sum', [[]], 0],
  ['sum', [[1, 2, 3]], 6],
  ['sum', [set(1, 2, 2)], 3],
  ['sum', [[9007199254740991, 1]], big('9007199254740992')],
  ['sum', [[0.1, 0.2, 0.3]], 0.6],
  ['sum', [[1, 2.5]], 3.5],
  ['sum', [[1, 'a']], undefined, 'eval_type_error'],
  ['sum', [{ a: 1 }], undefined, 'eval_type_error'],
  ['product', [[]], 1],
  ['product', [[2, 3, -4]], -24],
  ['product', [[big('18446744073709551616'), 2]], big('36893488147419103232')],
  ['product', [[0.1, 0.2, 0.3]], 0.006],
  ['product', [[1.1, 1.1]], 1.2100000000000002],
  ['product', [[1, null]], undefined, 'eval_type_error'],
  ['product', [1], undefined, 'eval_type_error'],
]);

agreesWithOpa('the greatest and the least', [
  ['max', [[]], undefined],
  ['max', [[1, 'a', null]], 'a'],
  ['max', [set(1, 3, 2)], 3],
  ['max', ['abc'], undefined, 'eval_type_error'],
  ['min', [[]], undefined],
  ['min', [[2, 1, 3]], 1],
  ['min', [set()], undefined],
  ['min', [{ a: 1 }], undefined, 'eval_type_error'],
]);

agreesWithOpa('order', [
  ['sort', [[3, 'a', null, true, [1], { a: 1 }, 2]], [null, true, 2, 3, 'a', [1], { a: 1 }]],
  ['sort', [set(3, 1, 2)], [1, 2, 3]],
  ['sort', [[]], []],
  ['sort', ['ba'], undefined, 'eval_type_error'],
]);

agreesWithOpa('all and any', [
  ['all', [[]], true],
  ['all', [[true, true]], true],
  ['all', [[true, 1]], false],
  ['all', [set(true)], true],
  ['all', [1], undefined, 'eval_type_error'],
  ['any', [[]], false],
  ['any', [[false, true]], true],
  ['any', [set(false)], false],
  ['any', [{ a: true }], undefined, 'eval_type_error'],
]);

agreesWithOpa('membership', [
  ['internal.member_2', [1, [1, 2]], true],
  ['internal.member_2', [[1], set([1])], true],
  ['internal.member_2', ['a', { a: 1 }], false],
  ['internal.member_2', [1, { a: 1 }], true],
  ['internal.member_2', ['a', 'abc'], false],
  ['internal.member_2', [null, [1]], false],
  ['internal.member_2', [null, [null]], true],
  ['internal.member_3', [0, 'a', ['a']], true],
  ['internal.member_3', [1, 'a', ['a']], false],
  ['internal.member_3', [0.5, 'a', ['a']], false],
  ['internal.member_3', ['a', 1, { a: 1 }], true],
  ['internal.member_3', ['a', null, { a: null }], true],
  ['internal.member_3', ['b', 1, { a: 1 }], false],
  ['internal.member_3', [1, 1, set(1)], true],
  ['internal.member_3', [1, 2, set(1, 2)], false],
  ['internal.member_3', [0, 'a', 'abc'], false],
  ['internal.member_3', ['length', 1, ['a']], false],
]);

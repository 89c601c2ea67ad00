import { agreesWithOpa, big, set } from './agreement.ts';

agreesWithOpa('comparison across types', [
  ['equal', [1, 1], true],
  ['equal', ['a', 'b'], false],
  [
    'equal',
    [
      [1, { a: set(1) }],
      [1, { a: set(1) }],
    ],
    true,
  ],
  [
    'equal',
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    true,
  ],
  ['equal', [big('18446744073709551616'), big('18446744073709551616')], true],
  ['neq', [null, false], true],
  ['neq', [1, 1], false],
  ['lt', [null, false], true],
  ['lt', [false, true], true],
  ['lt', [true, 0], true],
  ['lt', [2, 'a'], true],
  ['lt', ['z', []], true],
  ['lt', [[9], {}], true],
  ['lt', [{ a: 1 }, set()], true],
  ['lt', ['a', 'B'], false],
  ['lt', ['\uffff', '😀'], true],
  [
    'lt',
    [
      [1, 2],
      [1, 2, 0],
    ],
    true,
  ],
  ['lt', [{ a: 1 }, { a: 2 }], true],
  ['lte', [1, 1], true],
  ['lte', [2, 1], false],
  ['gt', [big('18446744073709551617'), big('18446744073709551616')], true],
  ['gt', [1, 2], false],
  ['gte', [set(1, 2), set(1)], true],
  ['gte', ['a', 'a'], true],
]);

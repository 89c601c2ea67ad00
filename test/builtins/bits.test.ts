import { agreesWithOpa, big } from './agreement.ts';

agreesWithOpa('bits of integers', [
  ['bits.and', [12, 10], 8],
  ['bits.and', [-1, 255], 255],
  ['bits.or', [12, 10], 14],
  ['bits.or', [-8, 1], -7],
  ['bits.xor', [12, 10], 6],
  ['bits.xor', [-1, 1], -2],
  ['bits.negate', [0], -1],
  ['bits.negate', [-5], 4],
  ['bits.negate', [big('18446744073709551615')], big('-18446744073709551616')],
  ['bits.lsh', [1, 3], 8],
  ['bits.lsh', [-1, 70], big('-1180591620717411303424')],
  ['bits.lsh', [0, 100], 0],
  ['bits.rsh', [8, 2], 2],
  ['bits.rsh', [-5, 1], -3],
  ['bits.rsh', [-5, 1000000], -1],
  ['bits.rsh', [5, 1000000], 0],
  ['bits.lsh', [1, -1], undefined, 'eval_type_error'],
  ['bits.rsh', [1, -1], undefined, 'eval_type_error'],
  ['bits.and', [1.5, 1], undefined, 'eval_type_error'],
  ['bits.and', [1, 'a'], undefined, 'eval_type_error'],
]);

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, number, set, union } from './types.ts';

const operands = [
  ['x', number],
  ['y', number],
] as const;

const numberOrSet = union(number, set(any));

export const numbersDeclarations: readonly BuiltinDeclaration[] = [
  declare('plus', operands, ['z', number], 'The sum of two numbers.', { infix: '+' }),
  declare(
    'minus',
    [
      ['x', numberOrSet],
      ['y', numberOrSet],
    ],
    ['z', numberOrSet],
    'The difference of two numbers, or the elements of one set that another has not.',
    { infix: '-' },
  ),
  declare('mul', operands, ['z', number], 'The product of two numbers.', { infix: '*' }),
  declare('div', operands, ['z', number], 'The quotient of two numbers; an error where y is zero.', {
    infix: '/',
  }),
  declare(
    'rem',
    operands,
    ['z', number],
    'The remainder of two integers, with the sign of x; an error where y is zero.',
    { infix: '%' },
  ),
  declare('abs', [['x', number]], ['y', number], 'The number without its sign.'),
  declare('round', [['x', number]], ['y', number], 'The nearest integer, halves away from zero.'),
  declare('ceil', [['x', number]], ['y', number], 'The number rounded up to an integer.'),
  declare('floor', [['x', number]], ['y', number], 'The number rounded down to an integer.'),
];

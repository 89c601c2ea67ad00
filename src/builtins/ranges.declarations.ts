import { type BuiltinDeclaration, declare } from './declaration.ts';
import { array, number } from './types.ts';

export const rangesDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'numbers.range',
    [
      ['a', number],
      ['b', number],
    ],
    ['range', array(number)],
    'The integers from a to b, both included, downwards where a is the greater.',
  ),
  declare(
    'numbers.range_step',
    [
      ['a', number],
      ['b', number],
      ['step', number],
    ],
    ['range', array(number)],
    'Every so many of the integers from a to b; an error where the step is not positive.',
  ),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, number } from './types.ts';

const list = array(any);

export const arraysDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'array.concat',
    [
      ['x', list],
      ['y', list],
    ],
    ['z', list],
    'The elements of x followed by those of y.',
  ),
  declare(
    'array.flatten',
    [['arr', list]],
    ['flattened', list],
    'The array with each array in it replaced by its elements, one level deep.',
  ),
  declare('array.reverse', [['arr', list]], ['rev', list], 'The elements in reverse.'),
  declare(
    'array.slice',
    [
      ['arr', list],
      ['start', number],
      ['stop', number],
    ],
    ['slice', list],
    'The elements from start up to but without stop; places beyond the ends are the ends.',
  ),
];

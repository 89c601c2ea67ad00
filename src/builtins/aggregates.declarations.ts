import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, number, object, set, string, union } from './types.ts';

const collection = [['collection', union(array(any), set(any))]] as const;
const numbers = [['collection', union(array(number), set(number))]] as const;

export const aggregatesDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'count',
    [['collection', union(string, array(any), object(any, any), set(any))]],
    ['n', number],
    'How many elements a collection has, or characters a string.',
  ),
  declare('sum', numbers, ['n', number], 'The sum of the numbers, 0 where there are none.'),
  declare('product', numbers, ['n', number], 'The product of the numbers, 1 where there are none.'),
  declare('max', collection, ['n', any], 'The greatest element; undefined where there is none.'),
  declare('min', collection, ['n', any], 'The least element; undefined where there is none.'),
  declare('sort', collection, ['n', array(any)], 'The elements in order.'),
  declare('all', collection, ['result', boolean], 'True if every element is true.', { deprecated: true }),
  declare('any', collection, ['result', boolean], 'True if some element is true.', { deprecated: true }),
  declare(
    'internal.member_2',
    [
      ['value', any],
      ['collection', any],
    ],
    ['result', boolean],
    'True if the collection has the value.',
    { infix: 'in' },
  ),
  declare(
    'internal.member_3',
    [
      ['key', any],
      ['value', any],
      ['collection', any],
    ],
    ['result', boolean],
    'True if the collection has the value under the key.',
    { infix: 'in' },
  ),
];

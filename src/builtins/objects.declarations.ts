import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, object, set, union } from './types.ts';

const anyObject = object(any, any);
const keys = union(array(any), object(any, any), set(any));
const comparable = union(array(any), object(any, any), set(any));

export const objectsDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'object.get',
    [
      ['object', anyObject],
      ['key', any],
      ['default', any],
    ],
    ['value', any],
    'The value of a key, or of a path where the key is an array; the default where there is none.',
  ),
  declare('object.keys', [['object', anyObject]], ['value', set(any)], 'The keys of the object.'),
  declare(
    'object.filter',
    [
      ['object', anyObject],
      ['keys', keys],
    ],
    ['filtered', anyObject],
    'The object with these keys alone.',
  ),
  declare(
    'object.remove',
    [
      ['object', anyObject],
      ['keys', keys],
    ],
    ['output', anyObject],
    'The object without these keys.',
  ),
  declare(
    'object.union',
    [
      ['a', anyObject],
      ['b', anyObject],
    ],
    ['output', anyObject],
    'Both objects in one: where both have a key the value of b, objects being merged in turn.',
  ),
  declare(
    'object.union_n',
    [['objects', array(anyObject)]],
    ['output', anyObject],
    'All the objects in one, later ones over earlier ones.',
  ),
  declare(
    'object.subset',
    [
      ['super', comparable],
      ['sub', comparable],
    ],
    ['result', boolean],
    'True if everything in sub is in super, arrays as a run of elements; nested collections likewise.',
  ),
];

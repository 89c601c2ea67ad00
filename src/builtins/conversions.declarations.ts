import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, nullType, number, object, set, string, union } from './types.ts';

const value = [['x', any]] as const;
const old = { deprecated: true } as const;

export const conversionsDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'to_number',
    [['x', union(nullType, boolean, number, string)]],
    ['num', number],
    'The number that a string says; 0 for null and false, 1 for true.',
  ),
  declare('cast_array', value, ['array', array(any)], 'The array, or the elements of a set as one.', old),
  declare('cast_set', value, ['set', set(any)], 'The set, or the elements of an array as one.', old),
  declare('cast_string', value, ['string', string], 'The value, which must be a string.', old),
  declare('cast_boolean', value, ['boolean', boolean], 'The value, which must be true or false.', old),
  declare('cast_null', value, ['null', nullType], 'The value, which must be null.', old),
  declare('cast_object', value, ['object', object(any, any)], 'The value, which must be an object.', old),
];

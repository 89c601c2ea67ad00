import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, boolean, string } from './types.ts';

const value = [['x', any]] as const;
const result = ['result', boolean] as const;

export const typeNamesDeclarations: readonly BuiltinDeclaration[] = [
  declare('type_name', value, ['type', string], 'The name of the type of a value.'),
  declare('is_array', value, result, 'True if the value is an array.'),
  declare('is_boolean', value, result, 'True if the value is true or false.'),
  declare('is_null', value, result, 'True if the value is null.'),
  declare('is_number', value, result, 'True if the value is a number.'),
  declare('is_object', value, result, 'True if the value is an object.'),
  declare('is_set', value, result, 'True if the value is a set.'),
  declare('is_string', value, result, 'True if the value is a string.'),
];

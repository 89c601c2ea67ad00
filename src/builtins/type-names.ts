import { type TypeName, typeName, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';

export const typeNamesFamily: Readonly<Record<string, BuiltinFunction>> = {
  type_name: (_context, value) => typeName(value!),
  is_array: is('array'),
  is_boolean: is('boolean'),
  is_null: is('null'),
  is_number: is('number'),
  is_object: is('object'),
  is_set: is('set'),
  is_string: is('string'),
};

function is(name: TypeName): BuiltinFunction {
  return (_context: BuiltinContext, value: Value) => typeName(value) === name;
}

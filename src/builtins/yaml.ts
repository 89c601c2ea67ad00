import type { Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asString } from './operands.ts';
import { parseYaml } from './yaml/compose.ts';
import { printYaml } from './yaml/print.ts';

export const yamlFamily: Readonly<Record<string, BuiltinFunction>> = {
  'yaml.marshal': (context, value) => printYaml(context.budget, value!),
  'yaml.unmarshal': (context, text) => parseYaml(context.budget, asString(text!, 1)),
  'yaml.is_valid': isValid,
};

function isValid(context: BuiltinContext, text: Value): Value {
  if (typeof text !== 'string') return false;
  try {
    parseYaml(context.budget, text);
    return true;
  } catch (error) {
    if (error instanceof BuiltinError) return false;
    throw error;
  }
}

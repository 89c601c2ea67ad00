import { parseModule } from '../../grammar/index.ts';
import { limits, SourceFile } from '../base/index.ts';
import type { Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { asString } from './operands.ts';
import { moduleValue } from './rego-ast/module.ts';

export const regoFamily: Readonly<Record<string, BuiltinFunction>> = {
  'rego.parse_module': parse,
};

function parse(context: BuiltinContext, name: Value, text: Value): Value {
  const source = new SourceFile(asString(name, 1), asString(text, 1));
  if (source.text.length > limits.policyBytes)
    throw new BuiltinError('rego_parse_error: the module is too large');
  chargeScan(context.budget, source.text.length);
  context.budget.charge(source.text.length);
  const { module, problems } = parseModule(source.text);
  if (module) return moduleValue(module, source);
  throw new BuiltinError(`rego_parse_error: ${problems[0]?.message ?? 'empty module'}`);
}

import { parseModule, type RegoVersion } from '../../grammar/index.ts';
import { limits, SourceFile } from '../base/index.ts';
import type { Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { asString } from './operands.ts';
import { moduleValue } from './rego-ast/module.ts';

export const regoFamily: Readonly<Record<string, BuiltinFunction>> = {
  'rego.parse_module': (context, name, text) => parseRego(context, name!, text!, 'v1'),
};

/** The syntax tree of a module as OPA gives it. Throws BuiltinError where it does not parse. */
export function parseRego(context: BuiltinContext, name: Value, text: Value, version: RegoVersion): Value {
  const source = new SourceFile(asString(name, 1), asString(text, 1));
  if (source.text.length > limits.policyBytes)
    throw new BuiltinError('rego_parse_error: the module is too large');
  chargeScan(context.budget, source.text.length);
  context.budget.charge(source.text.length);
  const { module, problems } = parseModule(source.text, { version });
  if (module) return moduleValue(module, source);
  throw new BuiltinError(`rego_parse_error: ${problems[0]?.message ?? 'empty module'}`);
}

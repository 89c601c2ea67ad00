import { isArray, isObject, ObjectValue, type Value } from '../values/index.ts';
import type { BuiltinFunction } from './builtin.ts';
import { graphqlFamily } from './graphql.ts';
import { parseRego } from './rego.ts';

/**
 * The functions that answer otherwise in a module of Rego v0, as OPA did when v0 was its language:
 * GraphQL's trees have no mark for default values, and a parsed module is one of v0.
 */
export const v0Builtins: ReadonlyMap<string, BuiltinFunction> = new Map<string, BuiltinFunction>([
  ['rego.parse_module', (context, name, text) => parseRego(context, name!, text!, 'v0')],
  ...Object.entries(graphqlFamily).map(([name, call]) => [name, withoutMark(call)] as const),
]);

function withoutMark(call: BuiltinFunction): BuiltinFunction {
  return (context, ...operands) => {
    const answer = call(context, ...operands);
    return answer === undefined ? undefined : unmarked(answer);
  };
}

function unmarked(value: Value): Value {
  if (isArray(value)) return value.map(unmarked);
  if (!isObject(value)) return value;
  const entries = [...value.entries()].filter(([key]) => key !== 'ExpectedTypeHasDefault');
  return ObjectValue.of(entries.map(([key, item]) => [key, unmarked(item)]));
}

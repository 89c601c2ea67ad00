import { isArray, isObject, ObjectValue, type Value } from '../values/index.ts';
import type { BuiltinFunction } from './builtin.ts';
import { graphqlFamily } from './graphql.ts';
import { parseRego } from './rego.ts';

/**
 * The functions that answer otherwise in a module of Rego v0, as OPA did when v0 was its language:
 * GraphQL's trees have neither comments nor a mark for default values, and a parsed module is one of v0.
 */
export const v0Builtins: ReadonlyMap<string, BuiltinFunction> = new Map<string, BuiltinFunction>([
  ['rego.parse_module', (context, name, text) => parseRego(context, name!, text!, 'v0')],
  ...Object.entries(graphqlFamily).map(([name, call]) => [name, withoutLater(call)] as const),
]);

/** The fields that GraphQL's trees have had only since. */
const LATER = /^ExpectedTypeHasDefault$|Comment$/u;

function withoutLater(call: BuiltinFunction): BuiltinFunction {
  return (context, ...operands) => {
    const answer = call(context, ...operands);
    return answer === undefined ? undefined : older(answer);
  };
}

function older(value: Value): Value {
  if (isArray(value)) return value.map(older);
  if (!isObject(value)) return value;
  const entries = [...value.entries()].filter(([key]) => !LATER.test(String(key)));
  return ObjectValue.of(entries.map(([key, item]) => [key, older(item)]));
}

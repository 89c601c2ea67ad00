import { parseModule } from '../../grammar/index.ts';
import { closest } from '../base/index.ts';
import { annotationsOf } from '../language/index.ts';
import { isObject, type Json, type JsonObject, stringify, typeName, type Value } from '../values/index.ts';

/** What is wrong with `data.parameters`, to be said where they were given. */
export interface ParameterProblem {
  readonly message: string;
  readonly hint: string;
}

/** What METADATA says of a parameter: a sentence, or a JSON schema. */
export type ParameterDeclaration = Json;

/** The names below `custom.parameters` in the METADATA of a policy's package; empty of a text that says nothing of it. */
export function declaredParameters(path: string, text: string): readonly string[] {
  return parameterDeclarations(path, text).map(([name]) => name);
}

/** The same names, each with what is said of it. */
export function parameterDeclarations(
  path: string,
  text: string,
): readonly (readonly [name: string, declaration: ParameterDeclaration])[] {
  if (!/^#\s+parameters:/mu.test(text)) return [];
  const dialect = path.endsWith('.policy') ? 'policy' : 'rego';
  const { module } = parseModule(text, { version: 'v1', dialect });
  if (module === undefined) return [];
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  return annotationsOf(module, lineOf).flatMap(({ scope, fields }) => {
    const custom = scope === 'package' ? fields['custom'] : undefined;
    const parameters = isRecord(custom) ? custom['parameters'] : undefined;
    return isRecord(parameters) ? Object.entries(parameters as JsonObject) : [];
  });
}

/**
 * Why parameters cannot be what was meant: no object, or a name that nobody reads. A policy would go on
 * without them, as if they had never been given.
 */
export function checkParameters(
  parameters: Value,
  own: ReadonlySet<string>,
  others: ReadonlySet<string>,
): ParameterProblem | undefined {
  const known = [...own].sort();
  const hint = `there are ${known.length > 0 ? known.join(', ') : 'none'}`;
  if (!isObject(parameters))
    return { message: `data.parameters must be an object, found ${typeName(parameters)}`, hint };
  const unknown = parameters
    .keys()
    .find(key => typeof key !== 'string' || !(own.has(key) || others.has(key)));
  if (unknown === undefined) return undefined;
  const name = typeof unknown === 'string' ? unknown : stringify(unknown);
  const near = closest(name, known);
  return {
    message: `data.parameters.${name} is unknown: no policy reads it`,
    hint: near === undefined ? hint : `did you mean ${near}? ${hint}`,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

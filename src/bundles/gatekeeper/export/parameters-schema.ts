import type { Json, JsonObject } from '../../../values/index.ts';
import { type ParameterDeclaration, parameterDeclarations } from '../../parameters.ts';
import type { PolicySource } from '../../read-policy.ts';

/** The parameters that the files of a policy declare, by name. */
export type DeclaredParameters = ReadonlyMap<string, ParameterDeclaration>;

export function declaredBy({ files }: Pick<PolicySource, 'files'>): DeclaredParameters {
  return new Map(files.flatMap(({ source: { path, text } }) => parameterDeclarations(path, text)));
}

const anything: JsonObject = { 'x-kubernetes-preserve-unknown-fields': true };

/**
 * The schema of `spec.parameters` as the API server takes it. A field that is not declared is kept, so that the
 * template can refuse it where the API server would take it away without a word.
 */
export function parametersSchema(declared: DeclaredParameters, provider: boolean): JsonObject {
  const properties = Object.fromEntries([...declared].map(([name, said]) => [name, propertySchema(said)]));
  const asked: JsonObject = { provider: { type: 'string', description: 'The name of the Provider to ask.' } };
  return {
    type: 'object',
    ...anything,
    ...(provider && { required: ['provider'] }),
    properties: { ...properties, ...(provider && asked) },
  };
}

const plainTypes: readonly Json[] = ['string', 'boolean', 'integer', 'number'];

/** Of a JSON schema no more is said than the API server is sure to take: the policy itself judges the rest. */
function propertySchema(said: ParameterDeclaration): JsonObject {
  if (typeof said === 'string') return { description: said, ...anything };
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return anything;
  const { type = null, description } = said as JsonObject;
  return {
    ...(typeof description === 'string' && { description }),
    ...(plainTypes.includes(type) ? { type } : anything),
  };
}

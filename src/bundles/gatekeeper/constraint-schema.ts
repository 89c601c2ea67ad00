import { fromJson, type Json, ObjectBuilder, ObjectValue } from '../../values/index.ts';

const text: Json = { type: 'string' };
const list = (items: Json): Json => ({ type: 'array', items });
const object = (properties: Json): Json => ({ type: 'object', properties });

/** A name, with `*` at its start or end for any text. */
const wildcard: Json = { type: 'string', pattern: '^\\*?[-:a-z0-9]*\\*?$' };
const nullableTexts = list({ type: 'string', nullable: true });

const selector = object({
  matchLabels: { type: 'object', additionalProperties: text, 'x-kubernetes-preserve-unknown-fields': true },
  matchExpressions: list(
    object({
      key: text,
      operator: { type: 'string', enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
      values: list(text),
    }),
  ),
});

const match = object({
  kinds: list(object({ apiGroups: nullableTexts, kinds: nullableTexts })),
  namespaces: list(wildcard),
  excludedNamespaces: list(wildcard),
  labelSelector: selector,
  namespaceSelector: selector,
  scope: { type: 'string', enum: ['*', 'Cluster', 'Namespaced'] },
  name: wildcard,
  source: { type: 'string', enum: ['All', 'Generated', 'Original'] },
});

const spec = fromJson({
  match,
  enforcementAction: { type: 'string', default: 'deny' },
  scopedEnforcementActions: list(object({ action: text, enforcementPoints: list(object({ name: text })) })),
}) as ObjectValue;

const metadata = fromJson(object({ name: { type: 'string', maxLength: 63 } }));
const status = fromJson({ 'x-kubernetes-preserve-unknown-fields': true });

/**
 * The OpenAPI v3 schema of the constraints of a template: what Gatekeeper says of every constraint, and
 * of `spec.parameters` what the template says; without a schema of parameters, there are none.
 */
export function constraintSchema(parameters: ObjectValue | undefined): ObjectValue {
  const fields = new ObjectBuilder(spec);
  if (parameters !== undefined) fields.set('parameters', parameters);
  return objectSchema([
    ['metadata', metadata],
    ['spec', objectSchema(fields.build().entries())],
    ['status', status],
  ]);
}

function objectSchema(properties: Parameters<typeof ObjectValue.of>[0]): ObjectValue {
  return ObjectValue.of([
    ['type', 'object'],
    ['properties', ObjectValue.of(properties)],
  ]);
}

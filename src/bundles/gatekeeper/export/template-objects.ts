import { type Json, type JsonObject, type ObjectValue, toJson } from '../../../values/index.ts';
import { constraintMatch } from '../../kubernetes/index.ts';
import type { PolicySource } from '../../read-policy.ts';
import { type DeclaredParameters, parametersSchema } from './parameters-schema.ts';
import { exemptNamespaces } from './refusals.ts';
import type { TemplateNames } from './template-names.ts';

export interface TemplateParts {
  readonly names: TemplateNames;
  readonly entry: string;
  readonly libs: readonly string[];
  readonly declared: DeclaredParameters;
  /** Whether a parameter says which Provider is asked. */
  readonly provider: boolean;
}

export function templateObject({ names, entry, libs, declared, provider }: TemplateParts): Json {
  const source: JsonObject = { version: 'v1', rego: entry, libs: [...libs] };
  return {
    apiVersion: 'templates.gatekeeper.sh/v1',
    kind: 'ConstraintTemplate',
    metadata: { name: names.template },
    spec: {
      crd: {
        spec: {
          names: { kind: names.kind },
          validation: { openAPIV3Schema: parametersSchema(declared, provider) },
        },
      },
      targets: [{ target: 'admission.k8s.gatekeeper.sh', code: [{ engine: 'Rego', source }] }],
    },
  };
}

export interface ConstraintParts {
  readonly names: TemplateNames;
  readonly source: Pick<PolicySource, 'data'>;
  readonly declared: DeclaredParameters;
  readonly about: Parameters<typeof constraintMatch>[0];
  readonly provider?: string;
}

/** The template put to work with the parameters that the data gives. */
export function constraintObject(parts: ConstraintParts): Json {
  const { names, source, declared, about, provider } = parts;
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: names.kind,
    metadata: { name: names.constraint },
    spec: {
      enforcementAction: 'deny',
      match: constraintMatch(about, exemptNamespaces(source.data)),
      parameters: {
        ...ownParameters(source.data, declared),
        ...(provider !== undefined && { provider }),
      },
    },
  };
}

/** Those that the policy declares, for data may be made for several; all where it declares none. */
function ownParameters(data: ObjectValue, declared: DeclaredParameters): JsonObject {
  const given = data.get('parameters');
  const entries = given === undefined ? [] : Object.entries(toJson(given) as JsonObject);
  return Object.fromEntries(entries.filter(([name]) => declared.size === 0 || declared.has(name)));
}

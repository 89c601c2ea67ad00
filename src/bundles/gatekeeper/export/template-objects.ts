import { type Json, type JsonObject, toJson } from '../../../values/index.ts';
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
  readonly about: Parameters<typeof constraintMatch>[0];
  readonly provider?: string;
}

/** The template put to work with the parameters that the policy has, where it may not say itself whom to leave alone. */
export function constraintObject({ names, source: { data }, about, provider }: ConstraintParts): Json {
  const parameters = data.get('parameters');
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: names.kind,
    metadata: { name: names.constraint },
    spec: {
      enforcementAction: 'deny',
      match: constraintMatch(about, exemptNamespaces(data)),
      parameters: {
        ...(parameters !== undefined && (toJson(parameters) as JsonObject)),
        ...(provider !== undefined && { provider }),
      },
    },
  };
}

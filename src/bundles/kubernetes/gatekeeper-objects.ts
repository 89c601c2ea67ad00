import type { Json } from '../../values/index.ts';
import { constraintMatch } from './constraint-match.ts';
import { imagesRego } from './images-template.ts';
import { doorUrl, encodedCaBundle, type Installation, installedName } from './installation.ts';

/** Seconds; the service answers after two at the latest. */
const PROVIDER_TIMEOUT = 3;

/** Gatekeeper's objects: the service as a provider, the template that asks it, and the constraint that applies it. */
export function gatekeeperObjects(installation: Installation): readonly Json[] {
  return [provider(installation), constraintTemplate, constraint(installation)];
}

function provider(installation: Installation): Json {
  return {
    apiVersion: 'externaldata.gatekeeper.sh/v1beta1',
    kind: 'Provider',
    metadata: { name: installedName(installation) },
    spec: {
      url: doorUrl(installation, 'gatekeeper', 'validate'),
      timeout: PROVIDER_TIMEOUT,
      caBundle: encodedCaBundle(installation),
    },
  };
}

const constraintTemplate: Json = {
  apiVersion: 'templates.gatekeeper.sh/v1',
  kind: 'ConstraintTemplate',
  metadata: {
    name: 'pratiqueimages',
    annotations: {
      'metadata.gatekeeper.sh/title': 'Images',
      description: 'Lets in only images of which the provider says that they are allowed.',
    },
  },
  spec: {
    crd: {
      spec: {
        names: { kind: 'PratiqueImages' },
        validation: {
          openAPIV3Schema: {
            type: 'object',
            required: ['provider'],
            properties: { provider: { type: 'string', description: 'The name of the Provider to ask.' } },
          },
        },
      },
    },
    targets: [{ target: 'admission.k8s.gatekeeper.sh', rego: imagesRego }],
  },
};

function constraint(installation: Installation): Json {
  return {
    apiVersion: 'constraints.gatekeeper.sh/v1beta1',
    kind: 'PratiqueImages',
    metadata: { name: installedName(installation) },
    spec: {
      enforcementAction: 'deny',
      match: constraintMatch('workloads', installation.exemptNamespaces),
      parameters: { provider: installedName(installation) },
    },
  };
}

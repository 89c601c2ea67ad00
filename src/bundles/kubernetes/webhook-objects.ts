import type { Json, JsonObject } from '../../values/index.ts';
import { bootstrapNamespaces } from './constraint-match.ts';
import {
  CA_PLACE,
  doorUrl,
  encodedCaBundle,
  type Installation,
  installedName,
  policyLabel,
} from './installation.ts';

/** What runs images, and the subresource by which a container is added to a pod that runs. */
const rules: readonly Json[] = [
  rule('', 'v1', ['pods', 'pods/ephemeralcontainers', 'podtemplates', 'replicationcontrollers']),
  rule('apps', 'v1', ['deployments', 'replicasets', 'statefulsets', 'daemonsets']),
  rule('batch', 'v1', ['jobs', 'cronjobs']),
];

const mirrorPod = [
  'has(request.userInfo.groups) && "system:nodes" in request.userInfo.groups',
  'has(object.metadata.annotations) && "kubernetes.io/config.mirror" in object.metadata.annotations',
].join(' && ');

/** The API server's own webhooks, for clusters without Gatekeeper: pin tags to digests, then decide. */
export function webhookObjects(installation: Installation): readonly Json[] {
  return [
    configuration('MutatingWebhookConfiguration', {
      ...webhook(installation, 'mutate'),
      reinvocationPolicy: 'IfNeeded',
    }),
    configuration('ValidatingWebhookConfiguration', webhook(installation, 'validate')),
  ];

  function configuration(kind: string, hook: JsonObject): Json {
    return {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind,
      metadata: { name: installedName(installation) },
      webhooks: [hook],
    };
  }
}

function webhook(installation: Installation, action: 'mutate' | 'validate'): JsonObject {
  const caBundle = encodedCaBundle(installation);
  return {
    name: `${action}.${policyLabel(installation)}.${installation.org}`,
    clientConfig: {
      url: doorUrl(installation, 'admission', action),
      // Without one the API server takes the roots of its system, as for a public certificate.
      ...(caBundle !== CA_PLACE && { caBundle }),
    },
    rules,
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    sideEffects: 'NoneOnDryRun',
    admissionReviewVersions: ['v1'],
    timeoutSeconds: 10,
    namespaceSelector: {
      matchExpressions: [
        {
          key: 'kubernetes.io/metadata.name',
          operator: 'NotIn',
          values: [...bootstrapNamespaces(installation.exemptNamespaces)],
        },
      ],
    },
    matchConditions: [
      // Mirror pods of static pods: they run already, and a node without them cannot start.
      { name: 'not-mirror-pods', expression: `!(${mirrorPod})` },
    ],
  };
}

function rule(group: string, version: string, resources: readonly string[]): Json {
  return {
    apiGroups: [group],
    apiVersions: [version],
    operations: ['CREATE', 'UPDATE'],
    resources: [...resources],
    scope: 'Namespaced',
  };
}

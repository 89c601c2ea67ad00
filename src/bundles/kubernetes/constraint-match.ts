import type { Json } from '../../values/index.ts';

/** Without these a cluster could not start what this policy is asked by. */
const systemNamespaces = ['kube-system', 'kube-node-lease', 'kube-public', 'gatekeeper-system'];

/** The namespaces that are not asked about, with those of the system. */
export function bootstrapNamespaces(exempt: readonly string[]): readonly string[] {
  return [...new Set([...systemNamespaces, ...exempt])];
}

/** The kinds that run images, as constraints list them. */
const workloads: readonly Json[] = [
  { apiGroups: [''], kinds: ['Pod', 'PodTemplate', 'ReplicationController'] },
  { apiGroups: ['apps'], kinds: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'] },
  { apiGroups: ['batch'], kinds: ['Job', 'CronJob'] },
];

/** The `match` of a constraint about whatever runs images, or about every kind of object. */
export function constraintMatch(about: 'workloads' | 'everything', exempt: readonly string[]): Json {
  return {
    kinds: about === 'workloads' ? [...workloads] : [{ apiGroups: ['*'], kinds: ['*'] }],
    excludedNamespaces: [...bootstrapNamespaces(exempt)],
  };
}

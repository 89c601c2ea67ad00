import type { ObjectValue, Value } from '../../values/index.ts';
import { objectAt, textAt } from './fields.ts';

/** A Kubernetes object with what decides whether a constraint matches it. */
export interface KubernetesObject {
  readonly value: ObjectValue;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly generateName: string;
  /** Empty where the object has none. */
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
}

export function toKubernetesObject(value: ObjectValue): KubernetesObject {
  return {
    value,
    ...groupVersion(textAt(value, 'apiVersion')),
    kind: textAt(value, 'kind'),
    name: textAt(value, 'metadata', 'name'),
    generateName: textAt(value, 'metadata', 'generateName'),
    namespace: textAt(value, 'metadata', 'namespace'),
    labels: labelsOf(objectAt(value, 'metadata', 'labels')),
  };
}

export function isNamespace({ group, kind }: KubernetesObject): boolean {
  return group === '' && kind === 'Namespace';
}

/** `apps/v1` is the version `v1` of the group `apps`, `v1` that of the core group. */
export function groupVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const at = apiVersion.indexOf('/');
  if (at === -1) return { group: '', version: apiVersion };
  return { group: apiVersion.slice(0, at), version: apiVersion.slice(at + 1) };
}

/** Labels that are not all texts count as none, as in Kubernetes' own reading of them. */
function labelsOf(labels: ObjectValue | undefined): ReadonlyMap<string, string> {
  const entries: readonly (readonly [Value, Value])[] = [...(labels?.entries() ?? [])];
  const texts = entries.filter(
    (entry): entry is readonly [string, string] =>
      typeof entry[0] === 'string' && typeof entry[1] === 'string',
  );
  return new Map(texts.length === entries.length ? texts : []);
}

import { ObjectBuilder, ObjectValue, type Value } from '../../values/index.ts';
import { isNamespace, type KubernetesObject } from './kubernetes-object.ts';

/** Objects of a cluster, as policies see them and as constraints need their namespaces. */
export interface Inventory {
  /** `data.inventory`. */
  readonly value: ObjectValue;
  readonly namespaces: ReadonlyMap<string, KubernetesObject>;
}

/**
 * `cluster[apiVersion][kind][name]` and `namespace[namespace][apiVersion][kind][name]`; a later object of
 * the same place takes that of an earlier one. https://open-policy-agent.github.io/gatekeeper/website/docs/sync
 */
export function toInventory(objects: readonly KubernetesObject[]): Inventory {
  let value = ObjectValue.empty;
  for (const object of objects) value = placed(value, placeOf(object), object.value);
  const namespaces = objects.filter(isNamespace).map(object => [object.name, object] as const);
  return { value, namespaces: new Map(namespaces) };
}

function placeOf({ group, version, kind, name, namespace }: KubernetesObject): readonly string[] {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  return namespace === ''
    ? ['cluster', apiVersion, kind, name]
    : ['namespace', namespace, apiVersion, kind, name];
}

function placed(tree: ObjectValue, [first, ...rest]: readonly string[], value: Value): ObjectValue {
  const before = tree.get(first!);
  const inner = before instanceof ObjectValue ? before : ObjectValue.empty;
  return new ObjectBuilder(tree).set(first!, rest.length === 0 ? value : placed(inner, rest, value)).build();
}

import { isObject, type ObjectValue, type Value } from '../../values/index.ts';
import { fieldAt, itemsAt, objectAt, textAt, textsAt } from './fields.ts';
import { isNamespace, type KubernetesObject } from './kubernetes-object.ts';
import { type LabelSelector, labelSelector } from './label-selector.ts';
import { type Read, unusable, usable } from './read.ts';

/** Which objects a constraint is about: its `spec.match`. */
export interface Match {
  /** Any of them, or every kind where there is none. */
  readonly kinds: readonly KindMatch[];
  readonly scope: string;
  readonly namespaces: readonly string[];
  readonly excludedNamespaces: readonly string[];
  readonly labels: LabelSelector | undefined;
  readonly namespaceLabels: LabelSelector | undefined;
  /** Empty for every name. */
  readonly name: string;
  /** `Original`, `Generated` or `All`. */
  readonly source: string;
}

interface KindMatch {
  readonly groups: readonly string[];
  readonly kinds: readonly string[];
}

const sources = ['All', 'Original', 'Generated'];

/** Everything is matched where there is no `spec.match`. */
export function readMatch(value: Value | undefined): Read<Match> {
  const problems: string[] = [];
  if (value !== undefined && value !== null && !isObject(value)) return unusable('spec.match is no object');
  const match = {
    kinds: itemsAt(value, 'kinds').map(item => ({
      groups: textsAt(item, 'apiGroups'),
      kinds: textsAt(item, 'kinds'),
    })),
    scope: textAt(value, 'scope'),
    namespaces: textsAt(value, 'namespaces'),
    excludedNamespaces: textsAt(value, 'excludedNamespaces'),
    labels: selectorAt(value, 'labelSelector', problems),
    namespaceLabels: selectorAt(value, 'namespaceSelector', problems),
    name: textAt(value, 'name'),
    source: textAt(value, 'source') || 'All',
  };
  if (!sources.includes(match.source))
    problems.push(`spec.match.source is none of ${sources.join(', ')}: ${JSON.stringify(match.source)}`);
  return problems.length > 0 ? unusable(...problems) : usable(match);
}

function selectorAt(value: Value | undefined, name: string, problems: string[]): LabelSelector | undefined {
  const found: ObjectValue | undefined = objectAt(value, name);
  if (found === undefined) return undefined;
  const own: string[] = [];
  const selector = labelSelector(found, own);
  problems.push(...own.map(problem => `spec.match.${name}: ${problem}`));
  return selector;
}

/**
 * Whether an object is matched; undefined where that cannot be known, because the labels of its
 * namespace decide and the namespace was not given. `namespace` is the object's own, where known.
 */
export function matches(
  match: Match,
  object: KubernetesObject,
  namespace: KubernetesObject | undefined,
): boolean | undefined {
  const found =
    matchesKind(match, object) &&
    matchesScope(match, object, namespace) &&
    matchesNamespace(match, object, namespace) &&
    (match.labels?.(object.labels) ?? true);
  if (!found) return false;
  const selected = matchesNamespaceLabels(match, object, namespace);
  if (selected !== true) return selected;
  return matchesName(match, object) && match.source !== 'Generated';
}

function matchesKind({ kinds }: Match, { group, kind }: KubernetesObject): boolean {
  if (kinds.length === 0) return true;
  return kinds.some(item => hasOrAny(item.groups, group) && hasOrAny(item.kinds, kind));
}

function hasOrAny(list: readonly string[], text: string): boolean {
  return list.length === 0 || list.includes('*') || list.includes(text);
}

function matchesScope({ scope }: Match, object: KubernetesObject, namespace: KubernetesObject | undefined) {
  const namespaced = !isNamespace(object) && (object.namespace !== '' || namespace !== undefined);
  if (scope === 'Cluster') return !namespaced;
  return scope !== 'Namespaced' || namespaced;
}

/** What has no namespace is not kept out by a list of namespaces. */
function matchesNamespace(match: Match, object: KubernetesObject, namespace: KubernetesObject | undefined) {
  const name = isNamespace(object) ? object.name : (namespace?.name ?? object.namespace);
  if (name === '' && !isNamespace(object)) return true;
  const { namespaces, excludedNamespaces } = match;
  if (namespaces.length > 0 && !namespaces.some(pattern => matchesWildcard(pattern, name))) return false;
  return !excludedNamespaces.some(pattern => matchesWildcard(pattern, name));
}

function matchesNamespaceLabels(
  { namespaceLabels }: Match,
  object: KubernetesObject,
  namespace: KubernetesObject | undefined,
): boolean | undefined {
  if (namespaceLabels === undefined) return true;
  if (isNamespace(object)) return namespaceLabels(object.labels);
  if (namespace !== undefined) return namespaceLabels(namespace.labels);
  return object.namespace === '' ? true : undefined;
}

/** A name that is yet to be made from `generateName` is matched where its beginning decides. */
function matchesName({ name }: Match, object: KubernetesObject): boolean {
  if (name === '' || matchesWildcard(name, object.name)) return true;
  return name.endsWith('*') && matchesWildcard(name, object.generateName);
}

/** `*` stands for any text at the start, at the end, or at both. */
function matchesWildcard(pattern: string, text: string): boolean {
  const open = pattern.startsWith('*');
  const close = pattern.endsWith('*');
  const middle = pattern.slice(open ? 1 : 0, close ? Math.max(pattern.length - 1, open ? 1 : 0) : undefined);
  if (open && close) return text.includes(middle);
  if (open) return text.endsWith(middle);
  return close ? text.startsWith(middle) : text === pattern;
}

/** Whether `spec.enforcementAction` lets a constraint be looked at here: scoped ones name their places. */
export function isEnforced(constraint: ObjectValue): boolean {
  if (textAt(constraint, 'spec', 'enforcementAction') !== 'scoped') return true;
  const actions = itemsAt(constraint, 'spec', 'scopedEnforcementActions');
  const points = actions.flatMap(action => itemsAt(fieldAt(action, 'enforcementPoints')));
  return points.some(point => ['*', 'gator.gatekeeper.sh'].includes(textAt(point, 'name')));
}

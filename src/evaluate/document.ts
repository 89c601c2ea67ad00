import { compare, isObject, isSet, ObjectBuilder, type Value } from '../values/index.ts';
import type { RuleNode } from './context.ts';
import { type Context, undefinedMark } from './context.ts';
import { collectedObject, groupValue } from './group.ts';
import { lookup, lookupBase } from './lookup.ts';
import type { PartialObject } from './partial-object.ts';

/** A place in `data` where rules and documents may meet: the node, and the document under its path. */
export class Cursor {
  readonly node: RuleNode;
  readonly base: Value | undefined;

  constructor(node: RuleNode, base: Value | undefined) {
    this.node = node;
    this.base = base;
  }
}

/** What stands under a key: a further place where rules are, a value where none are. */
export function step(context: Context, at: Value | Cursor, key: Value): Value | Cursor | undefined {
  if (!(at instanceof Cursor)) return lookup(at, key);
  const { node, base } = at;
  if (context.masks?.has(node)) return base === undefined ? undefined : lookupBase(base, key);
  if (node.group) {
    const value = nodeValue(context, at);
    return value === undefined ? undefined : lookup(value, key);
  }
  const below = base === undefined ? undefined : lookupBase(base, key);
  const child = typeof key === 'string' ? node.children.get(key) : undefined;
  return child ? new Cursor(child, below) : below;
}

/** The whole value of a place. */
export function valueAt(context: Context, at: Value | Cursor | undefined): Value | undefined {
  return at instanceof Cursor ? nodeValue(context, at) : at;
}

/** The keys that lead on from a place which is no value of its own yet, in order. */
export function childKeys(at: Cursor): Value[] {
  const keys = new Set<Value>(at.node.children.keys());
  if (at.base !== undefined && isObject(at.base)) for (const key of at.base.keys()) keys.add(key);
  return [...keys].sort(compare);
}

/** Whether a place has to be entered key by key, because no single value stands there. */
export function isOpen(context: Context, at: Value | Cursor): at is Cursor {
  return at instanceof Cursor && !at.node.group && !context.masks?.has(at.node);
}

function nodeValue(context: Context, at: Cursor): Value | undefined {
  const { node, base } = at;
  if (context.masks?.has(node)) return base;
  if (node.group && node.children.size === 0) return groupValue(context, node.group);
  const known = context.memo.get(node);
  if (known !== undefined) return known === undefinedMark ? undefined : known;
  const value = joined(context, at);
  context.memo.set(node, value === undefined ? undefinedMark : value);
  return value;
}

/** What stands below a place, rules and documents, as one object. */
function joined(context: Context, at: Cursor): Value | undefined {
  return at.node.group ? joinedRules(context, at.node) : joinedPackage(context, at);
}

/** A document wins over rules of its name; bundles in which both exist are refused when they are loaded. */
function joinedPackage(context: Context, { node, base }: Cursor): Value {
  const builder = new ObjectBuilder();
  for (const [name, child] of node.children) {
    const value = nodeValue(context, new Cursor(child, base === undefined ? undefined : lookup(base, name)));
    if (value !== undefined) builder.set(name, value);
  }
  if (base === undefined || !isObject(base)) return builder.build();
  for (const [key, value] of base.entries()) {
    const child = typeof key === 'string' ? node.children.get(key) : undefined;
    if (!child || child.group) builder.set(key, value);
  }
  return builder.build();
}

/**
 * Rules with keys in their heads, joined with those whose path begins with theirs. Where a key is known only
 * at run time, what gives nothing leaves no trace.
 */
function joinedRules(context: Context, { group, children }: RuleNode): Value {
  const into = collectedObject(context, group!);
  for (const child of children.values()) collectBelow(context, child, [], into, group!.fixed !== undefined);
  return into.build();
}

function collectBelow(
  context: Context,
  { group, path: whole, children }: RuleNode,
  above: readonly string[],
  into: PartialObject,
  empty: boolean,
): void {
  const path = [...above, whole.at(-1)!];
  if (!group && empty) into.ensure(path, 'object');
  if (group?.kind === 'object') into.absorb(path, collectedObject(context, group), empty);
  else if (group) {
    const value = groupValue(context, group);
    if (group.kind === 'set' && value !== undefined && isSet(value)) into.addAll(path, value, empty);
    else if (value !== undefined) into.put(path, value);
  }
  const emptyBelow = empty && (!group || group.fixed !== undefined);
  for (const child of children.values()) collectBelow(context, child, path, into, emptyBelow);
}

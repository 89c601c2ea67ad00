import { Halt } from '../base/index.ts';
import { compare, equals, isObject, ObjectBuilder, type Value } from '../values/index.ts';
import type { RuleNode } from './context.ts';
import { type Context, undefinedMark } from './context.ts';
import { groupValue } from './group.ts';
import { lookup } from './lookup.ts';

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
  if (context.masks?.has(node)) return base === undefined ? undefined : lookup(base, key);
  if (node.group) {
    const value = nodeValue(context, at);
    return value === undefined ? undefined : lookup(value, key);
  }
  const below = base === undefined ? undefined : lookup(base, key);
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

/** Rules, the documents beside them, and what stands below, as one object. */
function joined(context: Context, at: Cursor): Value | undefined {
  const builder = new ObjectBuilder();
  if (at.base !== undefined && isObject(at.base))
    for (const [key, value] of at.base.entries()) builder.set(key, value);
  for (const [name, child] of at.node.children) {
    const base = at.base === undefined ? undefined : lookup(at.base, name);
    const value = nodeValue(context, new Cursor(child, base));
    if (value === undefined) builder.delete(name);
    else builder.set(name, value);
  }
  const own = at.node.group && groupValue(context, at.node.group);
  return own === undefined ? builder.build() : merge(own, builder.build());
}

/** Two objects that rules give for one path; what both have must agree. */
function merge(a: Value, b: Value): Value {
  if (equals(a, b)) return a;
  if (!isObject(a) || !isObject(b)) throw new Halt('eval_conflict_error', 'object keys must be unique');
  const builder = new ObjectBuilder(a);
  for (const [key, value] of b.entries()) {
    const other = a.get(key);
    builder.set(key, other === undefined ? value : merge(other, value));
  }
  return builder.build();
}

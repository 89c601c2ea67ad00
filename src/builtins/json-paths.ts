import {
  hash,
  isArray,
  isObject,
  isSet,
  ObjectBuilder,
  type ObjectValue,
  SetBuilder,
  typeName,
  type Value,
} from '../values/index.ts';
import { BuiltinError } from './builtin.ts';

/** The keys from a document to a place in it. */
export type JsonPath = readonly Value[];

/** Paths joined by their common beginnings, by the hash of the key; `null` is the end of a path. */
export type PathTree = ReadonlyMap<string, PathTree | null>;

/** A path from its text, `a/b` with `~1` and `~0` escaped, or from an array of its keys. Throws BuiltinError. */
export function parsePath(path: Value): JsonPath {
  if (isArray(path)) return path;
  if (typeof path !== 'string')
    throw new BuiltinError(
      `operand 2 must be one of {set, array} containing string paths or array of path segments but got ${typeName(path)}`,
      'eval_type_error',
    );
  if (path === '') return [];
  const keys = path.replace(/^\/+/u, '').split('/');
  return keys.map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Of two paths of which one begins the other, the shorter stays. */
export function pathTree(paths: readonly JsonPath[]): PathTree {
  const root = new Map<string, PathTree | null>();
  for (const path of paths) if (path.length > 0) addPath(root, path);
  return root;
}

function addPath(root: Map<string, PathTree | null>, path: JsonPath): void {
  let node = root;
  for (const key of path.slice(0, -1)) {
    const name = hash(key);
    const child = node.get(name);
    if (child === null) return;
    const next = (child as Map<string, PathTree | null> | undefined) ?? new Map<string, PathTree | null>();
    if (child === undefined) node.set(name, next);
    node = next;
  }
  node.set(hash(path.at(-1)!), null);
}

/** What of the object lies on the paths. In an array, the keys are the texts of the places. */
export function filterPaths(object: ObjectValue, paths: PathTree): ObjectValue {
  return filtered(object, paths) as ObjectValue;
}

function filtered(value: Value, paths: PathTree | null): Value {
  if (paths === null) return value;
  if (isArray(value)) {
    const kept: Value[] = [];
    for (const [i, item] of value.entries()) {
      const below = paths.get(hash(String(i)));
      if (below !== undefined) kept.push(filtered(item, below));
    }
    return kept;
  }
  if (isSet(value)) {
    const builder = new SetBuilder();
    for (const item of value.items()) {
      const below = paths.get(hash(item));
      if (below !== undefined) builder.add(filtered(item, below));
    }
    return builder.build();
  }
  if (!isObject(value)) return value;
  const builder = new ObjectBuilder();
  for (const [key, item] of value.entries()) {
    const below = paths.get(hash(key));
    if (below !== undefined) builder.set(key, filtered(item, below));
  }
  return builder.build();
}

/** The object without what the paths name; later elements of an array move up. */
export function removePaths(object: ObjectValue, paths: PathTree): ObjectValue {
  return removed(object, paths) as ObjectValue;
}

/** Undefined where the value itself is named. */
function removed(value: Value, paths: PathTree | null | undefined): Value | undefined {
  if (paths === undefined) return value;
  if (paths === null) return undefined;
  if (isArray(value)) {
    const kept = value.map((item, i) => removed(item, paths.get(hash(String(i)))));
    return kept.filter(item => item !== undefined);
  }
  if (isSet(value)) {
    const builder = new SetBuilder();
    for (const item of value.items()) {
      const rest = removed(item, paths.get(hash(item)));
      if (rest !== undefined) builder.add(rest);
    }
    return builder.build();
  }
  if (!isObject(value)) return value;
  const builder = new ObjectBuilder();
  for (const [key, item] of value.entries()) {
    const rest = removed(item, paths.get(hash(key)));
    if (rest !== undefined) builder.set(key, rest);
  }
  return builder.build();
}

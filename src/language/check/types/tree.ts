import type { Value } from '../../../values/index.ts';
import {
  any,
  join,
  keyText,
  type ObjectType,
  objectType,
  setType,
  string,
  type Type,
  typeOfValue,
  type Unknown,
} from './type.ts';

/** Where a path leads: the type there, where one is known, and what is below. */
export class TypeNode {
  readonly key: Value;
  type: Type | Unknown;
  readonly children = new Map<string, TypeNode>();
  /** The type of everything here as one object; recomputed after a change. */
  private whole: Type | Unknown;

  constructor(key: Value = null) {
    this.key = key;
  }

  child(key: Value): TypeNode | undefined {
    return this.children.get(keyText(key));
  }

  /** The type of the whole document here: what is not known below it may be anything. */
  extent(): Type {
    if (this.type) return this.type;
    this.whole ??= objectType(
      [...this.children.values()]
        .filter(child => typeof child.key !== 'object')
        .map(child => ({ key: child.key, value: child.extent() })),
      { key: string, value: any },
    );
    return this.whole;
  }

  /** Sets the type at a path, whatever was known of it. */
  put(path: readonly Value[], type: Type): void {
    let at: TypeNode = this;
    for (const key of path) at = at.enter(key);
    at.whole = undefined;
    at.type = type;
  }

  /**
   * Adds what a rule gives at a path. Objects on the way get it as one more property, and an object
   * at the path takes in what is known below it.
   */
  insert(path: readonly Value[], type: Type): void {
    let at: TypeNode = this;
    at.whole = undefined;
    for (const [i, key] of path.entries()) {
      const rest = path.slice(i + 1);
      at = at.enter(key);
      if (at.type?.kind === 'object' && rest.length > 0) at.type = insertInto(at.type, rest, type);
    }
    const before = at.type;
    at.type = merge(before, type);
    if (type.kind !== 'object' || before?.kind === 'object') return;
    for (const [rest, leaf] of at.leaves()) {
      if (at.type?.kind === 'object') at.type = insertInto(at.type, rest, leaf);
    }
  }

  private enter(key: Value): TypeNode {
    this.whole = undefined;
    const text = keyText(key);
    const known = this.children.get(text);
    if (known) {
      known.whole = undefined;
      return known;
    }
    const made = new TypeNode(key);
    this.children.set(text, made);
    return made;
  }

  private *leaves(above: readonly Value[] = []): Generator<readonly [readonly Value[], Type]> {
    for (const child of this.children.values()) {
      const path = [...above, child.key];
      if (child.type) yield [path, child.type];
      else yield* child.leaves(path);
    }
  }
}

function insertInto(object: ObjectType, path: readonly Value[], type: Type): Type {
  const [first, ...rest] = path;
  if (first === undefined) return object;
  const key = typeOfValue(first);
  const empty = objectType([]);
  const value = rest.length === 0 || empty.kind !== 'object' ? type : insertInto(empty, rest, type);
  const dynamic = object.dynamic
    ? { key: join(object.dynamic.key, key), value: join(object.dynamic.value, value) }
    : { key, value };
  return objectType(object.properties.values(), dynamic);
}

/** What several rules of one path give: sets and objects grow, anything else is one or the other. */
function merge(a: Type | Unknown, b: Type | Unknown): Type | Unknown {
  if (!a || !b) return a ?? b;
  if (a.kind === 'set' && b.kind === 'set') return setType(join(a.of, b.of));
  if (a.kind === 'object' && b.kind === 'object' && a.properties.size === 0 && b.properties.size === 0) {
    if (!a.dynamic || !b.dynamic) return a.dynamic ? a : b;
    const value = merge(a.dynamic.value, b.dynamic.value);
    return objectType([], { key: join(a.dynamic.key, b.dynamic.key), value });
  }
  return join(a, b);
}

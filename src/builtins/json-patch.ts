import type { Budget } from '../base/index.ts';
import {
  equals,
  isArray,
  isNumber,
  isObject,
  isSet,
  ObjectBuilder,
  type ObjectValue,
  SetBuilder,
  type Value,
} from '../values/index.ts';
import { BuiltinError } from './builtin.ts';
import { type JsonPath, parsePath } from './json-paths.ts';

/**
 * The value after the operations of a JSON Patch (RFC 6902), or undefined where the last of them
 * removes the whole. An element of a set is its own key. Throws BuiltinError where an operation fails.
 */
export function applyPatches(budget: Budget, value: Value, patches: readonly Value[]): Value | undefined {
  const editor = new Editor(budget);
  let current: Value | undefined = value;
  for (const patch of patches) {
    if (!isObject(patch))
      return fail('must be an array of JSON-Patch objects, but at least one element is not an object');
    current = editor.apply(current, patch);
  }
  return current;
}

class Editor {
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  apply(value: Value | undefined, patch: ObjectValue): Value | undefined {
    const target = attribute(patch, 'path');
    const operation = attribute(patch, 'op');
    const path = parsePath(target);
    switch (operation) {
      case 'add':
        return this.insert(value, path, attribute(patch, 'value'));
      case 'remove':
        return this.remove(value, path);
      case 'replace':
        return this.insert(this.remove(value, path), path, attribute(patch, 'value'));
      case 'move': {
        const from = parsePath(attribute(patch, 'from'));
        const moved = find(value, from);
        return this.insert(this.remove(value, from), path, moved);
      }
      case 'copy':
        return this.insert(value, path, find(value, parsePath(attribute(patch, 'from'))));
      case 'test':
        if (equals(find(value, path), attribute(patch, 'value'))) return value;
        return fail('a value is not what the test expects');
      default:
        return fail(`unrecognized op: ${String(operation)}`);
    }
  }

  private insert(value: Value | undefined, path: JsonPath, added: Value): Value {
    if (path.length === 0) return added;
    return this.edit(value, path, (parent, key) => inserted(parent, key, added));
  }

  private remove(value: Value | undefined, path: JsonPath): Value | undefined {
    if (path.length === 0) return value === undefined ? missing('') : undefined;
    return this.edit(value, path, deleted);
  }

  /** The value with the container that holds the end of the path replaced by what `change` makes of it. */
  private edit(
    value: Value | undefined,
    path: JsonPath,
    change: (parent: Value, key: Value) => Value,
  ): Value {
    const parents: Value[] = [];
    let at = value;
    for (const key of path) {
      if (at === undefined) return missing(key);
      parents.push(at);
      this.budget.charge(sizeOf(at));
      if (parents.length < path.length) at = child(at, key);
    }
    let changed = change(parents.pop()!, path.at(-1)!);
    for (let i = parents.length - 1; i >= 0; i--) changed = withChild(parents[i]!, path[i]!, changed);
    return changed;
  }
}

function find(value: Value | undefined, path: JsonPath): Value {
  let at = value;
  for (const key of path) at = child(present(at, key), key);
  return present(at, '');
}

/** The value at a key of a container. */
function child(parent: Value, key: Value): Value {
  if (isObject(parent)) return present(parent.get(key), key);
  if (isSet(parent)) return parent.has(key) ? key : missing(key);
  if (isArray(parent)) return present(parent[indexOf(parent, key)], key);
  return missing(key);
}

/** The container with another value at a key that it has. */
function withChild(parent: Value, key: Value, value: Value): Value {
  if (isObject(parent)) return new ObjectBuilder(parent).set(key, value).build();
  if (isArray(parent)) return parent.with(indexOf(parent, key), value);
  return isSet(parent) ? setWithout(parent.items(), key, value) : missing(key);
}

function inserted(parent: Value, key: Value, value: Value): Value {
  if (isObject(parent)) return new ObjectBuilder(parent).set(key, value).build();
  if (isSet(parent)) {
    if (!equals(key, value)) return fail('a set key does not equal the value to be inserted');
    return setWithout(parent.items(), undefined, value);
  }
  if (!isArray(parent)) return missing(key);
  const index = indexOf(parent, key);
  if (index < 0 || index > parent.length) return fail('index for array insertion out of bounds');
  return parent.toSpliced(index, 0, value);
}

function deleted(parent: Value, key: Value): Value {
  child(parent, key);
  if (isArray(parent)) return parent.toSpliced(indexOf(parent, key), 1);
  if (isSet(parent)) return setWithout(parent.items(), key, undefined);
  const builder = new ObjectBuilder(parent as ObjectValue);
  builder.delete(key);
  return builder.build();
}

function setWithout(items: readonly Value[], gone: Value | undefined, added: Value | undefined): Value {
  const builder = new SetBuilder();
  for (const item of items) if (gone === undefined || !equals(item, gone)) builder.add(item);
  if (added !== undefined) builder.add(added);
  return builder.build();
}

/** The place in an array that a key means; `-` is past the end. */
function indexOf(array: readonly Value[], key: Value): number {
  if (typeof key === 'number' && Number.isInteger(key)) return key;
  if (key === '-') return array.length;
  if (typeof key !== 'string' || !/^(?:0|[+-]\d+|[1-9]\d*)$/u.test(key))
    return fail(isNumber(key) ? 'invalid number type for indexing' : 'invalid key for indexing');
  return Number(key);
}

function sizeOf(value: Value): number {
  return isArray(value) ? value.length : isObject(value) || isSet(value) ? value.size : 1;
}

function attribute(patch: ObjectValue, name: string): Value {
  const value = patch.get(name);
  return value === undefined ? fail(`missing required attribute '${name}'`) : value;
}

function present(value: Value | undefined, key: Value): Value {
  return value === undefined ? missing(key) : value;
}

function missing(key: Value): never {
  return fail(`the path does not exist${typeof key === 'string' && key !== '' ? ` at ${key}` : ''}`);
}

function fail(message: string): never {
  throw new BuiltinError(message);
}

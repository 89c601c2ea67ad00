import type { Type as DeclaredType } from '../../../builtins/types.ts';
import { isArray, isNumber, isObject, isSet, toRego, type Value } from '../../../values/index.ts';

/**
 * What the checker knows of a value. It differs from the types that built-in functions declare: a part
 * may be `undefined`, which is not known yet; keys of objects are any constants; and rules may be
 * functions. `size` counts the parts, `known` says that nothing in it is undefined.
 */
export type Type = ScalarType | ArrayType | ObjectType | SetType | UnionType | FunctionType;

export type Unknown = undefined;

interface Measured {
  readonly size: number;
  readonly known: boolean;
}

export interface ScalarType extends Measured {
  readonly kind: 'any' | 'null' | 'boolean' | 'number' | 'string';
}

export interface ArrayType extends Measured {
  readonly kind: 'array';
  readonly items: readonly (Type | Unknown)[];
  /** Of every further item. */
  readonly dynamic?: Type | Unknown;
}

export interface Property {
  readonly key: Value;
  readonly value: Type | Unknown;
}

export interface ObjectType extends Measured {
  readonly kind: 'object';
  /** By the text of the key. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly dynamic?: { readonly key: Type | Unknown; readonly value: Type | Unknown };
}

/** Without `of`: the empty set, or one of which nothing is known. */
export interface SetType extends Measured {
  readonly kind: 'set';
  readonly of?: Type | Unknown;
}

export interface UnionType extends Measured {
  readonly kind: 'union';
  readonly of: readonly Type[];
}

export interface FunctionType extends Measured {
  readonly kind: 'function';
  readonly args: readonly (Type | Unknown)[];
  readonly result?: Type | Unknown;
}

/** A type of more parts than this becomes `any`, a union of more members as well: comparing stays cheap. */
const LARGEST = 20_000;
const WIDEST = 200;

function scalar(kind: ScalarType['kind']): ScalarType {
  return { kind, size: 1, known: true };
}

export const any = scalar('any');
export const nullType = scalar('null');
export const boolean = scalar('boolean');
export const number = scalar('number');
export const string = scalar('string');

export function arrayType(items: readonly (Type | Unknown)[], dynamic?: Type): Type {
  return bounded({
    kind: 'array',
    items,
    ...(dynamic && { dynamic }),
    ...measure(dynamic ? [...items, dynamic] : items),
  });
}

export function objectType(properties: Iterable<Property>, dynamic?: ObjectType['dynamic']): Type {
  const byKey = new Map<string, Property>();
  for (const property of properties) byKey.set(keyText(property.key), property);
  const parts = [...byKey.values()].map(property => property.value);
  if (dynamic) parts.push(dynamic.key, dynamic.value);
  return bounded({ kind: 'object', properties: byKey, ...(dynamic && { dynamic }), ...measure(parts) });
}

export function setType(of: Type | Unknown): Type {
  return bounded({ kind: 'set', ...(of && { of }), ...measure([of]) });
}

export function functionType(args: readonly (Type | Unknown)[], result: Type | Unknown): Type {
  return bounded({ kind: 'function', args, ...(result && { result }), ...measure(args) });
}

/** A union of members that are not unions themselves. As in OPA, it is known even where a member is not. */
export function unionType(of: readonly Type[]): Type {
  return of.length > WIDEST ? any : bounded({ kind: 'union', of, ...measure(of), known: true });
}

/** Keys that are equal have one text. As Rego, not as JSON, in which keys that hold keys grow at each level. */
export function keyText(key: Value): string {
  return toRego(key);
}

/** The type of a constant. */
export function typeOfValue(value: Value): Type {
  if (value === null) return nullType;
  if (typeof value === 'boolean') return boolean;
  if (typeof value === 'string') return string;
  if (isNumber(value)) return number;
  if (isArray(value)) return arrayType(value.map(typeOfValue));
  if (isSet(value)) return setType(joinAll(value.items().map(typeOfValue)));
  if (!isObject(value)) return any;
  return objectType([...value.entries()].map(([key, each]) => ({ key, value: typeOfValue(each) })));
}

const declared = new WeakMap<DeclaredType, Type>();

/** The type that a built-in function declares. */
export function declaredType(type: DeclaredType): Type {
  const known = declared.get(type);
  if (known) return known;
  const converted = convert(type);
  declared.set(type, converted);
  return converted;
}

function convert(type: DeclaredType): Type {
  switch (type.kind) {
    case 'array':
      return arrayType(type.items.map(declaredType), type.dynamic && declaredType(type.dynamic));
    case 'object': {
      const dynamic = type.dynamic && {
        key: declaredType(type.dynamic.key),
        value: declaredType(type.dynamic.value),
      };
      return objectType(
        type.properties.map(({ key, value }) => ({ key, value: declaredType(value) })),
        dynamic,
      );
    }
    case 'set':
      return setType(declaredType(type.of));
    case 'union':
      return joinAll(type.of.map(declaredType)) ?? any;
    default:
      return scalars[type.kind];
  }
}

const scalars = { any, null: nullType, boolean, number, string } as const;

function measure(parts: readonly (Type | Unknown)[]): Measured {
  let size = 1;
  let known = true;
  for (const part of parts) {
    size += part?.size ?? 1;
    known = known && (part?.known ?? false);
  }
  return { size, known };
}

function bounded(type: Type): Type {
  return type.size > LARGEST ? any : type;
}

/** What is one of several types; unknown where there are none. */
export function joinAll(types: Iterable<Type | Unknown>): Type | Unknown {
  let joined: Type | Unknown;
  for (const type of types) joined = join(joined, type);
  return joined;
}

/** What is of one type or another. A function and something else have nothing in common. */
export function join(a: Type | Unknown, b: Type | Unknown): Type | Unknown {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  if (a.kind === 'function' || b.kind === 'function') return joinFunctions(a, b);
  if (a.kind === 'any' || b.kind === 'any') return any;
  const members = [...membersOf(a)];
  for (const member of membersOf(b)) if (!members.some(each => same(each, member))) members.push(member);
  return members.length === 1 ? members[0] : unionType(members);
}

function joinFunctions(a: Type, b: Type): Type | Unknown {
  if (a.kind !== 'function' || b.kind !== 'function' || a.args.length !== b.args.length) return undefined;
  const args = a.args.map((arg, i) => join(arg, b.args[i]));
  return functionType(args, join(a.result, b.result));
}

export function membersOf(type: Type): readonly Type[] {
  return type.kind === 'union' ? type.of : [type];
}

/** Whether two types say the same; the order of a union's members does not matter. */
export function same(a: Type | Unknown, b: Type | Unknown): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.size !== b.size) return false;
  switch (a.kind) {
    case 'array':
      return b.kind === 'array' && same(a.dynamic, b.dynamic) && sameList(a.items, b.items);
    case 'object':
      return b.kind === 'object' && sameObjects(a, b);
    case 'set':
      return b.kind === 'set' && same(a.of, b.of);
    case 'union':
      return (
        b.kind === 'union' &&
        a.of.length === b.of.length &&
        a.of.every(each => b.of.some(other => same(each, other)))
      );
    case 'function':
      return b.kind === 'function' && same(a.result, b.result) && sameList(a.args, b.args);
    default:
      return a.kind === b.kind;
  }
}

function sameList(a: readonly (Type | Unknown)[], b: readonly (Type | Unknown)[]): boolean {
  return a.length === b.length && a.every((each, i) => same(each, b[i]));
}

function sameObjects(a: ObjectType, b: ObjectType): boolean {
  if (a.properties.size !== b.properties.size || !a.dynamic !== !b.dynamic) return false;
  if (!same(a.dynamic?.key, b.dynamic?.key) || !same(a.dynamic?.value, b.dynamic?.value)) return false;
  for (const [key, { value }] of a.properties) {
    const other = b.properties.get(key);
    if (!other || !same(value, other.value)) return false;
  }
  return true;
}

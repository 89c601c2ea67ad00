import { isNumber, type Value } from '../../../values/index.ts';
import {
  any,
  joinAll,
  keyText,
  membersOf,
  number,
  same,
  type Type,
  typeOfValue,
  type Unknown,
} from './type.ts';

/** What keys a value of this type has; unknown where it has none. */
export function keysOf(type: Type | Unknown): Type | Unknown {
  switch (type?.kind) {
    case 'any':
      return any;
    case 'array':
      return number;
    case 'object':
      return joinAll([
        ...[...type.properties.values()].map(({ key }) => typeOfValue(key)),
        type.dynamic?.key,
      ]);
    case 'set':
      return type.of;
    case 'union':
      return joinAll(type.of.map(keysOf));
    default:
      return undefined;
  }
}

/** What stands at the keys of a value of this type; unknown where there is nothing. */
export function valuesOf(type: Type | Unknown): Type | Unknown {
  switch (type?.kind) {
    case 'any':
      return any;
    case 'array':
      return joinAll([...type.items, type.dynamic]);
    case 'object':
      return joinAll([...[...type.properties.values()].map(({ value }) => value), type.dynamic?.value]);
    case 'set':
      return type.of;
    case 'union':
      return joinAll(type.of.map(valuesOf));
    default:
      return undefined;
  }
}

/** What stands at one constant key; unknown where the type has no such key. */
export function select(type: Type | Unknown, key: Value): Type | Unknown {
  switch (type?.kind) {
    case 'any':
      return any;
    case 'array':
      return isNumber(key) && Number.isInteger(key) && (key as number) >= 0
        ? (type.items[key as number] ?? type.dynamic)
        : undefined;
    case 'object': {
      const property = type.properties.get(keyText(key));
      if (property) return property.value;
      return type.dynamic && includes(type.dynamic.key, typeOfValue(key)) ? type.dynamic.value : undefined;
    }
    case 'set': {
      const wanted = typeOfValue(key);
      if (same(type.of, wanted)) return type.of;
      return type.of && includes(type.of, wanted) ? wanted : undefined;
    }
    case 'union':
      return joinAll(type.of.map(member => select(member, key)));
    default:
      return undefined;
  }
}

/** Whether a type is another or has it as a member; `any` has all but functions. */
export function includes(type: Type | Unknown, other: Type): boolean {
  if (type === undefined) return false;
  if (type.kind === 'any') return other.kind !== 'function';
  return membersOf(type).some(member => same(member, other));
}

/** Whether a collection of this type can hold nothing at all. */
export function isEmptyCollection(type: Type): boolean {
  switch (type.kind) {
    case 'array':
      return type.items.length === 0 && !type.dynamic;
    case 'object':
      return type.properties.size === 0 && !type.dynamic;
    case 'set':
      return !type.of;
    default:
      return false;
  }
}

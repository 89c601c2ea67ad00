import { BigNumber } from './big-number.ts';
import { ObjectValue } from './object-value.ts';
import { SetValue } from './set-value.ts';
import type { TypeName, Value } from './value.ts';

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ObjectValue {
  return value instanceof ObjectValue;
}

export function isSet(value: Value): value is SetValue {
  return value instanceof SetValue;
}

export function isNumber(value: Value): value is number | BigNumber {
  return typeof value === 'number' || value instanceof BigNumber;
}

/** The name that `type_name` gives. */
export function typeName(value: Value): TypeName {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'string':
      return typeof value as TypeName;
    default:
      if (isArray(value)) return 'array';
      if (isObject(value)) return 'object';
      return isSet(value) ? 'set' : 'number';
  }
}

import {
  type BigNumber,
  isArray,
  isNumber,
  isObject,
  isSet,
  type ObjectValue,
  type SetValue,
  type TypeName,
  toBigInt,
  typeName,
  type Value,
} from '../values/index.ts';
import { BuiltinError } from './builtin.ts';

/** Each `asX` gives the operand as what it must be, or throws the type error that OPA words so. */
export function asString(value: Value, position: number): string {
  return typeof value === 'string' ? value : mismatch(value, position, 'string');
}

export function asBoolean(value: Value, position: number): boolean {
  return typeof value === 'boolean' ? value : mismatch(value, position, 'boolean');
}

export function asNumber(value: Value, position: number): number | BigNumber {
  return isNumber(value) ? value : mismatch(value, position, 'number');
}

/** A whole number of 64 bits; one that no double holds exactly as the nearest that a double does. */
export function asInteger(value: Value, position: number): number {
  if (!isNumber(value)) return mismatch(value, position, 'number');
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const whole = toBigInt(value);
  if (whole !== undefined && BigInt.asIntN(64, whole) === whole)
    return whole < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
  throw new BuiltinError(
    `operand ${position} must be integer number but got floating-point number`,
    'eval_type_error',
  );
}

export function asArray(value: Value, position: number): readonly Value[] {
  return isArray(value) ? value : mismatch(value, position, 'array');
}

export function asObject(value: Value, position: number): ObjectValue {
  return isObject(value) ? value : mismatch(value, position, 'object');
}

export function asSet(value: Value, position: number): SetValue {
  return isSet(value) ? value : mismatch(value, position, 'set');
}

/** Throws "operand 1 must be string but got number"; several wanted types become "one of {…}". */
export function mismatch(value: Value, position: number, ...wanted: readonly TypeName[]): never {
  const expected = wanted.length === 1 ? wanted[0] : `one of {${wanted.join(', ')}}`;
  throw new BuiltinError(
    `operand ${position} must be ${expected} but got ${typeName(value)}`,
    'eval_type_error',
  );
}

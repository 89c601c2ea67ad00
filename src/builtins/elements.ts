import {
  type BigNumber,
  isArray,
  isNumber,
  isSet,
  type RegoNumber,
  type TypeName,
  toBigInt,
  typeName,
  type Value,
} from '../values/index.ts';
import { BuiltinError } from './builtin.ts';
import { mismatch } from './operands.ts';

const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/** The elements of an array, or of a set in order. */
export function asCollection(value: Value, position: number): readonly Value[] {
  if (isArray(value)) return value;
  return isSet(value) ? value.items() : mismatch(value, position, 'set', 'array');
}

/** An array or set of strings. */
export function asStrings(value: Value, position: number): readonly string[] {
  const items = asCollection(value, position);
  for (const item of items) if (typeof item !== 'string') elementMismatch(value, position, item, 'string');
  return items as readonly string[];
}

/** An array or set of numbers. */
export function asNumbers(value: Value, position: number): readonly RegoNumber[] {
  const items = asCollection(value, position);
  for (const item of items) if (!isNumber(item)) elementMismatch(value, position, item, 'number');
  return items as readonly (number | BigNumber)[];
}

/** Throws "operand 1 must be array of strings but got array containing number". */
export function elementMismatch(
  collection: Value,
  position: number,
  element: Value,
  wanted: TypeName,
): never {
  const kind = typeName(collection);
  throw new BuiltinError(
    `operand ${position} must be ${kind} of ${wanted}s but got ${kind} containing ${typeName(element)}`,
    'eval_type_error',
  );
}

/** A whole number of any size. */
export function asBigInt(value: Value, position: number): bigint {
  if (!isNumber(value)) {
    throw typeError(`operand ${position} must be integer but got ${typeName(value)}`);
  }
  const integer = computed(() => toBigInt(value));
  if (integer === undefined) throw notInteger(position);
  return integer;
}

/**
 * A whole number of 64 bits, as a place or a count: one that doubles do not hold exactly is beyond
 * any length, and comes back as the greatest or least that they do.
 */
export function asIndex(value: Value, position: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (!isNumber(value)) return mismatch(value, position, 'number');
  const integer = computed(() => toBigInt(value));
  if (integer === undefined || integer < minInt64 || integer > maxInt64) throw notInteger(position);
  return integer < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/** What `compute` gives, a number too large to compute with being an error of the built-in function. */
export function computed<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) throw new BuiltinError(error.message);
    throw error;
  }
}

export function typeError(message: string): BuiltinError {
  return new BuiltinError(message, 'eval_type_error');
}

function notInteger(position: number): BuiltinError {
  return typeError(`operand ${position} must be integer number but got floating-point number`);
}

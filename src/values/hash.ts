import { Composite } from './composite.ts';
import type { Scalar, Value } from './value.ts';

export function isScalar(value: Value): value is Scalar {
  return value === null || typeof value !== 'object';
}

/** A text that is the same for equal values and differs for others; remembered by objects and sets. */
export function hash(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value !== 'object') return String(value);
  return value instanceof Composite ? value.hash() : `[${value.map(hash).join()}]`;
}

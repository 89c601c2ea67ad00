import { Composite } from './composite.ts';
import { spend } from './meter.ts';
import type { Scalar, Value } from './value.ts';

export function isScalar(value: Value): value is Scalar {
  return value === null || typeof value !== 'object';
}

/** A text that is the same for equal values and differs for others; remembered by objects and sets. */
export function hash(value: Value): string {
  if (typeof value === 'string') return hashString(value);
  if (value === null || typeof value !== 'object') return String(value);
  return value instanceof Composite ? value.hash() : `[${hashList(value)}]`;
}

/** The elements, one after another. */
export function hashList(values: readonly Value[]): string {
  spend(1);
  const text = values.map(hash).join();
  spend(text.length >> 6);
  return text;
}

function hashString(value: string): string {
  spend(value.length >> 4);
  return JSON.stringify(value);
}

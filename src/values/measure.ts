import { BigNumber } from './big-number.ts';
import { isScalar } from './hash.ts';
import { ObjectValue } from './object-value.ts';
import { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

export interface Extent {
  readonly size: number;
  readonly depth: number;
}

/**
 * Which bound a value goes beyond when it is written out in full, undefined where none. Its size is one
 * for each of its parts and one for 16 characters, parts that it shares with itself counted again. In a key that
 * is a collection each counts twice, and each character: its text stands in a text, where a quote takes another
 * character at every level. Takes no longer than a value within the bounds would.
 */
export function measure(value: Value, bounds: Extent): keyof Extent | undefined {
  let left = bounds.size;
  const walk = (part: Value, depth: number, weight: number): keyof Extent | undefined => {
    left -= weight * (typeof part === 'string' ? 1 + (weight > 1 ? part.length : part.length >> 4) : 1);
    if (left < 0) return 'size';
    if (part === null || typeof part !== 'object' || part instanceof BigNumber) return undefined;
    if (depth <= 0) return 'depth';
    if (part instanceof SetValue) return walkAll(part.items(), depth - 1, weight);
    if (part instanceof ObjectValue)
      return walkKeys(part.keys(), depth - 1, weight) ?? walkAll(part.values(), depth - 1, weight);
    return walkAll(part, depth - 1, weight);
  };
  const walkKeys = (keys: readonly Value[], depth: number, weight: number): keyof Extent | undefined => {
    for (const key of keys) {
      const beyond = walk(key, depth, isScalar(key) ? weight : 2 * weight);
      if (beyond !== undefined) return beyond;
    }
    return undefined;
  };
  const walkAll = (parts: readonly Value[], depth: number, weight: number): keyof Extent | undefined => {
    for (const part of parts) {
      const beyond = walk(part, depth, weight);
      if (beyond !== undefined) return beyond;
    }
    return undefined;
  };
  return walk(value, bounds.depth, 1);
}

import { BigNumber } from './big-number.ts';
import { ObjectValue } from './object-value.ts';
import { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

export interface Extent {
  readonly size: number;
  readonly depth: number;
}

/**
 * Which bound a value goes beyond when it is written out in full, undefined where none. Its size is one
 * for each of its parts and one for 16 characters, parts that it shares with itself counted again. Takes
 * no longer than a value within the bounds would.
 */
export function measure(value: Value, bounds: Extent): keyof Extent | undefined {
  let left = bounds.size;
  const walk = (part: Value, depth: number): keyof Extent | undefined => {
    left -= typeof part === 'string' ? 1 + (part.length >> 4) : 1;
    if (left < 0) return 'size';
    if (part === null || typeof part !== 'object' || part instanceof BigNumber) return undefined;
    if (depth <= 0) return 'depth';
    if (part instanceof SetValue) return walkAll(part.items(), depth - 1);
    if (part instanceof ObjectValue)
      return walkAll(part.keys(), depth - 1) ?? walkAll(part.values(), depth - 1);
    return walkAll(part, depth - 1);
  };
  const walkAll = (parts: readonly Value[], depth: number): keyof Extent | undefined => {
    for (const part of parts) {
      const beyond = walk(part, depth);
      if (beyond !== undefined) return beyond;
    }
    return undefined;
  };
  return walk(value, bounds.depth);
}

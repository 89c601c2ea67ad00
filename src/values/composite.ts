import type { Value } from './value.ts';

/** Where a kind of value stands in Rego's order. */
export const rank = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5, set: 6 } as const;

/** A value that JavaScript cannot compare by itself, arrays apart. */
export abstract class Composite {
  abstract readonly rank: number;

  /** A text that is the same for equal values and differs for others. */
  abstract hash(): string;

  /** Orders against a value of the same rank. */
  abstract compareTo(other: Value): number;

  /** Whether `other`, of any kind, is the same value. */
  abstract equals(other: Value): boolean;
}

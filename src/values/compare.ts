import { Composite, rank } from './composite.ts';
import { spend } from './meter.ts';
import type { Value } from './value.ts';

/** Characters from which comparing a text is charged. */
const LONG = 4096;

/** Negative, zero or positive, in Rego's total order: null, booleans, numbers, strings, arrays, objects, sets. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const difference = rankOf(a) - rankOf(b);
  if (difference !== 0) return difference;
  if (a instanceof Composite) return a.compareTo(b);
  if (b instanceof Composite) return -b.compareTo(a);
  if (typeof a === 'boolean') return a ? 1 : -1;
  return compareLists(a as readonly Value[], b as readonly Value[]);
}

/** Whether two values are the same value. */
export function equals(a: Value, b: Value): boolean {
  if (typeof a === 'string') return typeof b === 'string' && equalStrings(a, b);
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Composite) return a.equals(b);
  return !(b instanceof Composite) && equalLists(a, b);
}

/** Only texts of one length are looked at, and looking at long ones takes time. */
function equalStrings(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  if (a.length > LONG) spend(a.length >> 12);
  return a === b;
}

/** Orders by code point, as UTF-8 bytes would be ordered. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Element by element, then the shorter first. */
export function compareLists(a: readonly Value[], b: readonly Value[]): number {
  spend(1 + (a.length >> 4));
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function equalLists(a: readonly Value[], b: readonly Value[]): boolean {
  spend(1 + (a.length >> 4));
  return a.length === b.length && a.every((item, i) => equals(item, b[i]!));
}

/** Surrogates stand for code points above every other UTF-16 unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function rankOf(value: Value): number {
  if (value === null) return rank.null;
  switch (typeof value) {
    case 'boolean':
      return rank.boolean;
    case 'number':
      return rank.number;
    case 'string':
      return rank.string;
    default:
      return value instanceof Composite ? value.rank : rank.array;
  }
}

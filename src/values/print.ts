import { BigNumber } from './big-number.ts';
import { spend } from './meter.ts';
import { printNumber } from './number.ts';
import { ObjectValue } from './object-value.ts';
import { quote } from './quote.ts';
import { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/**
 * A value as Rego text, as OPA prints terms: `{"a": [1, null]}`, `{1, 2}`, `set()`. Keys and
 * elements are in order. Strings are quoted; `sprintf` and messages print a string alone as it is.
 * `reserve` is told of the characters of each part, and may throw: a value that shares its parts can
 * be small and its text huge.
 */
export function toRego(value: Value, reserve: (length: number) => void = () => {}): string {
  const text = printScalar(value);
  if (text !== undefined) {
    reserve(text.length);
    spend(text.length >> 4);
    return text;
  }
  reserve(2);
  spend(1);
  if (value instanceof SetValue) {
    return value.size === 0 ? 'set()' : `{${printList(value.items(), reserve)}}`;
  }
  if (!(value instanceof ObjectValue)) return `[${printList(value as readonly Value[], reserve)}]`;
  const entries: string[] = [];
  for (const [key, item] of value.entries())
    entries.push(`${toRego(key, reserve)}: ${toRego(item, reserve)}`);
  return `{${entries.join(', ')}}`;
}

function printScalar(value: Value): string | undefined {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' || value instanceof BigNumber ? printNumber(value) : undefined;
}

function printList(items: readonly Value[], reserve: (length: number) => void): string {
  return items.map(item => toRego(item, reserve)).join(', ');
}

import { BigNumber } from './big-number.ts';
import { printNumber } from './number.ts';
import { ObjectValue } from './object-value.ts';
import { quote } from './quote.ts';
import { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/**
 * A value as Rego text, as OPA prints terms: `{"a": [1, null]}`, `{1, 2}`, `set()`. Keys and
 * elements are in order. Strings are quoted; `sprintf` and messages print a string alone as it is.
 */
export function toRego(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || value instanceof BigNumber) return printNumber(value);
  if (value instanceof SetValue) {
    return value.size === 0 ? 'set()' : `{${value.items().map(toRego).join(', ')}}`;
  }
  if (!(value instanceof ObjectValue)) return `[${value.map(toRego).join(', ')}]`;
  const entries = [...value.entries()].map(([key, item]) => `${toRego(key)}: ${toRego(item)}`);
  return `{${entries.join(', ')}}`;
}

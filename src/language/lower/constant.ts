import type { Term } from '../../../grammar/index.ts';
import { ObjectValue, parseNumber, SetValue, type Value } from '../../values/index.ts';

/** The value of a term that is written out whole; undefined where anything in it must be evaluated. */
export function constantOf(term: Term): Value | undefined {
  switch (term.kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'string':
      return term.value;
    case 'number':
      return parseNumber(term.text);
    case 'array':
      return allOf(term.items);
    case 'set': {
      const items = allOf(term.items);
      return items && SetValue.of(items);
    }
    case 'object': {
      const keys = allOf(term.entries.map(entry => entry.key));
      const values = allOf(term.entries.map(entry => entry.value));
      return keys && values && ObjectValue.of(keys.map((key, i) => [key, values[i]!] as const));
    }
    default:
      return undefined;
  }
}

function allOf(terms: readonly Term[]): Value[] | undefined {
  const values: Value[] = [];
  for (const term of terms) {
    const value = constantOf(term);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

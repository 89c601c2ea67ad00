import type { ObjectEntry, Term } from '../../../grammar/index.ts';
import { parseNumber, printNumber } from '../../values/index.ts';

/** The entries of an object as it is meant: of several whose keys are written alike, the last counts. */
export function distinctEntries(entries: readonly ObjectEntry[]): readonly ObjectEntry[] {
  if (entries.length < 2) return entries;
  const byKey = new Map<string, ObjectEntry>();
  for (const [i, entry] of entries.entries()) byKey.set(keyText(entry.key) ?? `entry ${i}`, entry);
  return byKey.size === entries.length ? entries : [...byKey.values()];
}

/** The same for keys that are the same term; undefined where a wildcard makes each its own. */
function keyText(key: Term): string | undefined {
  if (key.kind === 'string') return JSON.stringify(key.value);
  let own = false;
  const text = JSON.stringify(key, (name, part: unknown) => {
    if (name === 'span' || name === 'raw' || name === 'operatorSpan') return undefined;
    if (isNumber(part)) return printNumber(parseNumber(part.text) ?? 0);
    if (isWildcard(part)) own = true;
    return part;
  });
  return own ? undefined : text;
}

function isNumber(part: unknown): part is Extract<Term, { kind: 'number' }> {
  return typeof part === 'object' && part !== null && 'kind' in part && part.kind === 'number';
}

function isWildcard(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'name' in part && part.name === '_';
}

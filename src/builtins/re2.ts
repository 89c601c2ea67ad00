import { RE2JS } from 're2js';
import { BoundedCache } from './bounded-cache.ts';
import { BuiltinError } from './builtin.ts';

const compiled = new BoundedCache<RE2JS>(200);

/** The compiled pattern in RE2 syntax, matched in linear time; throws BuiltinError where it is no pattern. */
export function compileRegex(pattern: string): RE2JS {
  return compiled.get(pattern, () => {
    try {
      return RE2JS.compile(pattern);
    } catch (error) {
      throw new BuiltinError(error instanceof Error ? error.message : String(error));
    }
  });
}

/** Start and end of a match and of each of its groups, in UTF-16 units; -1 for a group that took no part. */
export type MatchIndexes = readonly number[];

/** The successive matches, at most `count` of them; all where it is negative. */
export function findMatches(regex: RE2JS, text: string, count: number): readonly MatchIndexes[] {
  return (regex.re2().findAllSubmatchIndex(text, count) as MatchIndexes[] | null) ?? [];
}

/** The text of a group of a match; empty where it took no part. */
export function groupText(text: string, match: MatchIndexes, group: number): string {
  const start = match[2 * group] ?? -1;
  return start < 0 ? '' : text.slice(start, match[2 * group + 1]);
}

/** The text as a pattern that matches it alone. */
export function quoteRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/gu, '\\$&');
}

import type { Value } from '../../values/index.ts';
import { groundKey } from '../check/rule-tree.ts';
import { keyText } from '../check/types/type.ts';
import type { NormalRule } from '../normal/normal.ts';

/** What stands at a path of keys even where no rule gives anything. */
export interface Fixture {
  readonly path: readonly Value[];
  readonly makes: 'set' | 'object';
}

/**
 * The sets and objects that rules of one path make below it by constant keys alone, from the top down. As
 * in OPA, a key that is known only at run time leaves no trace, nor do the keys beside it: undefined where
 * the first keys hold one.
 */
export function fixturesOf(
  rules: readonly NormalRule[],
  above: readonly Value[] = [],
): Fixture[] | undefined {
  const byKey = new Map<string, { readonly key: Value; readonly rules: NormalRule[] }>();
  for (const rule of rules) {
    const part = rule.dynamicPath[above.length];
    const key = part && groundKey(part);
    if (key === undefined) return undefined;
    const known = byKey.get(keyText(key));
    if (known) known.rules.push(rule);
    else byKey.set(keyText(key), { key, rules: [rule] });
  }
  return [...byKey.values()].flatMap(({ key, rules: below }) => fixturesAt(below, [...above, key]));
}

function fixturesAt(rules: readonly NormalRule[], path: readonly Value[]): Fixture[] {
  if (rules.every(rule => rule.dynamicPath.length > path.length))
    return [{ path, makes: 'object' }, ...(fixturesOf(rules, path) ?? [])];
  const isSet = rules.every(rule => rule.kind === 'partialSet' && rule.dynamicPath.length === path.length);
  return isSet ? [{ path, makes: 'set' }] : [];
}

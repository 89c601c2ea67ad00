import type { Value } from '../../../values/index.ts';
import type { NormalRule, Operand } from '../../normal/normal.ts';
import { groundKey } from '../rule-tree.ts';

/** The path of a rule from `data` to its first key that is no constant. */
export function groundPath(rule: NormalRule): Value[] {
  const path: Value[] = ['data', ...rule.path];
  for (const part of rule.dynamicPath) {
    const key = groundKey(part);
    if (key === undefined) break;
    path.push(key);
  }
  return path;
}

/** The keys of a rule that follow its ground path. */
export function dynamicSuffix(rule: NormalRule): readonly Operand[] {
  const first = rule.dynamicPath.findIndex(part => groundKey(part) === undefined);
  return first < 0 ? [] : rule.dynamicPath.slice(first);
}

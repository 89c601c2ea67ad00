import type { Value } from '../../../values/index.ts';
import type { NormalRule, Operand } from '../../normal/normal.ts';

/** The path of a rule from `data` to its first key that is no constant. */
export function groundPath(rule: NormalRule): Value[] {
  const path: Value[] = ['data', ...rule.path];
  for (const part of rule.dynamicPath) {
    if (part.kind !== 'const') break;
    path.push(part.value);
  }
  return path;
}

/** The keys of a rule that follow its ground path. */
export function dynamicSuffix(rule: NormalRule): readonly Operand[] {
  const first = rule.dynamicPath.findIndex(part => part.kind !== 'const');
  return first < 0 ? [] : rule.dynamicPath.slice(first);
}

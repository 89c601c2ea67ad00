import { isObject, type Value } from '../../values/index.ts';
import type { Plan } from './plan.ts';

/**
 * The paths (without `data`) at which a document stands where a rule does, or where a rule would
 * have to stand below it. Such data must not be loaded: it could hide what a rule says.
 */
export function dataConflicts(plan: Plan, data: Value): (readonly string[])[] {
  return plan.groups.map(group => group.path).filter(path => meets(data, path));
}

function meets(data: Value, path: readonly string[]): boolean {
  let at: Value | undefined = data;
  for (const name of path) {
    if (!isObject(at)) return true;
    at = at.get(name);
    if (at === undefined) return false;
  }
  return true;
}

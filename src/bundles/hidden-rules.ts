import type { Diagnostic } from '../base/index.ts';
import { type CheckedModules, dataConflicts, type Plan } from '../language/index.ts';
import type { ObjectValue } from '../values/index.ts';

/** Data that stands where a rule does would hide it, or be hidden by it. */
export function hiddenRules(checked: CheckedModules, plan: Plan, data: ObjectValue): readonly Diagnostic[] {
  return dataConflicts(plan, data).flatMap(path => {
    const rule = checked.tree.find(path)?.rules[0];
    if (rule === undefined) return [];
    const { source, headSpan: span } = rule;
    const message = `conflicting rule for data path ${path.join('/')} found`;
    return [{ code: 'rego_compile_error', severity: 'error', message, source, span }];
  });
}

import type { NormalRule, Operand } from '../normal/normal.ts';
import type { UnsafeUse } from './unsafe.ts';
import { Uses } from './unsafe.ts';
import { walkGoal, walkOperand } from './variables.ts';

/** Hands over the locals of a rule's head that neither its arguments nor its body mention. */
export function checkHead(rule: NormalRule, unsafe: (use: UnsafeUse) => void): void {
  const known = new Set<UnsafeUse['local']>();
  for (const argument of rule.args ?? []) walkOperand(argument, use => known.add(use.local));
  for (const branch of rule.branches) {
    const mentioned = new Set(known);
    for (const goal of branch.body.goals) walkGoal(goal, use => mentioned.add(use.local));
    const missing = new Uses();
    const results: Operand[] = [...rule.dynamicPath, ...(branch.key ? [branch.key] : []), branch.value];
    for (const result of results) walkOperand(result, use => missing.add(use, use.span, mentioned));
    missing.report(use => unsafe({ ...use, near: namesOf(mentioned) }));
  }
}

function namesOf(locals: ReadonlySet<UnsafeUse['local']>): string[] {
  return [...locals].filter(local => !local.generated && local.name !== '_').map(local => local.name);
}

import { declarations } from '../builtins/index.ts';
import type { Plan } from '../language/index.ts';

/** The names of the functions by which a policy can ask for evidence, sorted. */
export function evidenceFunctions(plan: Plan): readonly string[] {
  const found = new Set<string>();
  const open: unknown[] = [plan.groups];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('target' in node) noteTarget(node.target, found);
    open.push(...Object.values(node));
  }
  return [...found].sort();
}

function noteTarget(target: unknown, found: Set<string>): void {
  const name = (target as { readonly name?: unknown } | undefined)?.name;
  if (typeof name === 'string' && declarations.get(name)?.evidence === true) found.add(name);
}

import type { Goal, WithModifier, WithTarget } from '../normal/normal.ts';
import type { Problem } from '../normal/stages.ts';
import { pathText } from './path-text.ts';
import type { RuleTree } from './rule-tree.ts';

/** Reports `with` modifiers that replace what cannot be replaced. */
export function checkModifiers(
  goals: Iterable<Goal>,
  tree: RuleTree,
  report: (problem: Problem) => void,
): void {
  let last: readonly WithModifier[] | undefined;
  for (const goal of goals) {
    if (goal.with === last) continue;
    last = goal.with;
    for (const { target } of goal.with) checkTarget(target, tree, report);
  }
}

function checkTarget(target: WithTarget, tree: RuleTree, report: (problem: Problem) => void): void {
  const { span } = target;
  const code = 'rego_compile_error';
  if (target.kind === 'data') {
    const rule = ruleAbove(target.path, tree);
    if (!rule) return;
    const message = 'with cannot replace a part of what a rule gives';
    report({ code, span, message, hint: `replace the whole of ${pathText(rule)}` });
  } else if (target.kind === 'builtin') {
    const why = irreplaceable(target);
    if (why) report({ code, span, message: `with cannot replace ${target.name}: ${why}` });
  }
}

/** The path of a rule strictly above a path. */
function ruleAbove(path: readonly string[], tree: RuleTree): readonly string[] | undefined {
  for (let length = 1; length < path.length; length++) {
    const node = tree.find(path.slice(0, length));
    if (!node) return undefined;
    if (node.rules.length > 0) return node.path;
  }
  return undefined;
}

function irreplaceable({ name, declaration }: Extract<WithTarget, { kind: 'builtin' }>): string | undefined {
  if (name === 'eq' || name.startsWith('rego.metadata.')) return 'it is part of the language';
  if (name === 'print') return 'it gives no value';
  if (name.startsWith('internal.')) return 'it is an internal function';
  return declaration.relation ? 'it gives several answers' : undefined;
}

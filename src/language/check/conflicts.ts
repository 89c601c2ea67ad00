import type { DiagnosticCode } from '../../base/index.ts';
import type { NormalRule } from '../normal/normal.ts';
import type { RuleNode, RuleTree } from './rule-tree.ts';

type Report = (code: DiagnosticCode, rule: NormalRule, message: string, other?: NormalRule) => void;

/** Reports rules of one path that cannot stand side by side, and rules that hide others or a package. */
export function checkConflicts(tree: RuleTree, report: Report): void {
  for (const node of tree.nodes()) {
    checkSamePath(node, report);
    checkBelow(node, report);
  }
}

function checkSamePath(node: RuleNode, report: Report): void {
  const name = `data.${node.path.join('.')}`;
  const [first, ...others] = node.rules;
  const defaults = node.rules.filter(rule => rule.default);
  if (defaults.length > 1)
    report('rego_type_error', defaults[1]!, `multiple default rules ${name} found`, defaults[0]);
  for (const rule of others) {
    if (!agree(first!, rule)) {
      report('rego_type_error', rule, `conflicting rules ${name} found`, first);
      return;
    }
  }
}

/** Rules of one path are of one kind, functions of one arity; rules of different depth do not meet. */
function agree(a: NormalRule, b: NormalRule): boolean {
  if ((a.kind === 'function') !== (b.kind === 'function')) return false;
  if (a.kind === 'function') return a.args!.length === b.args!.length;
  if (a.dynamicPath.length !== b.dynamicPath.length)
    return a.dynamicPath.length > 0 && b.dynamicPath.length > 0;
  return a.kind === b.kind;
}

function checkBelow(node: RuleNode, report: Report): void {
  const whole = node.rules.find(rule => rule.dynamicPath.length === 0);
  if (!whole) return;
  const name = `data.${node.path.join('.')}`;
  if (node.package) {
    report('rego_compile_error', whole, `package ${node.path.join('.')} conflicts with rule ${name}`);
    return;
  }
  const below = firstBelow(node);
  if (below)
    report('rego_type_error', whole, `rule ${name} conflicts with data.${below.path.join('.')}`, below);
}

function firstBelow(node: RuleNode): NormalRule | undefined {
  for (const child of node.children.values()) {
    const found = child.rules[0] ?? firstBelow(child);
    if (found) return found;
  }
  return undefined;
}

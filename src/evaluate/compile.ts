import {
  decodeValue,
  PLAN_FORMAT,
  type Plan,
  type PlannedGroup,
  type PlannedQuery,
  type PlannedRule,
} from '../language/index.ts';
import type { Value } from '../values/index.ts';
import { compileBranch } from './branches.ts';
import type { AnswerSink, CompiledQuery, CompiledRule, Compiler, Group, RuleNode } from './context.ts';
import { compileBlock } from './operations.ts';
import { compilePattern } from './patterns.ts';
import { nodeAt, rootNode } from './tree.ts';

/** A policy as closures. Made once per plan; shared by any number of evaluations. */
export interface CompiledPolicy {
  readonly plan: Plan;
  readonly root: RuleNode;
  readonly queries: readonly CompiledQuery[];
}

export interface CompileOptions {
  /** Makes steps that tell a trace what they do, at a cost to each. */
  readonly trace?: boolean;
  /** Makes steps and branches that say that they were reached. */
  readonly coverage?: boolean;
}

/** Compiles a plan. Throws a TypeError where the plan is of another format. */
export function compilePlan(plan: Plan, options: CompileOptions = {}): CompiledPolicy {
  if (plan.format !== PLAN_FORMAT) throw new TypeError(`plan format ${plan.format}, expected ${PLAN_FORMAT}`);
  const root = rootNode();
  for (const path of plan.packages) nodeAt(root, path);
  const constants = plan.constants.map(decodeValue);
  const groups = plan.groups.map(group => declareGroup(root, group, constants));
  const compilerFor: CompilerFor = names => {
    const compiler: Compiler = {
      root,
      groups,
      traced: options.trace ? names : undefined,
      coverage: options.coverage ?? false,
      constant: index => constants[index] as Value,
      block: (ops, last) => compileBlock(compiler, ops, last),
    };
    return compiler;
  };
  const observed = options.trace || options.coverage;
  for (const [i, planned] of plan.groups.entries()) {
    defineGroup(compilerFor, groups[i]!, planned);
    groups[i]!.constant = !observed && givesConstant(planned);
  }
  const queries = plan.queries.map(query => compileQuery(compilerFor(query.names), query));
  return { plan, root, queries };
}

/** The compiler for a rule with these variables. */
type CompilerFor = (names: PlannedRule['names']) => Compiler;

/** Each answer is handed to the function in the frame's last slot. */
function compileQuery(compiler: Compiler, { slots, names, ops }: PlannedQuery): CompiledQuery {
  const run = compiler.block(ops, (_, frame) => (frame[slots] as AnswerSink)(frame));
  return { slots, names, run };
}

function declareGroup(
  root: RuleNode,
  { kind, path, fixed: planned }: PlannedGroup,
  constants: readonly Value[],
): Group {
  const node = nodeAt(root, path);
  const fixed = planned?.map(({ path: keys, makes }) => ({ path: keys.map(key => constants[key]!), makes }));
  const group: Group = { kind, node, rules: [], fixed, constant: false, fallback: undefined };
  node.group = group;
  return group;
}

function defineGroup(compilerFor: CompilerFor, group: Group, planned: PlannedGroup): void {
  group.rules = planned.rules.map(rule => compileRule(compilerFor(rule.names), group, rule));
  const { fallback } = planned;
  group.fallback = fallback && compileRule(compilerFor(fallback.names), group, fallback);
}

/** Whether all rules give one constant. What is observed runs them all, so that each is seen. */
function givesConstant({ kind, rules }: PlannedGroup): boolean {
  if (kind !== 'complete' && kind !== 'function') return false;
  const values = rules.flatMap(rule => rule.branches.map(branch => branch.value));
  const constants = new Set(values.map(value => (value.k === 'const' ? value.c : undefined)));
  return constants.size === 1 && !constants.has(undefined);
}

function compileRule(compiler: Compiler, group: Group, rule: PlannedRule): CompiledRule {
  return {
    slots: rule.slots,
    args: (rule.args ?? []).map(arg => compilePattern(compiler, arg)),
    branches: rule.branches.map(branch => compileBranch(compiler, group, rule, branch)),
  };
}

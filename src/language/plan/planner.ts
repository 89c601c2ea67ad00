import type { SourceFile } from '../../base/index.ts';
import type { Value } from '../../values/index.ts';
import type { CheckedModules, CheckedQuery } from '../check/checked.ts';
import type { RuleNode } from '../check/rule-tree.ts';
import type { Branch, CallTarget, Local, NormalRule } from '../normal/normal.ts';
import { pathKey } from '../normal/rule-index.ts';
import { BodyPlanner, Frame, type PlanContext } from './body.ts';
import { ConstantPool } from './constants.ts';
import { packageDecisions } from './decisions.ts';
import { type Fixture, fixturesOf } from './fixtures.ts';
import {
  PLAN_FORMAT,
  type Place,
  type Plan,
  type PlannedBranch,
  type PlannedFixture,
  type PlannedGroup,
  type PlannedQuery,
  type PlannedRule,
  type PlannedTarget,
} from './plan.ts';

/** The plan of checked modules, and of queries that were checked with them. */
export function planPolicy(checked: CheckedModules, queries: readonly CheckedQuery[] = []): Plan {
  return new Planner(checked).plan(queries);
}

class Planner {
  private readonly checked: CheckedModules;
  private readonly constants = new ConstantPool();
  private readonly files: string[] = [];
  private readonly fileIndexes = new Map<SourceFile, number>();
  private readonly groupIndexes = new Map<string, number>();
  private readonly nodes: readonly RuleNode[];
  /** The files that are Rego v0. */
  private readonly v0: ReadonlySet<SourceFile>;

  constructor(checked: CheckedModules) {
    this.checked = checked;
    const old = checked.modules.filter(({ module }) => module.version === 'v0');
    this.v0 = new Set(old.map(({ source }) => source));
    this.nodes = [...checked.tree.nodes()];
    for (const [i, node] of this.nodes.entries()) this.groupIndexes.set(pathKey(node.path), i);
  }

  plan(queries: readonly CheckedQuery[]): Plan {
    const groups = this.nodes.map(node => this.group(node));
    const planned = queries.map(query => this.query(query));
    return {
      format: PLAN_FORMAT,
      files: this.files,
      constants: this.constants.encoded,
      packages: this.checked.packages,
      groups,
      queries: planned,
      decisions: packageDecisions(this.checked),
    };
  }

  private group(node: RuleNode): PlannedGroup {
    const rules = node.rules.filter(rule => !rule.default);
    const fallback = node.rules.find(rule => rule.default);
    const kind = groupKind(node.rules);
    const fixed = kind === 'object' ? fixturesOf(node.rules) : undefined;
    return {
      path: node.path,
      kind,
      ...(fixed && { fixed: fixed.map(fixture => this.fixture(fixture)) }),
      ...(kind === 'function' && { arity: node.rules[0]!.args!.length }),
      rules: rules.map(rule => this.rule(rule)),
      ...(fallback && { fallback: this.rule(fallback) }),
    };
  }

  private fixture({ path, makes }: Fixture): PlannedFixture {
    return { path: path.map(key => this.constants.index(key)), makes };
  }

  private rule(rule: NormalRule): PlannedRule {
    const context = this.context(rule.source);
    const frame = new Frame(rule.locals.length);
    const head = new BodyPlanner(context, frame);
    const args = rule.args?.map(arg => head.pattern(arg));
    const branches = rule.branches.map(branch => this.branch(rule, branch, context, frame, head.bound));
    const at = context.place(rule.headSpan);
    return { at, names: namedSlots(rule.locals), slots: frame.size, ...(args && { args }), branches };
  }

  private branch(
    rule: NormalRule,
    branch: Branch,
    context: PlanContext,
    frame: Frame,
    bound: ReadonlySet<Local>,
  ): PlannedBranch {
    const planner = new BodyPlanner(context, frame, bound).body(branch.body);
    const path = rule.dynamicPath.map(part => planner.expr(part));
    const key = branch.key && planner.expr(branch.key);
    const value = planner.expr(branch.value);
    return { at: context.place(branch.span), path, ...(key && { key }), value, ops: planner.ops };
  }

  private query({ source, body, locals }: CheckedQuery): PlannedQuery {
    const context = this.context(source);
    const frame = new Frame(locals.length);
    const planner = new BodyPlanner(context, frame).body(body);
    const names = namedSlots(locals.filter(local => planner.bound.has(local)));
    return { slots: frame.size, ops: planner.ops, names };
  }

  private context(source: SourceFile): PlanContext {
    const file = this.fileIndex(source);
    return {
      order: this.checked.order,
      constant: (value: Value) => this.constants.index(value),
      place: (span): Place => {
        const { line, column } = source.position(span.start);
        return [file, line, column];
      },
      target: target => this.target(target, this.v0.has(source)),
    };
  }

  private target(target: CallTarget, v0: boolean): PlannedTarget {
    if (target.kind === 'builtin') return { name: target.name, ...(v0 && { v0 }) };
    const group = this.groupIndexes.get(pathKey(target.path));
    return { name: ['data', ...target.path].join('.'), ...(group !== undefined && { group }) };
  }

  private fileIndex(source: SourceFile): number {
    const known = this.fileIndexes.get(source);
    if (known !== undefined) return known;
    this.fileIndexes.set(source, this.files.length);
    return this.files.push(source.path) - 1;
  }
}

function namedSlots(locals: readonly Local[]): (readonly [string, number])[] {
  return locals
    .filter(local => !local.generated && local.name !== '_')
    .map(local => [local.name, local.id] as const);
}

function groupKind(rules: readonly NormalRule[]): PlannedGroup['kind'] {
  if (rules[0]!.kind === 'function') return 'function';
  if (rules.some(rule => rule.dynamicPath.length > 0)) return 'object';
  return rules[0]!.kind === 'partialSet' ? 'set' : 'complete';
}

import { declarations } from '../../builtins/index.ts';
import type { CheckedModules, PackageDecisions, Plan } from '../../language/index.ts';
import { constantPath, isDataNode } from '../data-node.ts';
import { helperFunctions } from './host-calls.ts';

type CheckedModule = CheckedModules['modules'][number];

/** What of a policy is exported. */
export interface ExportedPart {
  /** Those of which nothing is left out are the same objects. */
  readonly modules: readonly CheckedModule[];
  readonly decisions: readonly PackageDecisions[];
}

/** A policy without the rules that ask for evidence, and without those that need these in turn. */
export function withoutEvidence({ modules }: Pick<CheckedModules, 'modules'>, plan: Plan): ExportedPart {
  const asking = askingRules(plan);
  const isKept = (path: readonly string[], name: string) => !asking.has(JSON.stringify([...path, name]));
  return {
    modules: modules.map(checked => withRules(checked, isKept)),
    decisions: plan.decisions.map(each => ({
      ...each,
      rules: each.rules.filter(({ name }) => isKept(each.path, name)),
    })),
  };
}

function withRules(
  checked: CheckedModule,
  isKept: (path: readonly string[], name: string) => boolean,
): CheckedModule {
  const { module } = checked;
  const { path } = module.package;
  const items = module.items.filter(item => item.kind !== 'rule' || isKept(path, item.head.ref.name.text));
  return items.length === module.items.length ? checked : { ...checked, module: { ...module, items } };
}

/** The paths of rules by their names, as JSON: those that ask, and those that refer to one of them. */
function askingRules(plan: Plan): ReadonlySet<string> {
  const rules = plan.groups.map(({ path, rules: own, fallback }) => ({
    path: namePath(path, plan),
    ...needsOf([own, fallback], plan),
  }));
  const asking = new Map(rules.filter(({ asks }) => asks).map(({ path }) => [JSON.stringify(path), path]));
  for (let before = -1; before !== asking.size; ) {
    before = asking.size;
    for (const { path, paths } of rules)
      if (paths.some(other => [...asking.values()].some(each => meet(each, other))))
        asking.set(JSON.stringify(path), path);
  }
  return new Set(asking.keys());
}

/** The package of a group and the name of its rules, without what else stands in their heads. */
function namePath(path: readonly string[], { packages }: Plan): readonly string[] {
  const [own = []] = packages
    .filter(each => each.length < path.length && each.every((part, i) => path[i] === part))
    .sort((a, b) => b.length - a.length);
  return path.slice(0, own.length + 1);
}

interface Needs {
  readonly asks: boolean;
  /** What is referred to below `data`. */
  readonly paths: readonly (readonly unknown[])[];
}

/** What the rules of a group need, of a plan that is JSON throughout. */
function needsOf(rules: unknown, plan: Plan): Needs {
  const paths: (readonly unknown[])[] = [];
  let asks = false;
  const open: unknown[] = [rules];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (isDataNode(node)) paths.push(constantPath(node, plan));
    if ('group' in node && typeof node.group === 'number') paths.push(plan.groups[node.group]!.path);
    if ('name' in node && typeof node.name === 'string') asks ||= isForeign(node.name);
    open.push(...Object.values(node));
  }
  return { asks, paths };
}

function isForeign(name: string): boolean {
  return declarations.get(name)?.host === true && !helperFunctions.has(name);
}

/** Whether one path leads to the other, or through it. */
function meet(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.slice(0, b.length).every((part, i) => part === b[i]);
}

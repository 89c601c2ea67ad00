import type { SourceFile } from '../../base/index.ts';
import type { ModuleAnnotations } from '../annotations.ts';
import { type Environment, type Finding, reporter } from '../normal/environment.ts';
import type { Goal, NormalBody, NormalRule } from '../normal/normal.ts';
import { normalRule } from '../normal/rules.ts';
import { type Problem, type Stage, stages } from '../normal/stages.ts';
import type { LoweredFile } from './checked.ts';
import { checkConflicts } from './conflicts.ts';
import { ruleGoals } from './goals.ts';
import { RuleGraph } from './graph.ts';
import { checkHead } from './head-safety.ts';
import { checkImports, checkUnusedImports } from './imports.ts';
import { checkModifiers } from './modifiers.ts';
import { checkOverrides } from './overrides.ts';
import { checkRecursion } from './recursion.ts';
import { RuleTree } from './rule-tree.ts';
import { SafetyCheck } from './safety.ts';
import { type RuleTypes, ruleTypes } from './types/index.ts';
import { checkUndeclaredInRule } from './undeclared.ts';
import { reportUnsafe } from './unsafe-report.ts';

/** What the passes share: each reads what the ones before it have found, and adds its own. */
export interface Work {
  readonly files: readonly LoweredFile[];
  readonly environments: ReadonlyMap<SourceFile, Environment>;
  readonly annotations: ModuleAnnotations;
  readonly findings: Finding[];
  readonly order: Map<NormalBody, readonly Goal[]>;
  rules: readonly NormalRule[];
  tree: RuleTree;
  graph: RuleGraph;
  types: RuleTypes | undefined;
}

interface Pass {
  readonly name: string;
  /** Why it stands where it does. */
  readonly why: string;
  /** Not run once a problem of an earlier kind stops: it would only find consequences. */
  readonly stage: Stage;
  run(work: Work): void;
}

export const passes: readonly Pass[] = [
  {
    name: 'imports and reserved names',
    why: 'first: names mean nothing before what they stand for is known',
    stage: stages.syntax,
    run: work => {
      for (const environment of work.environments.values()) {
        checkOverrides(environment);
        checkImports(environment);
      }
    },
  },
  {
    name: 'normal form',
    why: 'resolves names and takes calls apart, which all that follows relies on; finds unknown functions',
    stage: stages.syntax,
    run: work => {
      work.rules = [...work.environments.values()].flatMap(environment => {
        const rules = environment.module.items.filter(item => item.kind === 'rule');
        return rules.map(rule => normalRule(environment, rule));
      });
      work.tree = new RuleTree(work.rules, packagesOf(work));
      for (const environment of work.environments.values()) checkUnusedImports(environment);
    },
  },
  {
    name: 'annotations',
    why: 'anywhere before types, which follow their schemas',
    stage: stages.annotations,
    run: work =>
      work.annotations.report((source, problem) =>
        reporter(source, work.findings)(stages.annotations, problem),
      ),
  },
  {
    name: 'templates and print',
    why: 'before safety: what they mention must be bound above them, and by nothing that they do themselves',
    stage: stages.templates,
    run: work => {
      for (const rule of work.rules) checkUndeclaredInRule(rule, environmentAt(work, rule).report);
    },
  },
  {
    name: 'modifiers',
    why: 'after the tree of rules, which says what can be replaced',
    stage: stages.modifiers,
    run: work => {
      for (const rule of work.rules)
        checkModifiers(ruleGoals(rule), work.tree, problemAt(work, rule, stages.modifiers));
    },
  },
  {
    name: 'conflicts',
    why: 'after names: the rules of all files have their paths',
    stage: stages.conflicts,
    run: work =>
      checkConflicts(work.rules, packagesOf(work), ({ rule, at, message, hint, others }) => {
        const span = at === 'rule' ? headOf(rule) : environmentAt(work, rule).module.package.span;
        const related = others.map(other => ({
          message:
            others.length > 1 ? 'one is here' : at === 'rule' ? 'the other is here' : 'the rule is here',
          source: other.source,
          span: headOf(other),
        }));
        problemAt(work, rule, stages.conflicts)({ code: 'rego_type_error', span, message, hint, related });
      }),
  },
  {
    name: 'safety of heads',
    why: 'before bodies: what no body mentions is the plainer mistake',
    stage: stages.headSafety,
    run: work => {
      for (const rule of work.rules)
        checkHead(rule, use => reportUnsafe(environmentAt(work, rule), stages.headSafety, use));
    },
  },
  {
    name: 'safety of bodies',
    why: 'orders the bodies; a name that could not be resolved would look like an unbound variable',
    stage: stages.bodySafety,
    run: work => {
      for (const rule of work.rules) {
        const environment = environmentAt(work, rule);
        new SafetyCheck(work.order, use => reportUnsafe(environment, stages.bodySafety, use)).rule(rule);
      }
    },
  },
  {
    name: 'recursion',
    why: 'before types, which are found in the order of dependence',
    stage: stages.recursion,
    run: work => {
      work.graph = new RuleGraph(work.rules, work.tree);
      checkRecursion(work.graph, ({ rule, branch }, message, hint) => {
        const span = branch === rule.branches[0] ? headOf(rule) : branch.span;
        problemAt(work, rule, stages.recursion)({ code: 'rego_recursion_error', span, message, hint });
      });
    },
  },
  {
    name: 'types',
    why: 'last: it needs the safe order of bodies, and every rule after those it depends on',
    stage: stages.types,
    run: work => {
      work.types = ruleTypes(work);
    },
  },
];

function packagesOf(work: Work): (readonly string[])[] {
  return work.files.map(file => file.lowered.module.package.path);
}

function environmentAt(work: Work, rule: NormalRule): Environment {
  return work.environments.get(rule.source)!;
}

function problemAt(work: Work, rule: NormalRule, stage: Stage) {
  return (problem: Problem): void => environmentAt(work, rule).report(stage, problem);
}

/** A rule up to the end of its head, `default` included. */
function headOf(rule: NormalRule): NormalRule['span'] {
  return { start: rule.span.start, end: rule.headSpan.end };
}

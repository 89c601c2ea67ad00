import type { Body } from '../../../grammar/index.ts';
import type { Diagnostic, DiagnosticCode, SourceFile } from '../../base/index.ts';
import { annotationsOf } from '../annotations.ts';
import type { LoweredModule } from '../lower/lowered.ts';
import { type Environment, environmentOf } from '../normal/environment.ts';
import type { Goal, NormalBody, NormalRule } from '../normal/normal.ts';
import { RuleIndex } from '../normal/rule-index.ts';
import { normalQuery, normalRule } from '../normal/rules.ts';
import type { CheckedModules, CheckedQuery } from './checked.ts';
import { checkConflicts } from './conflicts.ts';
import { checkImports } from './imports.ts';
import { checkRecursion } from './recursion.ts';
import { RuleTree } from './rule-tree.ts';
import { SafetyCheck } from './safety.ts';

export interface LoweredFile {
  readonly source: SourceFile;
  readonly lowered: LoweredModule;
}

/** What the passes share: each reads what the ones before it have found, and adds its own. */
interface Work {
  readonly files: readonly LoweredFile[];
  readonly environments: readonly Environment[];
  readonly diagnostics: Diagnostic[];
  readonly order: Map<NormalBody, readonly Goal[]>;
  rules: readonly NormalRule[];
  tree: RuleTree;
}

interface Pass {
  readonly name: string;
  /** Why it stands where it does. */
  readonly why: string;
  /** Not run after errors of earlier passes, whose consequences it would only report. */
  readonly needsClean: boolean;
  run(work: Work): void;
}

const passes: readonly Pass[] = [
  {
    name: 'imports',
    why: 'first: names mean nothing before what they stand for is known',
    needsClean: false,
    run: work => {
      for (const environment of work.environments) checkImports(environment);
    },
  },
  {
    name: 'normal form',
    why: 'resolves names and takes calls apart, which all that follows relies on; finds unknown functions',
    needsClean: false,
    run: work => {
      work.rules = work.environments.flatMap(environment =>
        environment.module.items.flatMap(item =>
          item.kind === 'rule' ? [normalRule(environment, item)] : [],
        ),
      );
      work.tree = new RuleTree(work.rules, packagesOf(work.files));
    },
  },
  {
    name: 'conflicts',
    why: 'after names: the rules of all files have their paths; before recursion, which walks the same tree',
    needsClean: false,
    run: work => checkConflicts(work.tree, reportRule(work)),
  },
  {
    name: 'safety',
    why: 'orders the bodies; a name that could not be resolved would look like an unbound variable',
    needsClean: true,
    run: work => {
      for (const rule of work.rules) safetyCheck(work, rule.source).rule(rule);
    },
  },
  {
    name: 'recursion',
    why: 'last: it needs every reference and no order',
    needsClean: true,
    run: work =>
      checkRecursion(work.tree, (rule, message) => reportRule(work)('rego_recursion_error', rule, message)),
  },
];

/** The checked modules, absent where `diagnostics` holds an error. */
export function checkModules(files: readonly LoweredFile[]): {
  readonly checked?: CheckedModules;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const index = new RuleIndex(files.map(file => file.lowered.module));
  const environments = files.map(({ source, lowered }) =>
    environmentOf(source, lowered.module, index, diagnostics),
  );
  const work: Work = {
    files,
    environments,
    diagnostics,
    order: new Map(),
    rules: [],
    tree: new RuleTree([], []),
  };
  for (const pass of passes) {
    if (pass.needsClean && diagnostics.length > 0) break;
    pass.run(work);
  }
  return diagnostics.length > 0 ? { diagnostics } : { checked: checkedOf(work, index), diagnostics };
}

/** A query checked against modules; its names are those of no package. */
export function checkQuery(
  checked: CheckedModules,
  source: SourceFile,
  syntax: Body,
): { readonly query?: CheckedQuery; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const environment = environmentOf(source, queryModule(syntax), checked.index, diagnostics);
  const { goals, locals } = normalQuery(environment, syntax);
  const body = { goals };
  if (diagnostics.length === 0) {
    new SafetyCheck(checked.order, use => reportUnsafe(environment, use)).query(body);
  }
  return diagnostics.length > 0
    ? { diagnostics }
    : { query: { source, body, locals: locals.all }, diagnostics };
}

function queryModule(syntax: Body): Environment['module'] {
  const { span } = syntax;
  const empty = { kind: 'package', span, path: [''] } as const;
  return { kind: 'module', span, version: 'v1', package: empty, imports: [], items: [], comments: [] };
}

function safetyCheck(work: Work, source: SourceFile): SafetyCheck {
  const environment = work.environments.find(each => each.source === source)!;
  return new SafetyCheck(work.order, use => reportUnsafe(environment, use));
}

function reportUnsafe(
  environment: Environment,
  use: Parameters<ConstructorParameters<typeof SafetyCheck>[1]>[0],
): void {
  const { name } = use.local;
  environment.report('rego_unsafe_var_error', use.span, `var ${name} is unsafe`, unsafeHint(name));
}

function unsafeHint(name: string): string {
  return name === '_'
    ? 'a wildcard cannot stand in a negated expression; move it into a rule or comprehension'
    : `nothing gives "${name}" a value: assign it with := or some, or check its spelling`;
}

function reportRule(work: Work) {
  return (code: DiagnosticCode, rule: NormalRule, message: string, other?: NormalRule): void => {
    work.diagnostics.push({
      code,
      severity: 'error',
      message,
      source: rule.source,
      span: rule.headSpan,
      ...(other && {
        related: [{ message: 'the other is here', source: other.source, span: other.headSpan }],
      }),
    });
  };
}

function checkedOf(work: Work, index: RuleIndex): CheckedModules {
  return {
    modules: work.files.map(({ source, lowered }) => ({
      source,
      module: lowered.module,
      statements: lowered.statements,
      annotations: annotationsOf(lowered.module, offset => source.position(offset).line),
    })),
    packages: packagesOf(work.files),
    rules: work.rules,
    tree: work.tree,
    order: work.order,
    index,
  };
}

function packagesOf(files: readonly LoweredFile[]): (readonly string[])[] {
  return files.map(file => file.lowered.module.package.path);
}

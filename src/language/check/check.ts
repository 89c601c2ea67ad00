import type { Body } from '../../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../../base/index.ts';
import { ModuleAnnotations } from '../annotations.ts';
import { type CheckOptions, type Environment, environmentOf, type Finding } from '../normal/environment.ts';
import { RuleIndex } from '../normal/rule-index.ts';
import { normalQuery } from '../normal/rules.ts';
import { stages } from '../normal/stages.ts';
import type { CheckedModules, CheckedQuery, LoweredFile } from './checked.ts';
import { bodyGoals } from './goals.ts';
import { RuleGraph } from './graph.ts';
import { checkModifiers } from './modifiers.ts';
import { passes, type Work } from './passes.ts';
import { RuleTree } from './rule-tree.ts';
import { SafetyCheck } from './safety.ts';
import { queryTypes, type RuleTypes } from './types/index.ts';
import { checkUndeclared } from './undeclared.ts';
import { reportUnsafe } from './unsafe-report.ts';

/** The checked modules, absent where `diagnostics` holds an error. */
export function checkModules(
  files: readonly LoweredFile[],
  options: CheckOptions = {},
): {
  readonly checked?: CheckedModules;
  readonly diagnostics: readonly Diagnostic[];
} {
  const findings: Finding[] = [];
  const index = new RuleIndex(files.map(file => file.lowered.module));
  const annotations = new ModuleAnnotations(files);
  const environments = files.map(({ source, lowered }) =>
    environmentOf(source, lowered.module, index, findings, {
      options,
      metadata: rule => annotations.metadata(lowered.module, rule),
    }),
  );
  const work: Work = {
    files,
    environments: new Map(environments.map(environment => [environment.source, environment])),
    annotations,
    findings,
    order: new Map(),
    rules: [],
    tree: new RuleTree([], []),
    graph: new RuleGraph([], new RuleTree([], [])),
    types: undefined,
  };
  for (const pass of passes) {
    if (findings.some(({ stage }) => stage.stops && stage.rank < pass.stage.rank)) break;
    pass.run(work);
  }
  const diagnostics = told(findings, files);
  const { types } = work;
  return diagnostics.length > 0 || !types
    ? { diagnostics }
    : { checked: checkedOf(work, types, index), diagnostics };
}

/** A query checked against modules; its names are those of no package. */
export function checkQuery(
  checked: CheckedModules,
  source: SourceFile,
  syntax: Body,
  options: CheckOptions = {},
): { readonly query?: CheckedQuery; readonly diagnostics: readonly Diagnostic[] } {
  const findings: Finding[] = [];
  const environment = environmentOf(source, queryModule(syntax), checked.index, findings, { options });
  const { goals, locals } = normalQuery(environment, syntax);
  const body = { goals };
  const stopped = () => findings.some(({ stage }) => stage.stops);
  checkUndeclared(body, environment.report);
  checkModifiers(bodyGoals(body), checked.tree, problem => environment.report(stages.modifiers, problem));
  if (!stopped())
    new SafetyCheck(checked.order, use => reportUnsafe(environment, stages.bodySafety, use)).query(body);
  if (!stopped()) queryTypes(checked.types, { body, order: checked.order, environment });
  const diagnostics = told(findings, [{ source }]);
  return diagnostics.length > 0
    ? { diagnostics }
    : { query: { source, body, locals: locals.all }, diagnostics };
}

/** What to tell: nothing that may only be a consequence, in the order of files and places, each once. */
function told(findings: readonly Finding[], files: readonly { readonly source: SourceFile }[]): Diagnostic[] {
  const stopping = findings.filter(({ stage }) => stage.stops).map(({ stage }) => stage.rank);
  const last = Math.min(...stopping);
  const place = new Map(files.map(({ source }, i) => [source, i]));
  const seen = new Set<string>();
  return findings
    .filter(({ stage }) => stage.rank <= last)
    .map(({ diagnostic }) => diagnostic)
    .filter(({ source, span, message }) => {
      const key = `${place.get(source)} ${span.start} ${span.end} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => place.get(a.source)! - place.get(b.source)! || a.span.start - b.span.start);
}

function queryModule(syntax: Body): Environment['module'] {
  const { span } = syntax;
  const empty = { kind: 'package', span, path: [''] } as const;
  return { kind: 'module', span, version: 'v1', package: empty, imports: [], items: [], comments: [] };
}

function checkedOf(work: Work, types: RuleTypes, index: RuleIndex): CheckedModules {
  return {
    modules: work.files.map(({ source, lowered }) => ({
      source,
      module: lowered.module,
      statements: lowered.statements,
      annotations: work.annotations.of(lowered.module),
    })),
    packages: work.files.map(file => file.lowered.module.package.path),
    rules: work.rules,
    tree: work.tree,
    types,
    order: work.order,
    index,
  };
}

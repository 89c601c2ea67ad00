import type { Rule, Span } from '../../../grammar/index.ts';
import type { Annotation } from '../annotations.ts';
import type { CheckedModule, CheckedModules } from '../check/checked.ts';
import type { LoweredStatement } from '../lower/lowered.ts';
import type { DecisionRule, PackageDecisions } from './decision.ts';

/** The rules that make decisions, by package; see docs/language.md, "What of a package makes a decision". */
export function packageDecisions(checked: CheckedModules): PackageDecisions[] {
  const packages = Map.groupBy(checked.modules, each => JSON.stringify(each.module.package.path));
  return [...packages.values()].flatMap(modules => {
    const { path } = modules[0]!.module.package;
    const rules = onePerName(decisionsOf(modules));
    return rules.length === 0 ? [] : [{ path, rules, ...describe(packageAnnotation(modules)) }];
  });
}

/** Those of statements first, then what is written, defaults last: the first of a name says where it stands. */
function decisionsOf(modules: readonly CheckedModule[]): DecisionRule[] {
  const lowered = new Set(modules.flatMap(module => module.statements.map(statement => statement.rule)));
  return [
    ...modules.flatMap(module => module.statements.map(statement => statementDecision(module, statement))),
    ...modules.flatMap(module => writtenDecisions(module, lowered, false)),
    ...modules.flatMap(module => writtenDecisions(module, lowered, true)),
  ];
}

/** Rules of one name are one decision; were they to differ, an error is what counts. */
function onePerName(rules: readonly DecisionRule[]): DecisionRule[] {
  const byName = Map.groupBy(rules, rule => rule.name);
  return [...byName.values()].map(same => same.find(rule => rule.severity === 'error') ?? same[0]!);
}

function writtenDecisions(
  module: CheckedModule,
  lowered: ReadonlySet<string>,
  defaults: boolean,
): DecisionRule[] {
  return module.module.items.flatMap(item => {
    if (item.kind !== 'rule' || item.default !== defaults || item.head.args) return [];
    const name = item.head.ref.name.text;
    if (lowered.has(name)) return [];
    return conventional(module, item, name) ?? [];
  });
}

/** `deny`, `deny_gpu`, `warn_1`: as Conftest reads names of rules. */
const CONVENTION = /^(deny|violation|warn)(?:_[a-zA-Z0-9]+)*$/u;

/** A rule whose name Conftest and Gatekeeper have made a convention. */
function conventional(module: CheckedModule, rule: Rule, name: string): DecisionRule | undefined {
  const kind = name === 'allow' ? name : (CONVENTION.exec(name)?.[1] as DecisionRule['kind'] | undefined);
  if (kind === undefined) return undefined;
  return {
    name,
    kind,
    severity: kind === 'warn' ? 'warning' : 'error',
    ...describe(annotationOf(module, rule.span)),
    source: sourceOf(module, rule.span),
  };
}

function statementDecision(module: CheckedModule, lowered: LoweredStatement): DecisionRule {
  const { statement } = lowered;
  return {
    name: lowered.rule,
    kind: statement.verb === 'exempt' ? 'exempt' : 'statement',
    severity: lowered.severity,
    verb: statement.verb,
    ...(statement.noun && { noun: statement.noun }),
    ...(lowered.scopeRule && { scopeRule: lowered.scopeRule }),
    ...describe(annotationOf(module, statement.span)),
    source: sourceOf(module, statement.span),
  };
}

function annotationOf(module: CheckedModule, span: Span): Annotation | undefined {
  return module.annotations.find(each => each.item?.span.start === span.start);
}

function packageAnnotation(modules: readonly CheckedModule[]): Annotation | undefined {
  return modules.flatMap(module => module.annotations).find(each => each.scope === 'package');
}

function describe(annotation: Annotation | undefined) {
  if (!annotation) return {};
  const { title, description, fields } = annotation;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(fields['custom'] !== undefined && { custom: fields['custom'] }),
  };
}

function sourceOf(module: CheckedModule, span: Span): DecisionRule['source'] {
  return { file: module.source.path, ...module.source.position(span.start) };
}

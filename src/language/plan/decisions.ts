import type { Rule, Span } from '../../../grammar/index.ts';
import type { Annotation } from '../annotations.ts';
import type { CheckedModule, CheckedModules } from '../check/checked.ts';
import type { LoweredStatement } from '../lower/lowered.ts';
import type { DecisionRule, PackageDecisions } from './decision.ts';

/** The rules that make decisions, by package; see docs/language.md, "What of a package makes a decision". */
export function packageDecisions(checked: CheckedModules): PackageDecisions[] {
  const packages = new Map<string, { path: readonly string[]; modules: CheckedModule[] }>();
  for (const module of checked.modules) {
    const { path } = module.module.package;
    const key = path.join('\u0000');
    const entry = packages.get(key) ?? { path, modules: [] };
    entry.modules.push(module);
    packages.set(key, entry);
  }
  return [...packages.values()].flatMap(({ path, modules }) => {
    const rules = modules.flatMap(moduleDecisions);
    const once = rules.filter((rule, i) => rules.findIndex(each => each.name === rule.name) === i);
    return once.length === 0 ? [] : [{ path, rules: once, ...describe(packageAnnotation(modules)) }];
  });
}

function moduleDecisions(module: CheckedModule): DecisionRule[] {
  const lowered = new Set(module.statements.map(statement => statement.rule));
  const written = module.module.items.flatMap(item => {
    if (item.kind !== 'rule' || item.default || item.head.args) return [];
    const name = item.head.ref.name.text;
    if (lowered.has(name) || item.head.ref.path.length > 1) return [];
    const rule = conventional(module, item, name);
    return rule ? [rule] : [];
  });
  const defaults = module.module.items.flatMap(item => {
    if (item.kind !== 'rule' || !item.default || item.head.args) return [];
    const rule = conventional(module, item, item.head.ref.name.text);
    return rule ? [rule] : [];
  });
  return [
    ...module.statements.map(statement => statementDecision(module, statement)),
    ...written,
    ...defaults,
  ];
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

import type { NormalRule, WithModifier, WithTarget } from '../../normal/normal.ts';
import { pathKey } from '../../normal/rule-index.ts';
import type { RuleGraph } from '../graph.ts';
import { isOperand } from '../variables.ts';
import { type CallReporter, typeOfTarget } from './calls.ts';
import type { TypeEnvironment } from './environment.ts';
import { overlap } from './overlap.ts';
import { groundPath } from './paths.ts';
import { typeOf } from './terms.ts';
import { TypeNode } from './tree.ts';
import { any, join, type Type, type Unknown } from './type.ts';

/** What replacing a document means for the types of the rules that depend on it. */
export class Modifiers {
  private readonly graph: RuleGraph;
  private readonly layers = new Map<string, TypeNode | undefined>();

  constructor(graph: RuleGraph) {
    this.graph = graph;
  }

  /** A layer in which all that depends on a path may be anything; undefined where nothing does. */
  dependents(path: readonly string[], isFunction: boolean): TypeNode | undefined {
    const key = `${isFunction} ${pathKey(path)}`;
    if (this.layers.has(key)) return this.layers.get(key);
    let rules: NormalRule[] = [...this.graph.dependents(path)];
    if (isFunction) rules = rules.filter(rule => pathKey(rule.path) !== pathKey(path));
    const layer = rules.length === 0 ? undefined : new TypeNode();
    for (const rule of rules) layer?.put(groundPath(rule), any);
    this.layers.set(key, layer);
    return layer;
  }

  /** Reports functions that are replaced by functions that do not take the same. */
  check(env: TypeEnvironment, modifiers: readonly WithModifier[], report: CallReporter): void {
    for (const modifier of modifiers) {
      const { target, value } = modifier;
      if (isOperand(value)) continue;
      const replaced = typeOfReplaced(env, target);
      const by = typeOfTarget(env, value);
      if (replaced?.kind !== 'function' || by?.kind !== 'function') continue;
      if (!overlap(replaced, by)) report.replacement(modifier, replaced, by);
    }
  }
}

/** The environment of an expression under its modifiers. */
export function modified(
  env: TypeEnvironment,
  modifiers: readonly WithModifier[],
  all: Modifiers,
): TypeEnvironment {
  let inner = env;
  const replaced = new TypeNode();
  for (const { target, value } of modifiers) {
    if (target.kind === 'builtin') continue;
    const before = typeOfReplaced(env, target);
    const isFunction = before?.kind === 'function';
    const layer = target.kind === 'data' ? all.dependents(target.path, isFunction) : undefined;
    if (layer) inner = inner.over(layer);
    if (isFunction) continue;
    const after = isOperand(value) ? typeOf(env, value) : undefined;
    const either = before && after && join(before, after);
    replaced.put([target.kind, ...target.path], either ?? any);
  }
  return replaced.children.size === 0 ? inner : inner.over(replaced);
}

/** The type of what a modifier replaces, before it does. */
export function typeOfReplaced(env: TypeEnvironment, target: WithTarget): Type | Unknown {
  const { kind, span } = target;
  if (kind === 'builtin')
    return typeOfTarget(env, { kind, name: target.name, declaration: target.declaration, span });
  return env.document(
    kind,
    target.path.map(value => ({ kind: 'const', span, value })),
  );
}

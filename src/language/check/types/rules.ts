import type { SourceFile } from '../../../base/index.ts';
import type { ModuleAnnotations } from '../../annotations.ts';
import type { Environment } from '../../normal/environment.ts';
import type { Branch, Goal, Local, NormalBody, NormalRule, Operand } from '../../normal/normal.ts';
import { components, type RuleGraph } from '../graph.ts';
import { walkOperand } from '../variables.ts';
import { TypeEnvironment } from './environment.ts';
import { BodyTypes } from './goals.ts';
import { Modifiers } from './modifiers.ts';
import { dynamicSuffix, groundPath } from './paths.ts';
import { typeReporter } from './report.ts';
import { schemaLayer } from './schema-layer.ts';
import { submissionLayer } from './submission.ts';
import { typeOf } from './terms.ts';
import { TypeNode } from './tree.ts';
import { any, functionType, objectType, setType, type Type, type Unknown } from './type.ts';

/** What the rules of a program give, and what depends on what. */
export interface RuleTypes {
  readonly documents: TypeNode;
  readonly modifiers: Modifiers;
}

/** What finding the types of rules reads of the passes before. */
export interface TypedWork {
  readonly environments: ReadonlyMap<SourceFile, Environment>;
  readonly annotations: ModuleAnnotations;
  readonly order: ReadonlyMap<NormalBody, readonly Goal[]>;
  readonly graph: RuleGraph;
}

/** Finds the type of every rule, each after those it depends on, and reports what cannot be. */
export function ruleTypes(work: TypedWork): RuleTypes {
  const documents = new TypeNode();
  const modifiers = new Modifiers(work.graph);
  for (const [index] of components(work.graph)) {
    const node = work.graph.nodes[index!];
    if (node) checkBranch(work, { documents, modifiers }, node.rule, node.branch);
  }
  return { documents, modifiers };
}

/** Checks the types of a query. */
export function queryTypes(
  { documents, modifiers }: RuleTypes,
  query: {
    readonly body: NormalBody;
    readonly order: ReadonlyMap<NormalBody, readonly Goal[]>;
    readonly environment: Environment;
  },
): void {
  const report = typeReporter(query.environment);
  new BodyTypes({ order: query.order, modifiers, report }).body(new TypeEnvironment([documents]), query.body);
}

function checkBranch(work: TypedWork, types: RuleTypes, rule: NormalRule, branch: Branch): void {
  const environment = work.environments.get(rule.source)!;
  const { documents, modifiers } = types;
  const schemas = schemaLayer(work.annotations, environment, rule, documents);
  const submission = rule.source.path.endsWith('.policy') ? [submissionLayer] : [];
  const env = new TypeEnvironment([...(schemas ? [schemas] : []), ...submission, documents]);
  const checker = new BodyTypes({ order: work.order, modifiers, report: typeReporter(environment) });
  checker.body(env, branch.body);
  for (const operand of resultsOf(rule, branch)) checker.operand(env, operand);
  if (!checker.clean) documents.put(groundPath(rule), any);
  else {
    const type = typeOfRule(env, rule, branch);
    if (type) documents.insert(groundPath(rule), type);
  }
}

function resultsOf(rule: NormalRule, branch: Branch): readonly Operand[] {
  return [...rule.dynamicPath, ...(branch.key ? [branch.key] : []), branch.value];
}

function typeOfRule(env: TypeEnvironment, rule: NormalRule, branch: Branch): Type | Unknown {
  if (rule.args) {
    for (const local of rule.args.flatMap(localsOf)) if (!env.locals.get(local)) env.locals.set(local, any);
    return functionType(
      rule.args.map(argument => typeOf(env, argument)),
      typeOf(env, branch.value),
    );
  }
  const key = branch.key && typeOf(env, branch.key);
  const given = branch.key ? key && setType(key) : typeOf(env, branch.value);
  return nested(env, dynamicSuffix(rule), given);
}

/** Objects around a type, one for each key that is known only at run time. */
function nested(env: TypeEnvironment, path: readonly Operand[], type: Type | Unknown): Type | Unknown {
  return path.toReversed().reduce<Type | Unknown>((value, part) => {
    const key = typeOf(env, part);
    return value && key && objectType([], { key, value });
  }, type);
}

function localsOf(operand: Operand): Local[] {
  const locals: Local[] = [];
  walkOperand(operand, use => locals.push(use.local));
  return locals;
}

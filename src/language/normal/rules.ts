import type { Body, Else, Head, Ref, Rule, Term } from '../../../grammar/index.ts';
import { declarations } from '../../builtins/declarations.ts';
import { isEmptySet, mentionedIn, mentionedVariables } from './declared.ts';
import type { Environment } from './environment.ts';
import { bodyGoals } from './literals.ts';
import { globalPath } from './names.ts';
import type { Branch, Goal, NormalRule, Operand } from './normal.ts';
import { constant } from './operands.ts';
import { constantPath } from './rule-index.ts';
import { type Recursion, RuleLocals, Scope } from './scope.ts';
import { stages } from './stages.ts';
import { insideParentheses, operandOf, resultOf } from './terms.ts';

const recursion: Recursion = { operand: operandOf, body: bodyGoals };

/** A rule in normal form. What is wrong with its names is reported to the environment. */
export function normalRule(environment: Environment, rule: Rule): NormalRule {
  const locals = new RuleLocals(environment.metadata?.(rule));
  const outer = new Scope(environment, locals, recursion);
  const { head } = rule;
  const argumentGoals: Goal[] = [];
  const args = head.args && head.args.length > 0 ? argumentsOf(outer, head.args, argumentGoals) : undefined;
  const leading = constantPath(head);
  const scope = outer.branch();
  const goals = [...argumentGoals, ...bodyOf(scope, rule.body)];
  const dynamicPath = head.ref.path
    .slice(leading.length - 1)
    .map(part => (part.kind === 'dot' ? constant(part.span, part.name) : resultOf(scope, part.term, goals)));
  const first = branchOf(scope, rule, goals, head.key, head.value);
  const branches = [first, ...rule.else.map(each => elseBranch(outer, argumentGoals, each))];
  reportUnusedArguments(outer, head);
  return {
    source: environment.source,
    span: rule.span,
    path: [...environment.module.package.path, ...leading],
    dynamicPath,
    headSpan: head.span,
    kind: args ? 'function' : head.key ? 'partialSet' : 'complete',
    default: rule.default,
    ...(args && { args }),
    branches,
    locals: locals.all,
  };
}

/** The goals of a query, and the locals that it names. */
export function normalQuery(environment: Environment, body: Body): { goals: Goal[]; locals: RuleLocals } {
  const locals = new RuleLocals();
  const scope = new Scope(environment, locals, recursion);
  const goals = bodyGoals(scope, body);
  scope.reportUnused();
  return { goals, locals };
}

function argumentsOf(scope: Scope, terms: NonNullable<Head['args']>, goals: Goal[]): Operand[] {
  for (const term of terms) {
    checkArgument(scope, term);
    declareArguments(scope, term);
  }
  const patterns = terms.map(term => resultOf(scope, term, goals));
  const names = terms.flatMap(term => mentionedVariables(term, 'bound'));
  scope.unuse(names.filter(name => names.indexOf(name) === names.lastIndexOf(name)));
  return patterns;
}

function checkArgument(scope: Scope, term: Term): void {
  if (term.kind === 'array') for (const item of term.items) checkArgument(scope, item);
  else if (term.kind === 'object') for (const { value } of term.entries) checkArgument(scope, value);
  else if (
    (term.kind === 'call' && !isEmptySet(term)) ||
    term.kind === 'infix' ||
    term.kind === 'membership'
  ) {
    scope.environment.report(stages.declarations, {
      code: 'rego_compile_error',
      span: insideParentheses(scope, term).span,
      message: 'rule arguments cannot contain calls',
      hint: 'name the argument, and compare it in the body',
    });
  }
}

function declareArguments(scope: Scope, term: Term): void {
  if (term.kind === 'var') {
    if (term.name !== '_' && !scope.isDeclared(term.name)) scope.declare(term, 'argument');
  } else if (term.kind === 'array') {
    for (const item of term.items) declareArguments(scope, item);
  } else if (term.kind === 'object') {
    for (const { value } of term.entries) declareArguments(scope, value);
  } else if (term.kind === 'ref') declareRoot(scope, term);
}

/** An argument that looks something up hides, in its rule, the document that it looks into. */
function declareRoot(scope: Scope, { head }: Ref): void {
  const path = head.kind === 'var' && !scope.isDeclared(head.name) ? globalPath(scope, head.name) : undefined;
  if (path) declareArguments(scope, { ...head, kind: 'var', name: path[0]! });
}

function bodyOf(scope: Scope, body: Body | undefined): Goal[] {
  if (body) declareFunctionNames(scope, body);
  const goals = body ? bodyGoals(scope, body) : [];
  scope.endBody();
  return goals;
}

/** A variable of a body that has the name of a built-in function hides it, declared or not. */
function declareFunctionNames(scope: Scope, body: Body): void {
  for (const name of mentionedIn(body))
    if (declarations.has(name) && !scope.isDeclared(name))
      scope.declare({ kind: 'var', span: body.span, name }, 'mention');
}

function branchOf(
  scope: Scope,
  at: Rule | Else,
  goals: Goal[],
  key: Term | undefined,
  value: Term | undefined,
): Branch {
  const keyOperand = key && resultOf(scope, key, goals);
  const valueOperand = value ? resultOf(scope, value, goals) : constant(at.span, true);
  scope.reportUnused();
  return { span: at.span, value: valueOperand, body: { goals }, ...(keyOperand && { key: keyOperand }) };
}

function elseBranch(outer: Scope, argumentGoals: readonly Goal[], branch: Else): Branch {
  const scope = outer.branch();
  const goals = [...argumentGoals, ...bodyOf(scope, branch.body)];
  return branchOf(scope, branch, goals, undefined, branch.value);
}

function reportUnusedArguments(scope: Scope, head: Head): void {
  const { environment } = scope;
  if (!environment.options.strict || head.ref.name.text.startsWith('$')) return;
  for (const { name, span } of scope.unusedArguments()) {
    environment.report(stages.unused, {
      code: 'rego_compile_error',
      span: head.span,
      message: `unused argument ${name}`,
      hint: 'write "_" for an argument that is not used',
      related: [{ message: `"${name}" stands here`, source: environment.source, span }],
    });
  }
}

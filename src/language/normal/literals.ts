import type {
  Body,
  EveryLiteral,
  ExprLiteral,
  Infix,
  Literal,
  NotLiteral,
  SomeInLiteral,
  Term,
  Var,
} from '../../../grammar/index.ts';
import { callGoal } from './calls.ts';
import type { Goal, LocalOperand, Operand, WithModifier } from './normal.ts';
import type { Scope } from './scope.ts';
import { generated, held, operandOf } from './terms.ts';
import { withModifiers } from './with.ts';

/**
 * The goals of a body, in source order. With `output`, the body is one expression whose value the
 * output takes, whatever it is.
 */
export function bodyGoals(scope: Scope, body: Body, output?: LocalOperand): Goal[] {
  const goals: Goal[] = [];
  for (const literal of body.literals) literalGoals(scope, literal, goals, output);
  for (const local of scope.unused()) {
    scope.environment.report('rego_compile_error', local.span, `declared var ${local.name} unused`);
  }
  return goals;
}

function literalGoals(scope: Scope, literal: Literal, goals: Goal[], output: LocalOperand | undefined): void {
  const modifiers = withModifiers(scope, literal.with, goals);
  const own: Goal[] = [];
  switch (literal.kind) {
    case 'some':
      for (const name of literal.names) scope.declare(name, 'some');
      break;
    case 'someIn':
      someIn(scope, literal, own);
      break;
    case 'every':
      every(scope, literal, own);
      break;
    case 'expr':
    case 'not':
      expression(scope, literal, own, output);
  }
  for (const goal of own) goals.push(modifiers.length === 0 ? goal : withAll(goal, modifiers));
}

function withAll(goal: Goal, modifiers: readonly WithModifier[]): Goal {
  return { ...goal, with: modifiers };
}

function expression(
  scope: Scope,
  literal: ExprLiteral | NotLiteral,
  goals: Goal[],
  output: LocalOperand | undefined,
): void {
  const { term, span } = literal;
  const base = { span, negated: literal.kind === 'not', with: [], generated: false } as const;
  if (output) {
    const right = operandOf(scope, term, goals);
    goals.push({ ...base, kind: 'unify', operator: '=', left: output, right });
  } else if (term.kind === 'infix' && isUnification(term)) {
    const right = operandOf(scope, term.right, goals);
    const left =
      term.operator === ':=' ? assigned(scope, term.left, goals) : operandOf(scope, term.left, goals);
    goals.push({ ...base, kind: 'unify', operator: term.operator, left, right });
  } else if (
    term.kind === 'infix' ||
    term.kind === 'membership' ||
    (term.kind === 'call' && !isEmptySet(term))
  ) {
    const goal = callGoal(scope, term, goals);
    if (goal) goals.push({ ...goal, ...base });
  } else {
    goals.push({ ...base, kind: 'term', operand: operandOf(scope, term, goals) });
  }
}

function isEmptySet(term: Extract<Term, { kind: 'call' }>): boolean {
  return term.function.kind === 'var' && term.function.name === 'set' && term.args.length === 0;
}

function isUnification(term: Infix): term is Infix & { operator: ':=' | '=' | '==' } {
  return term.operator === ':=' || term.operator === '=' || term.operator === '==';
}

/** The left side of `:=`: every variable in it is new. */
function assigned(scope: Scope, term: Term, goals: Goal[]): Operand {
  if (term.kind === 'ref' || term.kind === 'call') {
    scope.environment.report('rego_compile_error', term.span, `cannot assign to ${term.kind}`);
  }
  if (term.kind === 'var' && (term.name === 'input' || term.name === 'data')) {
    scope.environment.report('rego_compile_error', term.span, `variables must not shadow ${term.name}`);
  }
  declareVariables(scope, term, 'assignment');
  return operandOf(scope, term, goals);
}

function declareVariables(scope: Scope, term: Term, by: 'assignment' | 'some'): void {
  for (const variable of patternVariables(term)) {
    if (variable.name !== '_') scope.declare(variable, by);
  }
}

function patternVariables(term: Term): Var[] {
  switch (term.kind) {
    case 'var':
      return [term];
    case 'array':
      return term.items.flatMap(patternVariables);
    case 'object':
      return term.entries.flatMap(entry => patternVariables(entry.value));
    default:
      return [];
  }
}

/** `some k, v in xs` is `v = xs[k]` with what k and v name declared. */
function someIn(scope: Scope, literal: SomeInLiteral, goals: Goal[]): void {
  const collection = held(scope, operandOf(scope, literal.collection, goals), goals);
  if (literal.key) declareVariables(scope, literal.key, 'some');
  declareVariables(scope, literal.value, 'some');
  const key = literal.key ? operandOf(scope, literal.key, goals) : wildcard(scope, literal);
  const value = operandOf(scope, literal.value, goals);
  const { span } = literal;
  const right: Operand =
    collection.kind === 'local'
      ? { kind: 'ref', span, head: collection, path: [key] }
      : { ...collection, path: [...collection.path, key] };
  goals.push({ ...generated(span), generated: false, kind: 'unify', operator: '=', left: value, right });
}

function wildcard(scope: Scope, literal: SomeInLiteral): Operand {
  return scope.temporary(literal.value.span);
}

function every(scope: Scope, literal: EveryLiteral, goals: Goal[]): void {
  const domain = operandOf(scope, literal.collection, goals);
  const inner = scope.child();
  const key = literal.key && inner.declare(literal.key, 'assignment');
  const value = inner.declare(literal.value, 'assignment');
  const body = { goals: bodyGoals(inner, literal.body) };
  const base = { ...generated(literal.span), generated: false };
  goals.push({ ...base, kind: 'every', value, domain, body, ...(key && { key }) });
}

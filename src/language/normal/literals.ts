import type {
  Body,
  Call,
  EveryLiteral,
  ExprLiteral,
  Infix,
  Literal,
  NotLiteral,
  SomeInLiteral,
  Span,
  Term,
  Var,
} from '../../../grammar/index.ts';
import { callGoal } from './calls.ts';
import { declaredNames, isEmptySet, mentionedVariables, patternVariables } from './declared.ts';
import { metadataDeclarations } from './metadata.ts';
import { callTarget } from './names.ts';
import type { Goal, LocalOperand, Operand, WithModifier } from './normal.ts';
import type { Scope } from './scope.ts';
import { stages } from './stages.ts';
import { generated, held, operandOf } from './terms.ts';
import { withModifiers } from './with.ts';

/**
 * The goals of a body, in source order. With `output`, the body is one expression whose value the
 * output takes, whatever it is.
 */
export function bodyGoals(scope: Scope, body: Body, output?: LocalOperand): Goal[] {
  const goals: Goal[] = [];
  scope.expect(declaredNames(body));
  for (const literal of body.literals) literalGoals(scope, literal, goals, output);
  return goals;
}

function literalGoals(scope: Scope, literal: Literal, goals: Goal[], output: LocalOperand | undefined): void {
  const assigns = literal.kind === 'expr' && literal.term.kind === 'infix' && literal.term.operator === ':=';
  const before = assigns ? withModifiers(scope, literal.with, goals, assigns) : undefined;
  const own: Goal[] = [];
  switch (literal.kind) {
    case 'some':
      for (const name of literal.names) {
        const at = { start: literal.span.start, end: name.span.end };
        if (name.name === '_') scope.declareWildcard(name, at);
        else scope.declare(name, 'some', { at });
      }
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
  // What a condition declares is there for its modifiers; what it assigns is not.
  const modifiers = before ?? withModifiers(scope, literal.with, goals, assigns);
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
  const { span } = literal;
  const term = operatorOf(scope, literal.term);
  const base = { span, negated: literal.kind === 'not', with: [], generated: false } as const;
  if (literal.kind === 'not' && term.kind === 'infix' && term.operator === ':=') {
    const message = 'cannot assign vars inside negated expression';
    const hint = 'a negated expression binds nothing: assign on a line of its own, or compare with "=="';
    scope.environment.report(stages.declarations, { code: 'rego_compile_error', span, message, hint });
  }
  if (output) {
    const right = operandOf(scope, term, goals);
    goals.push({ ...base, kind: 'unify', operator: '=', left: output, right });
  } else if (term.kind === 'infix' && isUnification(term)) {
    goals.push({ ...base, kind: 'unify', operator: term.operator, ...sides(scope, term, goals, span) });
  } else if (
    term.kind === 'infix' ||
    term.kind === 'membership' ||
    (term.kind === 'call' && !isEmptySet(term) && !isMetadataCall(scope, term))
  ) {
    const goal = callGoal(scope, term, goals, span);
    if (goal) goals.push({ ...goal, ...base });
  } else {
    goals.push({ ...base, kind: 'term', operand: operandOf(scope, term, goals) });
  }
}

/** What is assigned is found before the names that it is assigned to are there. */
function sides(
  scope: Scope,
  term: Infix,
  goals: Goal[],
  statement: Span,
): { readonly left: Operand; readonly right: Operand } {
  if (term.operator === ':=') {
    const right = operandOf(scope, term.right, goals);
    return { left: assigned(scope, term.left, goals, statement), right };
  }
  const left = operandOf(scope, term.left, goals);
  return { left, right: operandOf(scope, term.right, goals) };
}

const calledOperators: Readonly<Record<string, Infix['operator']>> = { assign: ':=', eq: '=', equal: '==' };

/** `assign(x, 1)`, `eq(x, 1)` and `equal(x, 1)` are what the operators are; any other term is itself. */
function operatorOf(scope: Scope, term: Term): Term {
  if (term.kind !== 'call' || term.args.length !== 2 || term.function.kind !== 'var') return term;
  const { name, span } = term.function;
  const operator = Object.hasOwn(calledOperators, name) ? calledOperators[name] : undefined;
  const [left, right] = term.args;
  if (!operator || callTarget(scope, term.function)?.kind !== 'builtin') return term;
  return { kind: 'infix', span: term.span, operator, operatorSpan: span, left: left!, right: right! };
}

/** A constant of the rule, and no call at all. */
function isMetadataCall(scope: Scope, { function: called, args }: Call): boolean {
  const target = scope.locals.metadata && args.length === 0 && callTarget(scope, called);
  return target && target.kind === 'builtin' ? metadataDeclarations.has(target.name) : false;
}

function isUnification(term: Infix): term is Infix & { operator: ':=' | '=' | '==' } {
  return term.operator === ':=' || term.operator === '=' || term.operator === '==';
}

/** The left side of `:=`: every variable in it is new. */
function assigned(scope: Scope, term: Term, goals: Goal[], statement: Span): Operand {
  for (const part of unassignable(term)) {
    const message = `cannot assign to ${part.kind === 'template' ? 'string' : kindName(part)}`;
    const hint = 'to compare, write "==" or "="';
    scope.environment.report(stages.declarations, {
      code: 'rego_compile_error',
      span: part.span,
      message,
      hint,
    });
  }
  if (term.kind === 'var') checkShadowing(scope, term);
  const variables = patternVariables(term);
  for (const variable of variables) {
    scope.declare(variable, 'assignment', { unusedAt: { start: statement.start, end: variable.span.end } });
  }
  const operand = operandOf(scope, term, goals);
  scope.unuse(variables.map(variable => variable.name));
  return operand;
}

function checkShadowing(scope: Scope, { name, span }: Var): void {
  const { module, options, report } = scope.environment;
  if ((name !== 'input' && name !== 'data') || (module.version !== 'v1' && !options.strict)) return;
  const message = `variables must not shadow ${name}`;
  const hint = 'use a different variable name';
  report(stages.overrides, { code: 'rego_compile_error', span, message, hint });
}

/** The parts of a pattern that are neither variables nor arrays and objects of them. */
function unassignable(term: Term): Term[] {
  switch (term.kind) {
    case 'var':
      return [];
    case 'array':
      return term.items.flatMap(unassignable);
    case 'object':
      return term.entries.flatMap(entry => unassignable(entry.value));
    default:
      return [term];
  }
}

function kindName(term: Term): string {
  return term.kind === 'infix' || term.kind === 'membership' ? 'call' : term.kind.toLowerCase();
}

/** `some k, v in xs` is `v = xs[k]` with what k and v name declared. */
function someIn(scope: Scope, literal: SomeInLiteral, goals: Goal[]): void {
  const collection = held(scope, operandOf(scope, literal.collection, goals), goals);
  checkDomain(scope, literal);
  declareEach(scope, literal);
  const key = literal.key ? operandOf(scope, literal.key, goals) : wildcard(scope, literal);
  const value = operandOf(scope, literal.value, goals);
  const { span } = literal;
  const at = isScalarTerm(literal.collection) ? span : collection.span;
  const right: Operand =
    collection.kind === 'local'
      ? { kind: 'ref', span: at, head: collection, path: [key] }
      : { ...collection, path: [...collection.path, key] };
  goals.push({ ...generated(span), generated: false, kind: 'unify', operator: '=', left: value, right });
}

/** What is looked through must not mention what is found in it. */
function checkDomain(scope: Scope, { key, value, collection, span }: SomeInLiteral): void {
  const inside = new Set(mentionedVariables(collection));
  const bound = [...(key ? mentionedVariables(key, 'bound') : []), ...mentionedVariables(value, 'bound')];
  for (const name of new Set(bound)) {
    if (name === '_' || name === 'input' || name === 'data' || !inside.has(name)) continue;
    scope.environment.report(stages.declarations, {
      code: 'rego_compile_error',
      span: { start: span.start, end: collection.span.end },
      message: `var ${name} assigned before`,
      hint: `"${name}" is both looked for and part of what is looked through: give one another name`,
    });
  }
}

function declareEach(scope: Scope, { key, value, span }: SomeInLiteral): void {
  const variables = [...(key ? patternVariables(key) : []), ...patternVariables(value)];
  const once = new Map(variables.toReversed().map(variable => [variable.name, variable]));
  for (const variable of once.values()) {
    scope.declare(variable, 'some', { at: { start: span.start, end: variable.span.end } });
  }
}

function isScalarTerm({ kind }: Term): boolean {
  return kind === 'null' || kind === 'boolean' || kind === 'number' || kind === 'string';
}

function wildcard(scope: Scope, literal: SomeInLiteral): Operand {
  return scope.temporary(literal.value.span);
}

function every(scope: Scope, literal: EveryLiteral, goals: Goal[]): void {
  const domain = operandOf(scope, literal.collection, goals);
  const inner = scope.child();
  const unusedAt = literal.body.literals[0]?.span ?? literal.body.span;
  const key = literal.key && inner.declare(literal.key, 'some', { unusedAt });
  const value = inner.declare(literal.value, 'some', { unusedAt });
  const body = { goals: bodyGoals(inner, literal.body) };
  inner.reportUnused();
  const base = { ...generated(literal.span), generated: false };
  goals.push({ ...base, kind: 'every', value, domain, body, ...(key && { key }) });
}

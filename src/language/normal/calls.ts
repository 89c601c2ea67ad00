import type { Call, Infix, InfixOperator, Membership, Span, Term } from '../../../grammar/index.ts';
import { declarations } from '../../builtins/declarations.ts';
import { callTarget, namesOf } from './names.ts';
import type { CallGoal, CallTarget, Goal, Operand } from './normal.ts';
import { arrayOperand } from './operands.ts';
import { optional } from './optional.ts';
import type { Scope } from './scope.ts';

type AnyCall = Call | Infix | Membership;

/** The built-in functions that operators stand for; unification is no function. */
const operators: Readonly<Record<Exclude<InfixOperator, '=' | ':='>, string>> = {
  '==': 'equal',
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '|': 'or',
  '&': 'and',
  '+': 'plus',
  '-': 'minus',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
};

/**
 * The goal of a call, an operator or a membership test; undefined, and reported, where the function
 * does not exist. Without `output`, a written argument beyond the function's own is its output.
 */
export function callGoal(scope: Scope, term: AnyCall, goals: Goal[], output?: Operand): CallGoal | undefined {
  const call = parts(scope, term);
  if (!call) return undefined;
  const { target, terms } = call;
  const isPrint = target.kind === 'builtin' && target.name === 'internal.print';
  const operands = isPrint
    ? [printed(scope, terms, term.span)]
    : terms.map(each => scope.recursion.operand(scope, each, goals));
  const arity = arityOf(scope, target);
  const explicit = output === undefined && arity !== undefined && operands.length === arity + 1;
  if (arity !== undefined && !explicit && operands.length !== arity)
    wrongArity(scope, term.span, target, operands);
  return {
    kind: 'call',
    span: term.span,
    negated: false,
    with: [],
    generated: false,
    target,
    args: explicit ? operands.slice(0, -1) : operands,
    ...(explicit ? { output: operands.at(-1)! } : output && { output }),
  };
}

function parts(scope: Scope, term: AnyCall): { target: CallTarget; terms: readonly Term[] } | undefined {
  if (term.kind === 'membership') {
    const { key, value, collection } = term;
    return key
      ? { target: builtin('internal.member_3', term.span), terms: [key, value, collection] }
      : { target: builtin('internal.member_2', term.span), terms: [value, collection] };
  }
  if (term.kind === 'infix') {
    if (term.operator === '=' || term.operator === ':=') return noValue(scope, term);
    return { target: builtin(operators[term.operator], term.operatorSpan), terms: [term.left, term.right] };
  }
  if (term.function.kind === 'var' && term.function.name === 'print' && !scope.isDeclared('print')) {
    return { target: builtin('internal.print', term.function.span), terms: term.args };
  }
  const target = callTarget(scope, term.function);
  if (target && isKnown(scope, target)) return { target, terms: term.args };
  const name = namesOf(term.function)?.join('.') ?? 'this';
  scope.environment.report(
    'rego_type_error',
    term.function.span,
    `undefined function ${name}`,
    suggestion(name),
  );
  return undefined;
}

function noValue(scope: Scope, term: Infix): undefined {
  scope.environment.report(
    'rego_compile_error',
    term.operatorSpan,
    `"${term.operator}" gives no value, so it cannot stand inside another expression`,
    'use "==" to compare, or give it a line of its own',
  );
  return undefined;
}

/** Each argument as a set of at most one value, so that an undefined one can be printed. */
function printed(scope: Scope, terms: readonly Term[], span: Span): Operand {
  return arrayOperand(
    span,
    terms.map(term => ({
      kind: 'comprehension',
      span: term.span,
      makes: 'set',
      ...optional(scope, term),
    })),
  );
}

function builtin(name: string, span: Span): CallTarget {
  return { kind: 'builtin', name, declaration: declarations.get(name)!, span };
}

function isKnown(scope: Scope, target: CallTarget): boolean {
  return target.kind === 'builtin' || scope.environment.rules.arityOf(target.path) !== undefined;
}

/** The number of arguments, or undefined where any number will do. */
function arityOf(scope: Scope, target: CallTarget): number | undefined {
  if (target.kind === 'function') return scope.environment.rules.arityOf(target.path);
  return target.declaration.variadic ? undefined : target.declaration.args.length;
}

function wrongArity(scope: Scope, span: Span, target: CallTarget, operands: readonly Operand[]): void {
  const name = target.kind === 'builtin' ? target.name : `data.${target.path.join('.')}`;
  const wanted = arityOf(scope, target)!;
  scope.environment.report(
    'rego_type_error',
    span,
    `${name} takes ${wanted} argument${wanted === 1 ? '' : 's'}, found ${operands.length}`,
  );
}

function suggestion(name: string): string | undefined {
  const last = name.split('.').at(-1)!;
  const near = [...declarations.keys()].find(known => known.split('.').at(-1) === last && known !== name);
  return near && `did you mean ${near}?`;
}

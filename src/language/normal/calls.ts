import type { Call, Infix, Membership, Span, Term } from '../../../grammar/index.ts';
import type { BuiltinDeclaration } from '../../builtins/declaration.ts';
import { declarations, operators } from '../../builtins/declarations.ts';
import { any } from '../../builtins/types.ts';
import { checkArity, unknownFunction } from './call-checks.ts';
import { callTarget, globalPath, globalRef, isHostFunction, namesOf } from './names.ts';
import type { CallGoal, CallTarget, Goal, Operand } from './normal.ts';
import { arrayOperand } from './operands.ts';
import { optional } from './optional.ts';
import type { Scope } from './scope.ts';
import { stages } from './stages.ts';

type AnyCall = Call | Infix | Membership;

/**
 * The goal of a call, an operator or a membership test; undefined, and reported, where the function
 * does not exist. Without `output`, a written argument beyond the function's own is its output.
 * `at` is the expression that the call makes.
 */
export function callGoal(
  scope: Scope,
  term: AnyCall,
  goals: Goal[],
  at: Span,
  output?: Operand,
): CallGoal | undefined {
  const call = parts(scope, term, at, goals, output !== undefined);
  if (!call) {
    if (term.kind === 'call') for (const each of term.args) scope.recursion.operand(scope, each, []);
    return undefined;
  }
  const { target, terms } = call;
  checkDeprecated(scope, target, at);
  const isPrint = target.kind === 'builtin' && target.name === 'internal.print';
  const operands = isPrint
    ? [printed(scope, terms, term.span)]
    : terms.map(each => scope.recursion.operand(scope, each, goals));
  const arity = checkArity(scope, target, operands.length, { at, nested: output !== undefined });
  const explicit = output === undefined && arity !== undefined && operands.length === arity + 1;
  return {
    kind: 'call',
    span: at,
    negated: false,
    with: [],
    generated: false,
    target,
    args: explicit ? operands.slice(0, -1) : operands,
    ...(explicit ? { output: operands.at(-1)! } : output && { output }),
  };
}

interface Parts {
  readonly target: CallTarget;
  readonly terms: readonly Term[];
}

function parts(scope: Scope, term: AnyCall, at: Span, goals: Goal[], nested: boolean): Parts | undefined {
  if (term.kind === 'membership') {
    const { key, value, collection } = term;
    return key
      ? { target: builtin('internal.member_3', term.span), terms: [key, value, collection] }
      : { target: builtin('internal.member_2', term.span), terms: [value, collection] };
  }
  if (term.kind === 'infix') {
    if (term.operator === '=' || term.operator === ':=') return noValue(scope, term);
    const name = operators.get(term.operator)!;
    scope.mention(name);
    return { target: builtin(name, term.operatorSpan), terms: [term.left, term.right] };
  }
  if (isPrint(scope, term)) {
    scope.mention('print');
    if (nested) {
      const message = 'print(…) used as value: it gives none';
      scope.environment.report(stages.voidCalls, { code: 'rego_type_error', span: at, message });
    }
    return { target: builtin('internal.print', term.function.span), terms: term.args };
  }
  return named(scope, term, at, goals, nested);
}

function isPrint(scope: Scope, term: Call): boolean {
  const { capabilities } = scope.environment.options;
  return (
    term.function.kind === 'var' &&
    term.function.name === 'print' &&
    !scope.isDeclared('print') &&
    !scope.isExpected('print') &&
    globalPath(scope, 'print') === undefined &&
    (!capabilities || capabilities.has('print'))
  );
}

/** The variable that hides what names call: one of the first name, or of `data` where they are those of a rule. */
function hidingVariable(
  scope: Scope,
  names: readonly string[],
  target: CallTarget | undefined,
): string | undefined {
  if (isHostFunction(names)) return undefined;
  if (scope.isDeclaredInBody(names[0]!)) return names[0];
  return target?.kind === 'function' && scope.isDeclaredInBody('data') ? 'data' : undefined;
}

function named(scope: Scope, term: Call, at: Span, goals: Goal[], nested: boolean): Parts | undefined {
  const names = namesOf(term.function);
  const first = names?.[0];
  const target = callTarget(scope, term.function);
  const hiding = nested && names ? hidingVariable(scope, names, target) : undefined;
  if (hiding !== undefined) {
    const message = `called function ${names!.join('.')} shadowed by the variable "${hiding}"`;
    const hint = 'give the variable another name';
    scope.environment.report(stages.declarations, { code: 'rego_compile_error', span: at, message, hint });
    return undefined;
  }
  if (target?.kind !== 'function' && first !== undefined && !scope.isDeclared(first)) scope.mention(first);
  if (target && isKnown(scope, target)) return { target, terms: term.args };
  if (scope.environment.options.ignoreUnknownBuiltins && target?.kind !== 'function' && names)
    return { target: anything(names.join('.'), term), terms: term.args };
  const plainRule = target?.kind === 'function' && scope.environment.rules.hasRule(target.path);
  // OPA lets a rule be called without arguments where its type is not known; the types are checked later.
  if (plainRule && term.args.length === 0) return { target, terms: [] };
  const operand = plainRule && globalRef(['data', ...target.path], term.function.span);
  if (operand) goals.push({ kind: 'term', span: at, negated: false, with: [], generated: true, operand });
  const isOutput = operand && term.args.length <= (nested ? 0 : 1);
  unknownFunction(scope, term.function, target, at, isOutput ? stages.types : stages.functions);
  return undefined;
}

/** A function of which nothing is known: it takes what it is given. */
function anything(name: string, term: Call): CallTarget {
  const declaration: BuiltinDeclaration = {
    name,
    args: term.args.map((_, i) => ({ name: `argument ${i + 1}`, type: any })),
    result: { name: 'output', type: any },
    description: 'Not known here.',
  };
  return { kind: 'builtin', name, declaration, span: term.function.span };
}

function noValue(scope: Scope, term: Infix): undefined {
  scope.environment.report(stages.functions, {
    code: 'rego_compile_error',
    span: term.operatorSpan,
    message: `"${term.operator}" gives no value, so it cannot stand inside another expression`,
    hint: 'use "==" to compare, or give it a line of its own',
  });
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

function checkDeprecated(scope: Scope, target: CallTarget, at: Span): void {
  const { module, options, report } = scope.environment;
  if (target.kind !== 'builtin' || !target.declaration.deprecated) return;
  if (module.version !== 'v1' && !options.strict) return;
  report(stages.deprecated, {
    code: 'rego_type_error',
    span: { start: at.start, end: Math.max(target.span.end, at.start) },
    message: `deprecated built-in function: ${target.name}`,
    hint: replacements[target.name],
  });
}

/** What to write in place of deprecated functions. */
const replacements: Readonly<Record<string, string>> = {
  all: 'write `every x in xs { x }`',
  any: 'write `true in xs`',
  cast_array: 'use is_array to check, or a comprehension to convert',
  cast_boolean: 'use is_boolean',
  cast_null: 'use is_null',
  cast_object: 'use is_object',
  cast_set: 'use is_set to check, or a comprehension to convert',
  cast_string: 'use is_string',
  'net.cidr_overlap': 'use net.cidr_contains',
  re_match: 'use regex.match',
  set_diff: 'write `a - b`',
};

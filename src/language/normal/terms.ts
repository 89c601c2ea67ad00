import type {
  ArrayComprehension,
  Call,
  Infix,
  Membership,
  ObjectComprehension,
  Ref,
  RefPart,
  SetComprehension,
  Span,
  Template,
  Term,
  Var,
} from '../../../grammar/index.ts';
import { parseNumber, SetValue } from '../../values/index.ts';
import { callGoal } from './calls.ts';
import { isEmptySet } from './declared.ts';
import { distinctEntries } from './entries.ts';
import { metadataConstant } from './metadata.ts';
import { callTarget, globalPath, globalRef } from './names.ts';
import type { Goal, LocalOperand, Operand, RefOperand } from './normal.ts';
import { arrayOperand, constant, objectOperand, setOperand } from './operands.ts';
import { optional } from './optional.ts';
import type { Scope } from './scope.ts';

/**
 * The operand that a term is. Calls inside it, and what a reference starts from, become goals of
 * their own, pushed onto `goals` before the one that needs them.
 */
export function operandOf(scope: Scope, written: Term, goals: Goal[]): Operand {
  const term = insideParentheses(scope, written);
  switch (term.kind) {
    case 'null':
      return constant(term.span, null);
    case 'boolean':
    case 'string':
      return constant(term.span, term.value);
    case 'number':
      return constant(term.span, parseNumber(term.text) ?? 0);
    case 'var':
      return variable(scope, term);
    case 'ref':
      return reference(scope, term, goals);
    case 'array':
      return arrayOperand(term.span, operandsOf(scope, term.items, goals));
    case 'set':
      return setOperand(term.span, operandsOf(scope, term.items, goals));
    case 'object':
      return objectOperand(
        term.span,
        distinctEntries(term.entries).map(entry => ({
          key: operandOf(scope, entry.key, goals),
          value: operandOf(scope, entry.value, goals),
        })),
      );
    case 'arrayComprehension':
    case 'setComprehension':
    case 'objectComprehension':
      return comprehension(scope, term);
    case 'template':
      return template(scope, term);
    case 'call':
    case 'infix':
    case 'membership':
      return nestedCall(scope, term, goals);
  }
}

/** The term, placed where its first part begins: parentheses before that are no part of it. */
export function insideParentheses<T extends Term>(scope: Scope, term: T): T {
  const { text } = scope.environment.source;
  let { start } = term.span;
  while (text[start] === '(') {
    start++;
    while (/\s/u.test(text[start] ?? '')) start++;
  }
  return start === term.span.start ? term : { ...term, span: { start, end: term.span.end } };
}

/**
 * The operand of what a rule takes, of what a rule or comprehension gives, or of the value of a modifier.
 * One that must be evaluated first becomes a goal of its own, and is checked and ordered like others.
 */
export function resultOf(scope: Scope, term: Term, goals: Goal[]): Operand {
  const operand = operandOf(scope, term, goals);
  return needsEvaluation(operand) ? inLocal(scope, operand, goals) : operand;
}

/** Whether an operand is, or holds, a reference or something with a body of its own. */
function needsEvaluation(operand: Operand): boolean {
  switch (operand.kind) {
    case 'const':
    case 'local':
      return false;
    case 'array':
    case 'set':
      return operand.items.some(needsEvaluation);
    case 'object':
      return operand.entries.some(({ key, value }) => needsEvaluation(key) || needsEvaluation(value));
    default:
      return true;
  }
}

export function operandsOf(scope: Scope, terms: readonly Term[], goals: Goal[]): Operand[] {
  return terms.map(term => operandOf(scope, term, goals));
}

/** Makes an operand something that a reference can start from: a local holds it. */
export function held(scope: Scope, operand: Operand, goals: Goal[]): LocalOperand | RefOperand {
  return operand.kind === 'local' || operand.kind === 'ref' ? operand : inLocal(scope, operand, goals);
}

/** A local of ours that is equal to an operand. */
export function inLocal(scope: Scope, operand: Operand, goals: Goal[]): LocalOperand {
  const local = scope.temporary(operand.span);
  goals.push({ ...generated(operand.span), kind: 'unify', operator: '=', left: local, right: operand });
  return local;
}

export function generated(span: Span) {
  return { span, negated: false, with: [], generated: true } as const;
}

function variable(scope: Scope, { name, span }: Var): Operand {
  const declared = name === '_' ? undefined : scope.find(name);
  if (declared) return { kind: 'local', span, local: declared };
  const isRoot = name === 'input' || name === 'data';
  const isLocal = name === '_' || (scope.isExpected(name) && !isRoot);
  const path = isLocal ? undefined : globalPath(scope, name);
  if (path) return documentAt(scope, path, span);
  if (name !== '_') scope.mention(name);
  return { kind: 'local', span, local: scope.locals.named(name, span) };
}

/** What stands at a path of `input` or `data`; below a variable where an argument has made one of that name. */
function documentAt(scope: Scope, path: readonly string[], span: Span): RefOperand | LocalOperand {
  const hiding = scope.find(path[0]!);
  const document = globalRef(path, span);
  if (!hiding) return document;
  const head = { kind: 'local', span, local: hiding } as const;
  return document.path.length === 0 ? head : { ...document, head };
}

function reference(scope: Scope, { head, path, span }: Ref, goals: Goal[]): Operand {
  const start = held(scope, operandOf(scope, head, goals), goals);
  const rest = path.map(part => partOperand(scope, part, goals));
  if (start.kind === 'local') return { kind: 'ref', span, head: start, path: rest };
  return { kind: 'ref', span, head: start.head, path: [...start.path, ...rest] };
}

function partOperand(scope: Scope, part: RefPart, goals: Goal[]): Operand {
  return part.kind === 'dot' ? constant(part.span, part.name) : operandOf(scope, part.term, goals);
}

function nestedCall(scope: Scope, term: Call | Infix | Membership, goals: Goal[]): Operand {
  if (term.kind === 'call' && isEmptySet(term)) return constant(term.span, SetValue.empty);
  const constantCall = term.kind === 'call' ? metadataCall(scope, term) : undefined;
  if (constantCall) return constantCall;
  const output = scope.temporary(term.span);
  const goal = callGoal(scope, term, goals, term.span, output);
  if (!goal) return constant(term.span, null);
  goals.push({ ...goal, ...generated(term.span) });
  return output;
}

/** `rego.metadata.rule()` and its like: constants of the rule that they stand in. */
function metadataCall(scope: Scope, term: Call): Operand | undefined {
  const target = callTarget(scope, term.function);
  if (target?.kind !== 'builtin' || term.args.length > 0 || !scope.locals.metadata) return undefined;
  const value = metadataConstant(target.name, scope.locals.metadata);
  return value === undefined ? undefined : constant(term.span, value);
}

function comprehension(
  scope: Scope,
  term: ArrayComprehension | SetComprehension | ObjectComprehension,
): Operand {
  const inner = scope.child();
  const goals = scope.recursion.body(inner, term.body);
  const { span } = term;
  if (term.kind === 'objectComprehension') {
    const key = resultOf(inner, term.key, goals);
    const value = resultOf(inner, term.value, goals);
    inner.reportUnused();
    return { kind: 'comprehension', span, makes: 'object', key, value, body: { goals } };
  }
  const value = resultOf(inner, term.term, goals);
  inner.reportUnused();
  const makes = term.kind === 'arrayComprehension' ? 'array' : 'set';
  return { kind: 'comprehension', span, makes, value, body: { goals } };
}

function template(scope: Scope, term: Template): Operand {
  const parts = term.parts.map(part => {
    if (part.kind === 'string') return part.value;
    return optional(scope, part.term, part.with);
  });
  return { kind: 'template', span: term.span, parts };
}

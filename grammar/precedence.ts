import type { IToken } from 'chevrotain';
import type { InfixOperator, Membership, Term } from './ast.ts';
import { membershipNode } from './nodes.ts';
import { endOf } from './tokens.ts';

/** How strongly each operator binds; all of them group from the left. */
const bindingPowers: ReadonlyMap<string, number> = new Map([
  ['in', 1],
  ['==', 2],
  ['!=', 2],
  ['<', 2],
  ['<=', 2],
  ['>', 2],
  ['>=', 2],
  ['|', 3],
  ['&', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
]);

/** The tree of `operands[0] operators[0] operands[1] …`, as the binding powers have it. */
export function climb(operands: readonly Term[], operators: readonly IToken[]): Term {
  const terms: Term[] = [operands[0]!];
  const pending: IToken[] = [];
  for (const [index, operator] of operators.entries()) {
    while (pending.length > 0 && power(pending.at(-1)!) >= power(operator)) reduce(terms, pending);
    pending.push(operator);
    terms.push(operands[index + 1]!);
  }
  while (pending.length > 0) reduce(terms, pending);
  return terms[0]!;
}

const power = (operator: IToken): number => bindingPowers.get(operator.image) ?? 0;

function reduce(terms: Term[], pending: IToken[]): void {
  const right = terms.pop()!;
  const left = terms.pop()!;
  terms.push(infix(left, pending.pop()!, right));
}

/** One operator applied; `:=` and `=`, which never stand in a chain, come here directly. */
export function infix(left: Term, operator: IToken, right: Term): Term {
  const span = { start: left.span.start, end: right.span.end };
  if (operator.image === 'in') return membershipNode(span, undefined, left, right);
  return {
    kind: 'infix',
    span,
    operator: operator.image as InfixOperator,
    operatorSpan: { start: operator.startOffset, end: endOf(operator) },
    left,
    right,
  };
}

/**
 * `key, term`, where `term` was read as `value in collection`: the key belongs to the first `in`.
 * Undefined where there is none to take it.
 */
export function withKey(key: Term, term: Term): Term | undefined {
  if (term.kind !== 'membership' || term.key !== undefined) return undefined;
  const span = { start: key.span.start, end: term.span.end };
  if (!isBare(term.value)) return membershipNode(span, key, term.value, term.collection);
  const value = withKey(key, term.value);
  return value && membershipNode(span, undefined, value, term.collection);
}

/** A membership without parentheses around it, which would widen its span. */
export function isBare(term: Term): term is Membership {
  return term.kind === 'membership' && term.span.start === (term.key ?? term.value).span.start;
}

import type { Term, With } from '../../../grammar/index.ts';
import type { NormalBody, Operand } from './normal.ts';
import type { Scope } from './scope.ts';

/** A body that gives the value of a term, or nothing where it is undefined. */
export function optional(
  scope: Scope,
  term: Term,
  modifiers: readonly With[] = [],
): { value: Operand; body: NormalBody } {
  const value = scope.temporary(term.span);
  const literal = { kind: 'expr', span: term.span, term, with: modifiers } as const;
  const goals = scope.recursion.body(scope, { kind: 'body', span: term.span, literals: [literal] }, value);
  return { value, body: { goals } };
}

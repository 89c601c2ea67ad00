import type { InfixOperator, Literal, Term } from '../../../grammar/index.ts';
import type { SourceFile } from '../../base/index.ts';
import type { TraceEvent } from '../../evaluate/index.ts';

/** The built-in functions that operators stand for. */
const operators: Readonly<Partial<Record<InfixOperator, string>>> = {
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '+': 'plus',
  '-': 'minus',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '&': 'and',
  '|': 'or',
};

/** The terms that an event's operands were written as; none where they cannot be told. */
export function operandTerms(literal: Literal, event: TraceEvent, source: SourceFile): readonly Term[] {
  const count = event.operands?.length ?? 0;
  const whole = wholeTerms(literal);
  if (whole !== undefined && whole.length === count && event.call === undefined) return whole;
  const found = termsOf(literal).find(
    term => stands(term, literal, event, source) && fits(term, event.call, count),
  );
  return found === undefined ? [] : partsOf(found, count);
}

/** What a literal looks at, where it is neither an operator nor a call. */
function wholeTerms(literal: Literal): readonly Term[] | undefined {
  if (literal.kind === 'someIn' || literal.kind === 'every') return [literal.collection];
  if (literal.kind === 'some') return undefined;
  const { term } = literal;
  if (term.kind === 'infix' && term.operator === ':=') return [term.right];
  return term.kind === 'infix' || term.kind === 'call' || term.kind === 'membership' ? undefined : [term];
}

/** A negation is told at its `not`. */
function stands(term: Term, literal: Literal, { line, column }: TraceEvent, source: SourceFile): boolean {
  const offset = literal.kind === 'not' && term === literal.term ? literal.span.start : term.span.start;
  const at = source.position(offset);
  return at.line === line && at.column === column;
}

function fits(term: Term, call: string | undefined, count: number): boolean {
  const parts = partsOf(term, count);
  if (parts.length !== count) return false;
  if (term.kind === 'infix') return operators[term.operator] === call;
  if (term.kind === 'membership') return call?.startsWith('internal.member_') === true;
  return call !== undefined && !Object.values(operators).includes(call);
}

function partsOf(term: Term, count: number): readonly Term[] {
  switch (term.kind) {
    case 'infix':
      return [term.left, term.right];
    case 'call':
      return term.args.slice(0, count);
    case 'membership':
      return term.key === undefined ? [term.value, term.collection] : [term.key, term.value, term.collection];
    default:
      return [];
  }
}

/** Every operator, call and membership test of a literal, outer ones first. */
function termsOf(literal: Literal): readonly Term[] {
  const terms: Term[] = [];
  visit(literal);
  return terms;

  function visit(node: unknown): void {
    if (node === null || typeof node !== 'object') return;
    if (isOperation(node)) terms.push(node);
    for (const child of Object.values(node)) visit(child);
  }
}

function isOperation(node: object): node is Term {
  return 'kind' in node && ['infix', 'call', 'membership'].includes(String(node.kind));
}

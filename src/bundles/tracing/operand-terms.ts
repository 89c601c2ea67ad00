import type { InfixOperator, Literal, Term } from '../../../grammar/index.ts';
import type { SourceFile } from '../../base/index.ts';
import type { TraceEvent } from '../../evaluate/index.ts';
import type { Value } from '../../values/index.ts';

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

/** Constants say themselves what they are; what is put together or searched in place is not kept by traces. */
const unshown: readonly Term['kind'][] = [
  'null',
  'boolean',
  'number',
  'string',
  'template',
  'array',
  'object',
  'set',
  'arrayComprehension',
  'objectComprehension',
  'setComprehension',
];

/** A term as it is written, with what it was; no value where undefined. */
export interface ShownValue {
  readonly text: string;
  readonly value?: Value;
}

/** What an event says of the values in its condition, each term once: operands, then variables. */
export function shownValues(
  literal: Literal,
  events: readonly TraceEvent[],
  source: SourceFile,
): readonly ShownValue[] {
  const values = new Map<string, Value | undefined>();
  const add = (text: string, value: Value | undefined): void => {
    if (!values.has(text)) values.set(text, value);
  };
  for (const event of events) {
    for (const [i, term] of operandTerms(literal, event, source).entries()) {
      const text = source.text.slice(term.span.start, term.span.end).replace(/\s+/gu, ' ');
      if (!unshown.includes(term.kind)) add(text, event.operands![i]);
    }
  }
  for (const event of events)
    for (const [name, value] of event.bound ?? []) if (!name.startsWith('$')) add(name, value);
  return [...values].map(([text, value]) => ({ text, ...(value !== undefined && { value }) }));
}

/** The terms that an event's operands were written as; none where they cannot be told. */
function operandTerms(literal: Literal, event: TraceEvent, source: SourceFile): readonly Term[] {
  const count = event.operands?.length ?? 0;
  const whole = event.call === undefined ? wholeTerm(literal, event, source) : undefined;
  if (whole !== undefined && count === 1) return [whole];
  const found = termsOf(literal).find(
    term => stands(term, literal, event, source) && fits(term, event.call, count),
  );
  return found === undefined ? [] : partsOf(found, count);
}

/** What a literal looks at, where it is neither an operator nor a call. */
function wholeTerm(literal: Literal, event: TraceEvent, source: SourceFile): Term | undefined {
  switch (literal.kind) {
    case 'every':
      return literal.collection;
    case 'someIn':
      return isAt(literal.span.start, event, source) ? undefined : literal.collection;
    case 'some':
      return undefined;
  }
  const { term } = literal;
  if (term.kind === 'infix' && term.operator === ':=') return event.kind === 'fail' ? term.right : undefined;
  return term.kind === 'infix' || term.kind === 'call' || term.kind === 'membership' ? undefined : term;
}

/** A negation is told at its `not`. */
function stands(term: Term, literal: Literal, event: TraceEvent, source: SourceFile): boolean {
  const isNegated = literal.kind === 'not' && term === literal.term;
  return isAt(isNegated ? literal.span.start : term.span.start, event, source);
}

function isAt(offset: number, { line, column }: TraceEvent, source: SourceFile): boolean {
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

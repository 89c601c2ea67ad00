import type * as a from './ast.ts';
import { nounOf, verbs } from './statements.ts';

/** Constructors for the nodes with optional parts: what is not written has no key at all. */

export function importNode(
  span: a.Span,
  path: readonly string[],
  pathSpan: a.Span,
  alias?: a.Name,
): a.Import {
  const node = { kind: 'import', span, path, pathSpan } as const;
  return alias === undefined ? node : { ...node, alias };
}

export function ruleNode(
  span: a.Span,
  head: a.Head,
  parts: { default?: boolean; chained?: boolean; body?: a.Body | undefined; else?: readonly a.Else[] },
): a.Rule {
  const node = {
    kind: 'rule',
    span,
    default: parts.default ?? false,
    chained: parts.chained ?? false,
    head,
    else: parts.else ?? [],
  } as const;
  return parts.body === undefined ? node : { ...node, body: parts.body };
}

/** What may follow the reference of a rule head. */
export interface HeadParts {
  args?: readonly a.Term[];
  key?: a.Term;
  value?: a.Term;
  assign?: ':=' | '=';
}

export function headNode(span: a.Span, ref: a.HeadRef, parts: HeadParts): a.Head {
  return { kind: 'head', span, ref, ...parts };
}

export function elseNode(span: a.Span, value: Omit<HeadParts, 'args' | 'key'>, body?: a.Body): a.Else {
  const node = { kind: 'else', span, ...value } as const;
  return body === undefined ? node : { ...node, body };
}

export function refNode(span: a.Span, head: a.Term, path: readonly a.RefPart[]): a.Term {
  return path.length === 0 ? head : { kind: 'ref', span, head, path };
}

export function membershipNode(
  span: a.Span,
  key: a.Term | undefined,
  value: a.Term,
  collection: a.Term,
): a.Membership {
  if (key === undefined) return { kind: 'membership', span, value, collection };
  return { kind: 'membership', span, key, value, collection };
}

export function someInNode(span: a.Span, domain: a.Membership, withs: readonly a.With[]): a.SomeInLiteral {
  const node = {
    kind: 'someIn',
    span,
    with: withs,
    value: domain.value,
    collection: domain.collection,
  } as const;
  return domain.key === undefined ? node : { ...node, key: domain.key };
}

export function everyNode(
  span: a.Span,
  domain: { key?: a.Var; value: a.Var; collection: a.Term },
  body: a.Body,
  withs: readonly a.With[],
): a.EveryLiteral {
  return { kind: 'every', span, with: withs, ...domain, body };
}

/** The words that a statement begins with, as written. */
export interface StatementWords {
  readonly label: a.Name | undefined;
  readonly verb: a.Name;
  readonly count: a.NumberTerm | undefined;
  readonly noun: a.Name | undefined;
}

/** Undefined where the words are not those of a statement. */
export function statementNode(
  span: a.Span,
  { label, verb, count, noun }: StatementWords,
  args: readonly a.Term[],
  clauses: readonly a.Clause[],
): a.Statement | undefined {
  const known = noun && nounOf(noun.text);
  if (!verbs.has(verb.text) || (verb.text !== 'exempt' && known === undefined)) return undefined;
  return {
    kind: 'statement',
    span,
    ...(label && { label }),
    verb: verb.text as a.Verb,
    verbSpan: verb.span,
    ...(count && { count }),
    ...(noun && known && { noun: known, nounSpan: noun.span }),
    args,
    clauses,
  };
}

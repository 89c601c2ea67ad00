import type { Literal, Span, Term } from '../../../grammar/index.ts';
import { Builder } from './build.ts';
import { constantOf } from './constant.ts';
import { mentions, withGeneratedSubjects } from './generated-names.ts';
import type { Lowering } from './lowering.ts';
import type { NeededPath } from './needs.ts';

/** A value that a statement needs, as the rules made of it name it. */
export interface Parameter {
  /** Its value where `$image` is in scope. */
  readonly term: Term;
  readonly span: Span;
  /** As the author wrote it. */
  readonly text: string;
  /** Written out, so that it is never undefined. */
  readonly constant: boolean;
}

/**
 * Gives a term a rule of its own, evaluated once: what is compiled for its value can be kept. A term
 * that speaks of `image` becomes a function of it. It is undefined where a path is that the term looks at: an
 * empty collection made of nothing would say that there is nothing.
 */
export function defineParameter(lowering: Lowering, part: string, term: Term): Parameter {
  const at = new Builder(term.span);
  const perImage = mentions(term, 'image');
  const value = withGeneratedSubjects(term);
  const literals = isPath(term)
    ? []
    : lowering.needs(term, { effect: 'fails' }).map(({ ref }) => at.defined(ref));
  const name = lowering.define(part, { ...(perImage && { args: ['$image'] }), value, literals }, at);
  return {
    term: perImage ? at.call(name, at.var('$image')) : at.var(name),
    span: term.span,
    text: lowering.textOf(term),
    constant: constantOf(term) !== undefined,
  };
}

/** Gives paths that something needs rules of their own. */
export function defineNeeds(lowering: Lowering, paths: readonly NeededPath[]): readonly Parameter[] {
  return paths.map(({ ref, text }, i) => {
    const at = new Builder(ref.span);
    const term = at.var(lowering.define(`needs_${i + 1}`, { value: ref }, at));
    return { term, span: ref.span, text, constant: false };
  });
}

function isPath(term: Term): boolean {
  return term.kind === 'ref' && term.head.kind === 'var' && ['data', 'input'].includes(term.head.name);
}

/** Holds where the parameter is undefined. */
export function isUndefined({ term, span }: Parameter): Literal {
  const at = new Builder(span);
  const given = at.collect(at.boolean(true), at.defined(term));
  return at.test(given, '==', at.array([]));
}

/**
 * A text for a term: always defined, whatever the term does. A term that is a string is that string.
 */
export function defineText(lowering: Lowering, part: string, term: Term): Term {
  const constant = constantOf(term);
  if (typeof constant === 'string') return term;
  const at = new Builder(term.span);
  const value = defineParameter(lowering, `${part}_value`, term);
  const perImage = value.term.kind === 'call';
  const printed = at.call('sprintf', at.string('%v'), at.array([at.var('$value')]));
  const name = lowering.define(
    part,
    {
      ...(perImage && { args: ['$image'] }),
      value: at.var('$text'),
      literals: [at.assign('$value', value.term), at.assign('$text', printed)],
      else: [{ value: at.string(`${value.text} is undefined`), literals: [] }],
    },
    at,
  );
  return perImage ? at.call(name, at.var('$image')) : at.var(name);
}

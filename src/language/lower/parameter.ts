import type { Literal, Span, Term } from '../../../grammar/index.ts';
import { Builder } from './build.ts';
import { constantOf } from './constant.ts';
import { mentions, withGeneratedSubjects } from './generated-names.ts';
import type { Lowering } from './lowering.ts';

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
 * that speaks of `image` becomes a function of it.
 */
export function defineParameter(lowering: Lowering, part: string, term: Term): Parameter {
  const at = new Builder(term.span);
  const perImage = mentions(term, 'image');
  const value = withGeneratedSubjects(term);
  const name = lowering.define(part, { ...(perImage && { args: ['$image'] }), value }, at);
  return {
    term: perImage ? at.call(name, at.var('$image')) : at.var(name),
    span: term.span,
    text: lowering.textOf(term),
    constant: constantOf(term) !== undefined,
  };
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

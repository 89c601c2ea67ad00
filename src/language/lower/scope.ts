import type { Body, Literal } from '../../../grammar/index.ts';
import { Builder } from './build.ts';
import { mentions, withGeneratedSubjects } from './generated-names.ts';
import type { Lowering } from './lowering.ts';
import { patternList } from './pattern-list.ts';

/**
 * What must hold of `$image` for the statement to apply. `for` that is undefined or no pattern narrows
 * nothing; `unless` that is undefined excepts nothing; `if` applies only where it holds. What does not
 * speak of the image stands first: it is looked at once.
 *
 * What stands below `not` is a rule of its own: Rego evaluates the arguments of a call outside its negation,
 * where one that is undefined would take the image out of scope.
 */
export function scopeLiterals(lowering: Lowering, own: readonly Literal[] = []): Literal[] {
  const once: Literal[] = [];
  const perImage: Literal[] = [...own];
  const patterns = lowering.listClause('for');
  if (patterns !== undefined) {
    const { at } = lowering;
    const { list } = patternList(lowering, 'for', patterns, 'image');
    const image = at.var('$image');
    const matches = at.call('image.matches', image, list);
    const literals = [at.test(matches, '==', at.boolean(false))];
    perImage.push(at.not(at.call(lowering.define('outside', { args: ['$image'], literals }), image)));
  }
  for (const word of ['if', 'unless'] as const) {
    const body = lowering.bodyClause(word);
    if (body === undefined) continue;
    const opens = word === 'unless' || lowering.statement.verb === 'exempt';
    const condition = (opens ? defineOpening : defineCondition)(lowering, word, body, ['image']);
    const at = new Builder(body.span);
    const literal = word === 'if' ? at.expr(condition) : at.not(condition);
    (mentions(body, 'image') ? perImage : once).push(literal);
  }
  return [...once, ...perImage];
}

/**
 * As `defineCondition`, of a body that lets images pass where it holds: it does not where a path is absent of
 * which `not` would hold.
 */
export function defineOpening(lowering: Lowering, part: string, body: Body, subjects: readonly string[]) {
  const at = new Builder(body.span);
  const given = lowering.needs(body, { effect: 'holds' }).map(({ ref }) => at.defined(ref));
  const literals = [...given, ...body.literals];
  return defineCondition(lowering, part, { ...body, literals }, subjects);
}

/**
 * A rule that holds where the body does; those of the `subjects` that the body mentions are its arguments.
 * Gives the term that asks it.
 */
export function defineCondition(lowering: Lowering, part: string, body: Body, subjects: readonly string[]) {
  const at = new Builder(body.span);
  const args = subjects.filter(name => mentions(body, name)).map(name => `$${name}`);
  const { literals } = withGeneratedSubjects(body);
  const name = lowering.define(part, { ...(args.length > 0 && { args }), literals }, at);
  return args.length === 0 ? at.var(name) : at.call(name, ...args.map(argument => at.var(argument)));
}

import type { Literal, Term } from '../../../grammar/index.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { defineParameter, type Parameter } from './parameter.ts';
import type { Finding } from './violation.ts';

/** How old something may be: `within AGE`. */
export interface Age {
  readonly limit: Parameter;
  /** Holds of a time in RFC 3339 that is not longer ago than that. */
  readonly holds: (time: Term) => Literal;
  /** What to say of something whose time is longer ago. */
  readonly tooOld: (what: string, time: Term) => Finding;
}

/** The age that a statement allows; undefined where it says nothing of it. Reports one that is no duration. */
export function ageOf(lowering: Lowering): Age | undefined {
  const term = lowering.termClause('within');
  if (term === undefined) return undefined;
  if (term.kind === 'string' && !/^(?:\d+[dw]|(?:\d+[hms])+)$/.test(term.value))
    lowering.report(term.span, `expected a duration, found "${term.value}"`, 'such as "12h", "7d" or "2w"');
  const { at } = lowering;
  const limit = defineParameter(lowering, 'within', term);
  const age = (time: Term) => at.infix(at.call('time.now_ns'), '-', at.call('time.parse_rfc3339_ns', time));
  const longest = at.call(lowering.use('duration'), limit.term);
  return {
    limit,
    holds: time => at.test(age(time), '<=', longest),
    tooOld: (what, time) => ({
      literals: [at.test(age(time), '>', longest)],
      message: message(at, `the ${what} is older than %v`, limit.term),
      expected: message(at, `a ${what} not older than %v`, limit.term),
      found: message(at, '%v', time),
    }),
  };
}

import type { Literal } from '../../../grammar/index.ts';
import type { Builder } from './build.ts';
import type { Lowering } from './lowering.ts';
import type { Parameter } from './parameter.ts';

/**
 * How many are required, 1 where nothing is written; reports a number that is none or that cannot be
 * reached.
 */
export function countOf(lowering: Lowering, authorities: Parameter | undefined): number {
  const { count } = lowering.statement;
  if (count === undefined) return 1;
  const wanted = Number(count.text);
  if (!Number.isSafeInteger(wanted) || wanted < 1) {
    lowering.report(count.span, `expected a whole number from 1, found ${count.text}`);
    return 1;
  }
  const by = lowering.termClause('by');
  const most = by?.kind === 'array' || by?.kind === 'set' ? by.items.length : undefined;
  if (authorities !== undefined && most !== undefined && most < wanted)
    lowering.report(count.span, `${wanted} distinct authorities are required and "by" has ${most}`);
  return wanted;
}

/**
 * Holds of an `$answer` by enough authorities; a count that is no number, which compares as more than any,
 * is not.
 */
export function reaches(at: Builder, count: number): readonly Literal[] {
  if (count === 1) return [];
  const found = at.ref('$answer', 'count');
  return [at.expr(at.call('is_number', found)), at.test(found, '>=', at.number(count))];
}

import { checkAuthority } from '../../images/index.ts';
import { constantOf } from './constant.ts';
import type { Lowering } from './lowering.ts';
import { defineParameter, type Parameter } from './parameter.ts';

/** The authorities of `by`; one that is written out and would take any signature is reported. */
export function authoritiesOf(lowering: Lowering): Parameter | undefined {
  const term = lowering.termClause('by');
  if (term === undefined) {
    const { noun, span } = lowering.statement;
    lowering.report(
      span,
      `${noun} needs "by": whose signatures count`,
      'add by {"key": …} or by {"issuer": …, "subject": …}',
    );
    return undefined;
  }
  const constant = constantOf(term);
  const wrong = constant === undefined ? undefined : checkAuthority(constant);
  if (wrong !== undefined) lowering.report(term.span, wrong);
  return defineParameter(lowering, 'by', term);
}

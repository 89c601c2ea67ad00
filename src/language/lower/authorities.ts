import type { Term } from '../../../grammar/index.ts';
import { checkAuthority, readReportCriteria } from '../../images/index.ts';
import { ObjectValue } from '../../values/index.ts';
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
  return defineBy(lowering, term);
}

/** By whom a report must be: `by` with scanners by their names, authorities that must have signed it, or both. */
export function makersOf(lowering: Lowering): Parameter | undefined {
  const term = lowering.termClause('by');
  if (term === undefined) return undefined;
  const by = constantOf(term);
  const criteria = by === undefined ? undefined : readReportCriteria(ObjectValue.of([['by', by]]));
  if (typeof criteria === 'string') lowering.report(term.span, criteria);
  else if (lowering.statement.noun === 'sbom' && criteria !== undefined && criteria.scanners.length > 0)
    lowering.report(term.span, 'expected an authority, found the name of a scanner');
  return defineBy(lowering, term);
}

function defineBy(lowering: Lowering, term: Term): Parameter {
  return { ...defineParameter(lowering, 'by', term), text: authorityText(lowering, term) };
}

/** An authority as a message calls it: whom it identifies, not its key. */
function authorityText(lowering: Lowering, term: Term): string {
  if (term.kind === 'array' || term.kind === 'set')
    return term.items.map(item => authorityText(lowering, item)).join(', ');
  if (term.kind !== 'object') return lowering.textOf(term);
  const subject = term.entries.find(({ key }) => key.kind === 'string' && key.value === 'subject')?.value;
  return subject === undefined ? 'the key given' : lowering.textOf(subject);
}

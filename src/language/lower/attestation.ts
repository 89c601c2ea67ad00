import type { Literal, Term } from '../../../grammar/index.ts';
import { authoritiesOf } from './authorities.ts';
import { countOf, reaches } from './count.ts';
import { defineEvidence } from './evidence.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { defineParameter } from './parameter.ts';
import { defineOpening, scopeLiterals } from './scope.ts';
import { defineRequirement } from './violation.ts';

/**
 * `require attestation TYPE by A where { … }`: a signed in-toto statement of that predicate type. `where` must
 * hold of one of the statements that are proven.
 */
export function lowerAttestation(lowering: Lowering): LoweredStatement | undefined {
  const { at, statement } = lowering;
  const authorities = authoritiesOf(lowering);
  const count = countOf(lowering, authorities);
  const [typeTerm] = statement.args;
  if (typeTerm === undefined) lowering.report(statement.span, 'attestation needs a predicate type');
  if (authorities === undefined || typeTerm === undefined) return undefined;
  const type = defineParameter(lowering, 'type', typeTerm);
  const question = at.call('attestation.verified', at.var('$image'), type.term, authorities.term);
  const subject = `an attestation ${type.text} by ${authorities.text}`;
  const evidence = defineEvidence(lowering, question, { subject, signed: true });
  const found = at.ref('$answer', 'count');
  const enough = reaches(at, count);
  return defineRequirement(lowering, {
    passes: [[...evidence.content, ...enough, ...whereLiterals(lowering)]],
    scope: scopeLiterals(lowering),
    parameters: [authorities, type],
    findings: [
      ...evidence.findings,
      ...shortage(lowering, evidence.content, count, found),
      {
        literals: evidence.content,
        message: at.string(`no attestation ${type.text} satisfies "where"`),
      },
    ],
    otherwise: `${type.text} by ${authorities.text}: no type and authority that could be checked`,
  });
}

function whereLiterals(lowering: Lowering): readonly Literal[] {
  const { at } = lowering;
  const where = lowering.bodyClause('where');
  if (where === undefined) return [];
  const condition = defineOpening(lowering, 'where', where, ['image', 'statement', 'predicate']);
  return [
    at.someIn('$statement', at.ref('$answer', 'statements')),
    at.assign('$predicate', at.ref('$statement', 'predicate')),
    at.expr(condition),
  ];
}

function shortage({ at }: Lowering, content: readonly Literal[], count: number, found: Term) {
  if (count === 1) return [];
  return [
    {
      literals: [...content, at.test(found, '<', at.number(count))],
      message: message(at, `%v of ${count} required attestations are there`, found),
    },
  ];
}

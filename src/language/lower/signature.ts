import { authoritiesOf } from './authorities.ts';
import { countOf, reaches } from './count.ts';
import { defineEvidence } from './evidence.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { scopeLiterals } from './scope.ts';
import { defineRequirement } from './violation.ts';

/** `require [count] signature by A`: valid signatures by that many distinct authorities out of A. */
export function lowerSignature(lowering: Lowering): LoweredStatement | undefined {
  const { at } = lowering;
  const authorities = authoritiesOf(lowering);
  const count = countOf(lowering, authorities);
  if (authorities === undefined) return undefined;
  const question = at.call('signature.verified', at.var('$image'), authorities.term);
  const evidence = defineEvidence(lowering, question, {
    subject: `a signature by ${authorities.text}`,
    signed: true,
  });
  const found = at.ref('$answer', 'count');
  const enough = reaches(at, count);
  return defineRequirement(lowering, {
    passes: [[...evidence.content, ...enough]],
    scope: scopeLiterals(lowering),
    parameters: [authorities],
    findings: [
      ...evidence.findings,
      {
        literals: evidence.content,
        message: message(at, `%v of ${count} required signatures are there`, found),
        expected: at.string(`valid signatures by ${count} of ${authorities.text}`),
        found: message(at, '%v', found),
      },
    ],
    otherwise: `${authorities.text}: no authority whose signature could be checked`,
  });
}

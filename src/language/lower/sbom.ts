import { defineEvidence } from './evidence.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { defineOpening, scopeLiterals } from './scope.ts';
import { defineRequirement } from './violation.ts';

/** `require sbom where { … }`: a software bill of materials, of which `where` holds. */
export function lowerSbom(lowering: Lowering): LoweredStatement {
  const { at } = lowering;
  const question = at.call('sbom.document', at.var('$image'));
  const subject = 'a software bill of materials';
  const evidence = defineEvidence(lowering, question, { subject, signed: false });
  const where = lowering.bodyClause('where');
  const document = at.assign('$sbom', at.ref('$answer', 'document'));
  const holds = where && at.expr(defineOpening(lowering, 'where', where, ['image', 'sbom']));
  return defineRequirement(lowering, {
    passes: [[...evidence.content, document, ...(holds ? [holds] : [])]],
    scope: scopeLiterals(lowering),
    parameters: [],
    findings: [
      ...evidence.findings,
      {
        literals: [...evidence.content, document],
        message: at.string('the software bill of materials does not satisfy "where"'),
      },
    ],
    otherwise: `${subject} could not be read`,
  });
}

import { makersOf } from './authorities.ts';
import { defineEvidence } from './evidence.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { defineOpening, scopeLiterals } from './scope.ts';
import { defineRequirement } from './violation.ts';

/** `require sbom by A where { … }`: a software bill of materials that A signed, of which `where` holds. */
export function lowerSbom(lowering: Lowering): LoweredStatement {
  const { at } = lowering;
  const image = at.var('$image');
  const by = makersOf(lowering);
  const question =
    by === undefined
      ? at.call('sbom.document', image)
      : at.call('sbom.select', image, at.object({ by: by.term }));
  const subject = 'a software bill of materials';
  const evidence = defineEvidence(lowering, question, {
    subject: `${subject}${by === undefined ? '' : ` by ${by.text}`}`,
    signed: by !== undefined,
  });
  const where = lowering.bodyClause('where');
  const document = at.assign('$sbom', at.ref('$answer', 'document'));
  const content = [...evidence.content, document];
  const holds = where && at.expr(defineOpening(lowering, 'where', where, ['image', 'sbom']));
  return defineRequirement(lowering, {
    passes: [[...content, ...(holds ? [holds] : [])]],
    scope: scopeLiterals(lowering),
    parameters: by === undefined ? [] : [by],
    findings: [
      ...evidence.findings,
      {
        literals: content,
        message: at.string('the software bill of materials does not satisfy "where"'),
      },
    ],
    otherwise: `${subject} could not be read`,
  });
}

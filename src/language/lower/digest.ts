import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { message } from './message.ts';
import { scopeLiterals } from './scope.ts';
import { defineRequirement } from './violation.ts';

/** `require digest`: the image is pinned by digest. */
export function lowerDigest(lowering: Lowering): LoweredStatement {
  const { at } = lowering;
  const name = at.ref('$image', 'ref');
  return defineRequirement(lowering, {
    passes: [[at.expr(at.call('is_string', at.ref('$image', 'digest')))]],
    scope: scopeLiterals(lowering),
    parameters: [],
    findings: [
      {
        literals: [],
        message: message(at, '%q is not pinned by digest', name),
        expected: at.string('a reference with a digest: NAME@sha256:…'),
        found: name,
        fix: 'pin the digest',
      },
    ],
    otherwise: 'the image is not pinned by digest',
  });
}

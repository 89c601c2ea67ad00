import type { Noun } from '../../../grammar/index.ts';
import { lowerAttestation } from './attestation.ts';
import { lowerBase } from './base.ts';
import { reportUnfit } from './clauses.ts';
import { lowerDigest } from './digest.ts';
import { lowerExempt } from './exempt.ts';
import { lowerImage } from './image.ts';
import { reportUnknownFields } from './image-fields.ts';
import type { LoweredStatement } from './lowered.ts';
import type { Lowering } from './lowering.ts';
import { lowerPullSecret } from './pull-secret.ts';
import { lowerRegistry } from './registry.ts';
import { lowerSbom } from './sbom.ts';
import { lowerScan } from './scan.ts';
import { lowerSignature } from './signature.ts';
import { lowerTag } from './tag.ts';

type Lower = (lowering: Lowering, group: readonly Lowering[]) => LoweredStatement | undefined;

const nouns: Readonly<Record<Noun, Lower>> = {
  registry: lowerRegistry,
  tag: lowerTag,
  digest: lowerDigest,
  signature: lowerSignature,
  attestation: lowerAttestation,
  scan: lowerScan,
  sbom: lowerSbom,
  pull_secret: lowerPullSecret,
  base: lowerBase,
  image: lowerImage,
};

/**
 * Adds the rules of a statement to it; undefined where it cannot be one, which is reported. `group` has the
 * `allow` statements of its noun in the package.
 */
export function lowerStatement(lowering: Lowering, group: readonly Lowering[]): LoweredStatement | undefined {
  const { noun, args, span } = lowering.statement;
  reportUnknownFields(lowering);
  if (noun === undefined) return lowerExempt(lowering);
  reportUnfit(lowering, noun);
  const takesPatterns = noun === 'registry' || noun === 'tag' || noun === 'base';
  if (takesPatterns && args.length === 0) {
    lowering.report(span, `${noun} needs a pattern`);
    return undefined;
  }
  return nouns[noun](lowering, group);
}

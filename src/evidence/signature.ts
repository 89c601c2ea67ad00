import { canSign } from './claimed-digests.ts';
import type { EvidenceNeed } from './evidence.ts';
import { argumentOf } from './image-question.ts';
import { findSignatures, type Place } from './registry/index.ts';
import { type SignatureMaterial, type SignedSubject, verifySignatures } from './signatures/index.ts';
import { SignedHandler } from './signed-handler.ts';
import type { Sources } from './sources.ts';
import type { Trust } from './trust.ts';

/** `signature.verified`. */
export class SignatureHandler extends SignedHandler {
  protected readonly onlyAdds = true;
  private readonly trust: Trust;

  constructor(sources: Sources, trust: Trust) {
    super('signature', sources);
    this.trust = trust;
  }

  protected concerns(material: SignatureMaterial): boolean {
    return canSign(material);
  }

  protected find(place: Place) {
    return findSignatures(place);
  }

  protected async verify(subject: SignedSubject, material: readonly SignatureMaterial[], need: EvidenceNeed) {
    return verifySignatures(subject, material, argumentOf(need, 'authorities'), await this.trust());
  }
}

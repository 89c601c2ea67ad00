import { canAttest } from './claimed-digests.ts';
import type { EvidenceNeed } from './evidence.ts';
import { argumentOf } from './image-question.ts';
import { refuse } from './look-up-error.ts';
import { findAttestations, type Place } from './registry/index.ts';
import { type SignatureMaterial, type SignedSubject, verifyAttestations } from './signatures/index.ts';
import { SignedHandler } from './signed-handler.ts';
import type { Sources } from './sources.ts';
import type { Trust } from './trust.ts';

/** `attestation.verified`. */
export class AttestationHandler extends SignedHandler {
  /** A newer statement may take back an older one. */
  protected readonly onlyAdds = false;
  private readonly trust: Trust;

  constructor(sources: Sources, trust: Trust) {
    super('attestation', sources);
    this.trust = trust;
  }

  protected concerns(material: SignatureMaterial): boolean {
    return canAttest(material);
  }

  protected find(place: Place) {
    return findAttestations(place);
  }

  protected async verify(subject: SignedSubject, material: readonly SignatureMaterial[], need: EvidenceNeed) {
    const type = argumentOf(need, 'type');
    if (typeof type !== 'string') return refuse('the question has no type');
    const authorities = argumentOf(need, 'authorities');
    return verifyAttestations(subject, material, type, authorities, await this.trust());
  }
}

import { isArray, isSet, type ObjectValue } from '../values/index.ts';
import { canSign } from './claimed-digests.ts';
import type { EvidenceNeed } from './evidence.ts';
import { argumentOf } from './image-question.ts';
import { findSignatures, type Place } from './registry/index.ts';
import { type SignatureMaterial, type SignedSubject, verifySignatures } from './signatures/index.ts';
import { SignedHandler, type SignedSources } from './signed-handler.ts';
import type { Trust } from './trust.ts';

/** `signature.verified`. */
export class SignatureHandler extends SignedHandler {
  protected readonly joins = true;
  protected readonly onlyAdds = true;
  private readonly trust: Trust;

  constructor(sources: SignedSources, trust: Trust) {
    super('signature', sources);
    this.trust = trust;
  }

  protected concerns(material: SignatureMaterial): boolean {
    return canSign(material);
  }

  /** Each authority of the question, told apart from the others, has signed. */
  protected isComplete(answer: ObjectValue, need: EvidenceNeed): boolean {
    const asked = argumentOf(need, 'authorities');
    const wanted = isSet(asked) ? asked.size : isArray(asked) ? asked.length : 1;
    return answer.get('count') === wanted;
  }

  protected find(place: Place) {
    return findSignatures(place);
  }

  protected async verify(subject: SignedSubject, material: readonly SignatureMaterial[], need: EvidenceNeed) {
    return verifySignatures(subject, material, argumentOf(need, 'authorities'), await this.trust());
  }
}

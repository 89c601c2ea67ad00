import { evidenceAnswer } from '../images/index.ts';
import type { Value } from '../values/index.ts';
import type { Evidence, EvidenceNeed } from './evidence.ts';
import type { EvidenceHandler, Found } from './handler.ts';
import { type AskedImage, imageOf } from './image-question.ts';
import type { LookUpError } from './look-up-error.ts';

/** Answers a question about an image; what fails is unavailable, with the reason. */
export abstract class ImageHandler implements EvidenceHandler {
  private readonly type: string;

  constructor(type: string) {
    this.type = type;
  }

  look(need: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    return this.ask(imageOf(need), need, signal);
  }

  failed(need: EvidenceNeed, { message }: LookUpError): Found {
    const { repository } = imageOf(need);
    return {
      value: evidenceAnswer('unavailable', { reason: message }),
      seen: this.seen({ source: repository.registry, verified: false, reason: message }),
    };
  }

  protected abstract ask(image: AskedImage, need: EvidenceNeed, signal: AbortSignal): Promise<Found>;

  protected seen(evidence: Omit<Evidence, 'type'>): Evidence {
    return { type: this.type, ...evidence };
  }

  /** Asked, and not there. */
  protected absent({ repository }: AskedImage, reason: string): Found {
    return {
      value: evidenceAnswer('absent', { reason }),
      seen: this.seen({ source: repository.registry, verified: false, reason }),
    };
  }

  /** There, at the registry. */
  protected found({ repository }: AskedImage, value: Value, digest: string): Found {
    return { value, seen: this.seen({ source: repository.registry, verified: false, digest }) };
  }
}

/** Why there is nothing to say of an image. */
export function notThere({ name, repository }: AskedImage): string {
  return `${repository.registry} has no image ${name}`;
}

import { evidenceAnswer, evidenceStatus } from '../images/index.ts';
import type { ObjectValue } from '../values/index.ts';
import type { Evidence, EvidenceNeed } from './evidence.ts';
import type { Found } from './handler.ts';
import { ImageHandler, notThere } from './image-handler.ts';
import type { AskedImage } from './image-question.ts';
import type { Images } from './images.ts';
import { toLookUpError } from './look-up-error.ts';
import type { Attached, Manifest, Place } from './registry/index.ts';
import type { SentEvidence } from './sent.ts';
import type { SignatureMaterial, SignedSubject, Verification } from './signatures/index.ts';
import { isVerified, joinPlatforms, type Outcome, reasonOf } from './signed.ts';

/** What signatures are looked for in, and how they are verified. */
export interface SignedSources {
  readonly images: Images;
  readonly sent: SentEvidence;
}

/** One question: what is looked at, and what it is held against. */
interface Question {
  readonly image: AskedImage;
  readonly need: EvidenceNeed;
  readonly signal: AbortSignal;
}

/** A digest at which is looked. */
interface Target {
  readonly digest: string;
  readonly manifest?: Manifest;
  /** Of an index: `index`, or the platform. */
  readonly about?: string;
}

/**
 * Answers by signatures: those that were sent along, alone where they prove all that is asked, or where the
 * registry may not be asked or does not have the image; else together with those of the registry. Of an index, a signature on the index itself counts, or else one on each of its manifests.
 */
export abstract class SignedHandler extends ImageHandler {
  private readonly images: Images;
  private readonly sent: SentEvidence;

  constructor(type: string, { images, sent }: SignedSources) {
    super(type);
    this.images = images;
    this.sent = sent;
  }

  /** Whether what was sent can be of the kind. */
  protected abstract concerns(material: SignatureMaterial): boolean;
  protected abstract find(place: Place): Promise<Attached<SignatureMaterial>>;
  protected abstract verify(
    subject: SignedSubject,
    material: readonly SignatureMaterial[],
    need: EvidenceNeed,
  ): Promise<Verification>;
  /** Whether several manifests of an index may stand for it, each with evidence of its own. */
  protected abstract readonly joins: boolean;
  /** Whether all that could be proven is, so that nothing at the registry could change the answer. */
  protected abstract isComplete(answer: ObjectValue, need: EvidenceNeed): boolean;
  /** Whether more evidence can only prove more; where not, some that could not be had may be what counts. */
  protected abstract readonly onlyAdds: boolean;

  protected async ask(image: AskedImage, need: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    const question = { image, need, signal };
    const digest = await this.images.digest(image, signal);
    if (digest === undefined) return this.absent(image, notThere(image));
    const sent = await this.provenBySent(question, digest);
    const { client } = this.images;
    if (sent && (this.isComplete(sent.answer, need) || !client.mayAsk(image.repository)))
      return toFound([sent], sent);
    const manifest = await client.manifest(image.repository, digest, signal);
    if (manifest === undefined) return sent ? toFound([sent], sent) : this.absent(image, notThere(image));
    if (manifest.kind === 'image') {
      const outcome = await this.examine(question, { digest, manifest });
      return toFound([outcome], outcome);
    }
    return this.askIndex(question, manifest);
  }

  /** What was sent, where it proves anything. */
  private async provenBySent(question: Question, digest: string): Promise<Outcome | undefined> {
    const sent = this.sentFor(digest);
    if (sent.length === 0) return undefined;
    const outcome = this.outcome(question, { digest }, await this.verify({ digest }, sent, question.need));
    return isVerified(outcome) ? outcome : undefined;
  }

  private async askIndex(question: Question, manifest: Manifest): Promise<Found> {
    const { digest } = manifest;
    const index = await this.examine(question, { digest, manifest, about: 'index' });
    if (isVerified(index)) return toFound([index], index);
    const targets = this.images
      .platforms(manifest)
      .map(({ digest, platform }) => ({ digest, about: platform?.name || 'no platform' }));
    if (targets.length > 1 && !this.joins) return toFound([index], this.unjoined(question, index, targets));
    const platforms = await Promise.all(targets.map(target => this.examinePlatform(question, target)));
    return toFound([index, ...platforms], { answer: joinPlatforms({ index, platforms }), seen: [] });
  }

  /** Says why no manifest was looked at. */
  private unjoined(question: Question, index: Outcome, targets: readonly Target[]): Outcome {
    if (evidenceStatus(index.answer) !== 'absent') return index;
    const reason = `${reasonOf(index)} on the index; its ${targets.length} manifests are looked at only where one platform is chosen`;
    return this.nothing(question, { digest: '', about: 'index' }, 'absent', reason);
  }

  private async examinePlatform(question: Question, target: Target): Promise<Outcome> {
    const { image, signal } = question;
    try {
      const manifest = await this.images.client.manifest(image.repository, target.digest, signal);
      if (manifest === undefined) return this.nothing(question, target, 'absent', 'it is not there');
      return await this.examine(question, { ...target, manifest });
    } catch (error) {
      return this.nothing(question, target, 'unavailable', toLookUpError(error, signal).message);
    }
  }

  private async examine(question: Question, target: Target): Promise<Outcome> {
    const { image, need, signal } = question;
    const { digest, manifest } = target;
    const { repository } = image;
    const attached = await this.find({ client: this.images.client, repository, digest, signal });
    const sent = this.sentFor(digest);
    // Not all may be looked at: no number of those that are sent takes the place of what may take back.
    const material = this.onlyAdds ? [...sent, ...attached.found] : [...attached.found, ...sent];
    const subject = { digest, ...(manifest !== undefined && { manifest: manifest.bytes }) };
    const outcome = this.outcome(question, target, await this.verify(subject, material, need));
    if ((this.onlyAdds && isVerified(outcome)) || attached.missed.length === 0) return outcome;
    const reason = `not all of it could be had: ${[...new Set(attached.missed)].slice(0, 3).join('; ')}`;
    const { answer, seen } = this.nothing(question, target, 'unavailable', reason);
    return { answer, seen: [...outcome.seen, ...seen] };
  }

  private sentFor(digest: string): readonly SignatureMaterial[] {
    return this.sent.material(digest).filter(material => this.concerns(material));
  }

  private outcome(question: Question, target: Target, { answer, signatures }: Verification): Outcome {
    const { registry } = question.image.repository;
    const place = placeOf(target);
    if (signatures.length > 0)
      return { answer, seen: signatures.map(signature => this.seen({ ...signature, ...place })) };
    const reason = answer.get('reason');
    const why = typeof reason === 'string' ? { reason } : {};
    return { answer, seen: [this.seen({ source: registry, verified: false, ...place, ...why })] };
  }

  private nothing(
    question: Question,
    target: Target,
    status: 'absent' | 'unavailable',
    reason: string,
  ): Outcome {
    const { registry } = question.image.repository;
    return {
      answer: evidenceAnswer(status, { reason }),
      seen: [this.seen({ source: registry, verified: false, ...placeOf(target), reason })],
    };
  }
}

function placeOf({ digest, about }: Target): Pick<Evidence, 'digest' | 'about'> {
  return { digest, ...(about !== undefined && { about }) };
}

function toFound(outcomes: readonly Outcome[], { answer }: Outcome): Found {
  return { value: answer, seen: outcomes.flatMap(({ seen }) => seen) };
}

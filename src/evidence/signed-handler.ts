import { evidenceAnswer } from '../images/index.ts';
import { isArray, isSet } from '../values/index.ts';
import type { Evidence, EvidenceNeed } from './evidence.ts';
import type { Found } from './handler.ts';
import { ImageHandler, notThere } from './image-handler.ts';
import { type AskedImage, argumentOf } from './image-question.ts';
import { toLookUpError } from './look-up-error.ts';
import type { Attached, Manifest, Place } from './registry/index.ts';
import type { SignatureMaterial, SignedSubject, Verification } from './signatures/index.ts';
import { isUnavailable, isVerified, joinPlatforms, type Outcome } from './signed.ts';
import type { Sources } from './sources.ts';

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

const nothingAttached: Attached<SignatureMaterial> = { found: [], missed: [] };

/**
 * Answers by signatures: those that were sent along or stored ahead, alone where they prove all that is asked,
 * or where the registry may not be asked or does not have the image; else together with those of the registry.
 * Of an index, a signature on the index itself counts, or else one on each of its manifests.
 */
export abstract class SignedHandler extends ImageHandler {
  private readonly sources: Sources;

  constructor(type: string, sources: Sources) {
    super(type);
    this.sources = sources;
  }

  /** Whether material can be of the kind. */
  protected abstract concerns(material: SignatureMaterial): boolean;
  protected abstract find(place: Place): Promise<Attached<SignatureMaterial>>;
  protected abstract verify(
    subject: SignedSubject,
    material: readonly SignatureMaterial[],
    need: EvidenceNeed,
  ): Promise<Verification>;
  /** Whether more evidence can only prove more; where not, some that could not be had may be what counts. */
  protected abstract readonly onlyAdds: boolean;

  protected async ask(image: AskedImage, need: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    const question = { image, need, signal };
    const { images } = this.sources;
    const { client } = images;
    const digest = await images.digest(image, signal);
    if (digest === undefined) return this.absent(image, notThere(image));
    const early = await this.provenEarly(question, digest);
    if (early !== undefined) return toFound([early], early);
    const alone = client.mayAsk(image.repository) ? undefined : await this.foundAlone(question, digest);
    if (alone !== undefined) return alone;
    const manifest = await client.manifest(image.repository, digest, signal);
    if (manifest === undefined)
      return (await this.foundAlone(question, digest)) ?? this.absent(image, notThere(image));
    if (manifest.kind === 'index') return this.askIndex(question, manifest);
    const outcome = await this.examine(question, { digest, manifest });
    return toFound([outcome], outcome);
  }

  /**
   * What is proven without the registry, where nothing at it could change the answer: what was sent takes the
   * place of nothing that may take back, what is stored does.
   */
  private async provenEarly(question: Question, digest: string): Promise<Outcome | undefined> {
    const sent = this.sentFor(digest);
    const early = this.onlyAdds ? sent : [];
    const bySent = await this.complete(question, digest, early);
    if (bySent !== undefined) return bySent;
    const stored = await this.storedFor(digest);
    if (stored.material.length === 0) return undefined;
    const outcome = await this.complete(question, digest, [...early, ...stored.material]);
    const isWhole = early.length === sent.length;
    if (outcome === undefined || isWhole) return outcome;
    return this.outcome(question, { digest }, [...stored.material, ...sent]);
  }

  /** What material proves, where it does so for each authority of the question. */
  private async complete(
    question: Question,
    digest: string,
    material: readonly SignatureMaterial[],
  ): Promise<Outcome | undefined> {
    if (material.length === 0) return undefined;
    const outcome = await this.outcome(question, { digest }, material);
    const asked = argumentOf(question.need, 'authorities');
    const wanted = isSet(asked) ? asked.size : isArray(asked) ? asked.length : 1;
    return isVerified(outcome) && outcome.answer.get('count') === wanted ? outcome : undefined;
  }

  /** What was sent and stored, where that proves something or may prove more than could be had. */
  private async foundAlone(question: Question, digest: string): Promise<Found | undefined> {
    const outcome = await this.weigh(question, { digest }, nothingAttached);
    return isVerified(outcome) || isUnavailable(outcome) ? toFound([outcome], outcome) : undefined;
  }

  private async askIndex(question: Question, manifest: Manifest): Promise<Found> {
    const { images, sent } = this.sources;
    const index = await this.examine(question, { digest: manifest.digest, manifest, about: 'index' });
    const decides = (each: Evidence) => each.verified && (this.onlyAdds || each.source !== sent.source);
    if (isVerified(index) && index.seen.some(decides)) return toFound([index], index);
    const targets = images
      .platforms(manifest)
      .map(({ digest, platform }) => ({ digest, about: platform?.name || 'no platform' }));
    const platforms = await Promise.all(targets.map(target => this.examinePlatform(question, target)));
    return toFound([index, ...platforms], { answer: joinPlatforms({ index, platforms }) });
  }

  private async examinePlatform(question: Question, target: Target): Promise<Outcome> {
    const { image, signal } = question;
    try {
      const { client } = this.sources.images;
      const manifest = await client.manifest(image.repository, target.digest, signal);
      if (manifest === undefined) return this.nothing(question, target, 'absent', 'it is not there');
      return await this.examine(question, { ...target, manifest });
    } catch (error) {
      return this.nothing(question, target, 'unavailable', toLookUpError(error, signal).message);
    }
  }

  /** What comes of all that is known of a digest, at the registry too. */
  private async examine(question: Question, target: Target): Promise<Outcome> {
    const { image, signal } = question;
    const { client } = this.sources.images;
    const { repository } = image;
    return this.weigh(
      question,
      target,
      await this.find({ client, repository, digest: target.digest, signal }),
    );
  }

  private async weigh(
    question: Question,
    target: Target,
    attached: Attached<SignatureMaterial>,
  ): Promise<Outcome> {
    const sent = this.sentFor(target.digest);
    const stored = await this.storedFor(target.digest);
    const kept = [...stored.material, ...attached.found];
    // Not all may be looked at: no number of those that are sent takes the place of what may take back.
    const material = this.onlyAdds ? [...sent, ...kept] : [...kept, ...sent];
    const outcome = await this.outcome(question, target, material);
    const missed = new Set([...stored.missed, ...attached.missed]);
    if ((this.onlyAdds && isVerified(outcome)) || missed.size === 0) return outcome;
    const reason = `not all of it could be had: ${[...missed].slice(0, 3).join('; ')}`;
    const unavailable = this.nothing(question, target, 'unavailable', reason);
    return { ...unavailable, seen: [...outcome.seen, ...unavailable.seen] };
  }

  private sentFor(digest: string): readonly SignatureMaterial[] {
    return this.sources.sent.material(digest).filter(material => this.concerns(material));
  }

  private async storedFor(digest: string) {
    const { documents, missed } = await this.sources.stored.of(digest);
    return { material: documents.material(digest).filter(material => this.concerns(material)), missed };
  }

  private async outcome(
    question: Question,
    target: Target,
    material: readonly SignatureMaterial[],
  ): Promise<Outcome> {
    const { digest, manifest } = target;
    const subject = { digest, ...(manifest !== undefined && { manifest: manifest.bytes }) };
    const { answer, signatures } = await this.verify(subject, material, question.need);
    const place = placeOf(target);
    if (signatures.length > 0)
      return { answer, ...place, seen: signatures.map(signature => this.seen({ ...signature, ...place })) };
    const { registry } = question.image.repository;
    const reason = answer.get('reason');
    const why = typeof reason === 'string' ? { reason } : {};
    return { answer, ...place, seen: [this.seen({ source: registry, verified: false, ...place, ...why })] };
  }

  private nothing(
    question: Question,
    target: Target,
    status: 'absent' | 'unavailable',
    reason: string,
  ): Outcome {
    const { registry } = question.image.repository;
    const place = placeOf(target);
    return {
      answer: evidenceAnswer(status, { reason }),
      ...place,
      seen: [this.seen({ source: registry, verified: false, ...place, reason })],
    };
  }
}

function placeOf({ digest, about }: Target): Pick<Outcome, 'digest' | 'about'> {
  return { digest, ...(about !== undefined && { about }) };
}

function toFound(outcomes: readonly Outcome[], { answer }: Pick<Outcome, 'answer'>): Found {
  return { value: answer, seen: outcomes.flatMap(({ seen }) => seen) };
}

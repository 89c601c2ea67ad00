import { evidenceAnswer, evidenceStatus, type ReportCriteria, readReportCriteria } from '../images/index.ts';
import type { Evidence, EvidenceNeed } from './evidence.ts';
import type { Found } from './handler.ts';
import { ImageHandler, notThere } from './image-handler.ts';
import type { AskedImage } from './image-question.ts';
import { valueAt } from './json-field.ts';
import { refuse } from './look-up-error.ts';
import type { Manifest } from './registry/index.ts';
import {
  type Gathered,
  type Gathering,
  joinGathered,
  type Readings,
  type Reports,
  SignedGathering,
  UnsignedGathering,
} from './report-gathering.ts';
import type { ReportAnswer, ReportCandidate, ReportSubject } from './reports/index.ts';
import type { SeenSignature } from './signatures/index.ts';
import type { Sources } from './sources.ts';
import type { Trust } from './trust.ts';

/** How a question is answered by reports. */
export type Answering = (
  reports: Reports,
  subject: ReportSubject,
  candidates: readonly ReportCandidate[],
  criteria: ReportCriteria,
) => ReportAnswer;

export interface ReportQuestion {
  readonly type: 'scan' | 'sbom';
  readonly answering: Answering;
}

/** One question on its way to an answer. */
interface Asked {
  readonly image: AskedImage;
  readonly digest: string;
  readonly signal: AbortSignal;
  readonly gathering: Gathering;
  readonly answer: (subject: ReportSubject, gathered: Gathered) => SeenAnswer;
}

/** An answer, with the signatures that were looked at for it. */
interface SeenAnswer extends ReportAnswer {
  readonly signatures: readonly SeenSignature[];
}

const anything: ReportCriteria = { scanners: [], ignored: [] };

/** Reasons that an answer repeats, and suppressions that a verdict lists. */
const mostReasons = 5;
const mostIgnored = 50;

/**
 * Answers by reports: those that are stored ahead, where one of them counts; else together with those that are
 * attached to the image at its registry, or to its manifest for the platform. What was sent is weighed with them,
 * and stands alone only where the registry may not be asked, or does not have the image: who asks must not hide
 * what is there. Where the question names authorities, only what they have signed counts.
 */
export class ReportHandler extends ImageHandler {
  private readonly sources: Sources;
  private readonly trust: Trust;
  private readonly answering: Answering;
  /** What was sent or stored is read once, however many images it is held against. */
  private readonly readings: Readings = new WeakMap();

  constructor({ type, answering }: ReportQuestion, sources: Sources, trust: Trust) {
    super(type);
    this.sources = sources;
    this.trust = trust;
    this.answering = answering;
  }

  protected async ask(image: AskedImage, need: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    const { images, sent } = this.sources;
    const { client } = images;
    const digest = await images.digest(image, signal);
    if (digest === undefined) return this.absent(image, notThere(image));
    const asked = { image, digest, signal, ...(await this.way(need)) };
    const subject = { digests: [digest], name: image.name };
    const stored = await this.gatherStored(asked, [digest]);
    const own = joinGathered([stored, await asked.gathering.ofDocuments(sent, [digest])]);
    const alone = asked.answer(subject, own);
    const mayStand = counts(alone) && stored.missed.length === 0;
    if (mayStand && (counts(asked.answer(subject, stored)) || !client.mayAsk(image.repository)))
      return this.toFound(asked, alone);
    const manifest = await client.manifest(image.repository, digest, signal);
    if (manifest !== undefined) return this.askRegistry(asked, manifest);
    if (stored.missed.length > 0) return this.notAll(asked, stored.missed);
    return counts(alone) ? this.toFound(asked, alone) : this.absent(image, notThere(image));
  }

  private async way({ request }: EvidenceNeed): Promise<Pick<Asked, 'gathering' | 'answer'>> {
    const reports = await import('./reports/index.ts');
    const given = valueAt(request, 'criteria');
    const criteria = given === undefined ? anything : readReportCriteria(given);
    if (typeof criteria === 'string') return refuse(criteria);
    const { authorities } = criteria;
    const gathering =
      authorities === undefined
        ? new UnsignedGathering(reports, this.readings)
        : new SignedGathering(reports, authorities, this.trust);
    const answer = (subject: ReportSubject, { candidates, signatures }: Gathered): SeenAnswer =>
      authorities !== undefined && candidates.length === 0
        ? { ...withoutSigned(signatures), signatures }
        : { ...this.answering(reports, subject, candidates, criteria), signatures };
    return { gathering, answer };
  }

  private async askRegistry(asked: Asked, manifest: Manifest): Promise<Found> {
    const { images, sent } = this.sources;
    const { image, signal, gathering } = asked;
    const { client } = images;
    const { repository } = image;
    const single = await images.single(repository, manifest, signal);
    const digests = [...new Set([manifest.digest, single.digest])];
    const subject = {
      digests,
      name: image.name,
      ...(single.config !== undefined && { config: single.config.digest }),
    };
    const gathered = await Promise.all([
      this.gatherStored(asked, digests),
      ...digests.map(digest => gathering.ofRegistry({ client, repository, digest, signal })),
      // Last: of two that are as new, what was sent does not go before.
      gathering.ofDocuments(sent, digests),
    ]);
    const [{ missed: unstored }] = gathered;
    if (unstored.length > 0) return this.notAll(asked, unstored);
    const { missed, ...all } = joinGathered(gathered);
    const answer = asked.answer(subject, { ...all, missed });
    const isKept = counts(answer) && answer.used?.sent !== true;
    return isKept || missed.length === 0 ? this.toFound(asked, answer) : this.notAll(asked, missed);
  }

  private async gatherStored({ gathering }: Asked, digests: readonly string[]): Promise<Gathered> {
    const all = digests.map(async digest => {
      const { documents, missed } = await this.sources.stored.of(digest);
      return { ...(await gathering.ofDocuments(documents, [digest])), missed };
    });
    return joinGathered(await Promise.all(all));
  }

  private notAll(asked: Asked, missed: readonly string[]): Found {
    const reason = `not all of it could be had: ${[...new Set(missed)].slice(0, 3).join('; ')}`;
    return this.toFound(asked, { value: evidenceAnswer('unavailable', { reason }), signatures: [] });
  }

  private toFound({ image, digest }: Asked, answer: SeenAnswer): Found {
    const { value, used, vex = [], ignored = [], signatures } = answer;
    const reason = value.get('reason');
    const seen: Omit<Evidence, 'type'> = {
      source: used?.source ?? image.repository.registry,
      verified: evidenceStatus(value) === 'verified',
      digest,
      ...(typeof reason === 'string' && { reason }),
    };
    const suppressing = vex.map(({ vex: { format }, candidate: { source, verified = false } }) => ({
      source,
      verified,
      digest,
      format,
    }));
    const listed = ignored.slice(0, mostIgnored).map(({ id, suppression }) => ({
      source: 'policy',
      verified: false,
      digest,
      format: suppression.by,
      reason: `${id} is ignored until ${suppression.until}: ${suppression.reason}`,
    }));
    const signed = signatures.map(signature => ({ ...signature, digest }));
    return { value, seen: [seen, ...suppressing, ...listed, ...signed].map(each => this.seen(each)) };
  }
}

function counts({ value }: ReportAnswer): boolean {
  const status = evidenceStatus(value);
  return status === 'verified' || status === 'found';
}

/** Nothing that the authorities have signed can be a report. */
function withoutSigned(signatures: readonly SeenSignature[]): ReportAnswer {
  const reasons = new Set(signatures.flatMap(({ format, reason }) => (reason ? `${format}: ${reason}` : [])));
  if (reasons.size === 0)
    return { value: evidenceAnswer('absent', { reason: 'there is none that is signed' }) };
  const reason = [...reasons].slice(0, mostReasons).join('; ');
  return { value: evidenceAnswer('unverified', { reason }) };
}

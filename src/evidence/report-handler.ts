import { evidenceAnswer, evidenceStatus } from '../images/index.ts';
import type { Value } from '../values/index.ts';
import { statementIn } from './claimed-digests.ts';
import type { ReportDocument } from './documents.ts';
import type { Evidence, EvidenceNeed } from './evidence.ts';
import type { Found } from './handler.ts';
import { ImageHandler, notThere } from './image-handler.ts';
import type { AskedImage } from './image-question.ts';
import type { Images } from './images.ts';
import { parsed } from './json-field.ts';
import { findDocuments, type Manifest } from './registry/index.ts';
import type { ReportAnswer, ReportCandidate, ReportSubject } from './reports/index.ts';
import type { SentEvidence } from './sent.ts';

type Reports = typeof import('./reports/index.ts');

/** How a question is answered by reports. */
export type Answering = (
  reports: Reports,
  subject: ReportSubject,
  candidates: readonly ReportCandidate[],
) => ReportAnswer;

/**
 * Answers by documents that nobody had to sign: those that were sent along together with those that are
 * attached to the image at its registry, or to its manifest for the platform. What was sent stands alone only
 * where the registry may not be asked, or does not have the image: who asks must not hide what is there.
 */
export class ReportHandler extends ImageHandler {
  private readonly images: Images;
  private readonly sent: SentEvidence;
  private readonly answering: Answering;
  /** What was sent is read once, however many images it is held against. */
  private readonly readings = new Map<ReportDocument, ReportCandidate['reading']>();

  constructor(
    type: string,
    sources: { readonly images: Images; readonly sent: SentEvidence },
    answering: Answering,
  ) {
    super(type);
    this.images = sources.images;
    this.sent = sources.sent;
    this.answering = answering;
  }

  protected async ask(image: AskedImage, _: EvidenceNeed, signal: AbortSignal): Promise<Found> {
    const reports = await import('./reports/index.ts');
    const digest = await this.images.digest(image, signal);
    if (digest === undefined) return this.absent(image, notThere(image));
    const subject = { digests: [digest], name: image.name };
    const sent = this.sentTo(reports, subject);
    const alone = this.answering(reports, subject, sent);
    const { client } = this.images;
    if (counts(alone) && !client.mayAsk(image.repository)) return this.toFound(image, digest, alone);
    const manifest = await client.manifest(image.repository, digest, signal);
    if (manifest === undefined)
      return counts(alone) ? this.toFound(image, digest, alone) : this.absent(image, notThere(image));
    return this.askRegistry(reports, image, manifest, signal);
  }

  private async askRegistry(
    reports: Reports,
    image: AskedImage,
    manifest: Manifest,
    signal: AbortSignal,
  ): Promise<Found> {
    const { client } = this.images;
    const { repository } = image;
    const single = await this.images.single(repository, manifest, signal);
    const digests = [...new Set([manifest.digest, single.digest])];
    const subject = {
      digests,
      name: image.name,
      ...(single.config !== undefined && { config: single.config.digest }),
    };
    const attached = await Promise.all(
      digests.map(async digest => ({
        digest,
        ...(await findDocuments({ client, repository, digest, signal })),
      })),
    );
    const found = attached.flatMap(({ digest, found }) =>
      found.map(({ text, source }) => ({ reading: reports.readReport(unwrapped(text)), source, digest })),
    );
    const answer = this.answering(reports, subject, [...this.sentTo(reports, subject), ...found]);
    const missed = new Set(attached.flatMap(each => each.missed));
    const isOfRegistry = counts(answer) && answer.used?.sent !== true;
    if (isOfRegistry || missed.size === 0) return this.toFound(image, manifest.digest, answer);
    const reason = `not all of it could be had: ${[...missed].slice(0, 3).join('; ')}`;
    return this.toFound(image, manifest.digest, { value: evidenceAnswer('unavailable', { reason }) });
  }

  private sentTo({ readReport }: Reports, { digests }: ReportSubject): readonly ReportCandidate[] {
    const items = new Set(digests.flatMap(digest => this.sent.reports(digest)));
    return [...items].map(item => {
      const { content, subject } = item;
      const reading = this.readings.get(item) ?? readReport(unwrapped(content));
      this.readings.set(item, reading);
      return { reading, source: 'request', sent: true, ...(subject !== undefined && { digest: subject }) };
    });
  }

  private toFound({ repository }: AskedImage, digest: string, answer: ReportAnswer): Found {
    const { value, used, vex = [] } = answer;
    const reason = value.get('reason');
    const seen: Omit<Evidence, 'type'> = {
      source: used?.source ?? repository.registry,
      verified: evidenceStatus(value) === 'verified',
      digest,
      ...(typeof reason === 'string' && { reason }),
    };
    const suppressing = vex.map(({ vex: { format }, candidate: { source, verified = false } }) =>
      this.seen({ source, verified, digest, format }),
    );
    return { value, seen: [this.seen(seen), ...suppressing] };
  }
}

function counts({ value }: ReportAnswer): boolean {
  const status = evidenceStatus(value);
  return status === 'verified' || status === 'found';
}

/** What an envelope holds; the document itself where it is none. */
function unwrapped(document: Value): Value {
  const value = typeof document === 'string' ? parsed(document) : document;
  return (value && statementIn(value)) ?? document;
}

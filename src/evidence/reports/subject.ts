import type { NamedImage, Reading } from './report.ts';

/** The image that evidence is asked for. */
export interface ReportSubject {
  /** The digest of the image, and of the manifests of its platforms or the index it is in, where they are known. */
  readonly digests: readonly string[];
  /** The digest of its configuration, where it is known. */
  readonly config?: string;
  /** The reference that names it, normalised; `docker.io/library/nginx:1.27`. */
  readonly name?: string;
}

/** Whether a document is about the image, and why not. */
export type Binding = { readonly bound: true } | { readonly bound: false; readonly reason: string };

const BOUND: Binding = { bound: true };

/**
 * Whether a document is about the image, by digests alone, for names move. What it is attached to must be the image,
 * where that is known; then what the document itself names. Only where it names no digest does the attachment
 * decide.
 */
export function bindingOf(subject: ReportSubject, image: NamedImage, attached: readonly string[]): Binding {
  if (attached.length > 0 && !attached.some(digest => isSubject(subject, digest)))
    return other('is attached to', attached[0]!);
  if (image.digests.some(digest => subject.digests.includes(digest))) return BOUND;
  if (image.config !== undefined && image.config === subject.config) return BOUND;
  const named = image.digests[0] ?? (subject.config === undefined ? undefined : image.config);
  if (named !== undefined) return other('is of', named);
  return attached.length > 0
    ? BOUND
    : { bound: false, reason: 'does not say by digest which image it is of' };
}

/** The digests that a reading was found with, and those of the statement that it came in: both must fit. */
export function attachmentsOf(reading: Reading, digest: string | undefined): readonly (readonly string[])[] {
  return [digest === undefined ? [] : [digest], reading.subjects ?? []].filter(list => list.length > 0);
}

/** The binding by each attachment in turn: the first that does not fit decides. */
export function bindReading(
  subject: ReportSubject,
  image: NamedImage,
  reading: Reading,
  digest: string | undefined,
): Binding {
  const attachments = attachmentsOf(reading, digest);
  if (attachments.length === 0) return bindingOf(subject, image, []);
  const bindings = attachments.map(attached => bindingOf(subject, image, attached));
  return bindings.find(binding => !binding.bound) ?? BOUND;
}

function isSubject(subject: ReportSubject, digest: string): boolean {
  return subject.digests.includes(digest) || digest === subject.config;
}

function other(relation: string, digest: string): Binding {
  return { bound: false, reason: `${relation} another image, ${digest}` };
}

import type { Moment } from '../../base/index.ts';
import type { ReportProblem } from './read-report.ts';
import type { NamedImage, Reading } from './report.ts';
import { type Binding, bindReading, type ReportSubject } from './subject.ts';
import { CLOCK_SKEW } from './vex.ts';

/** A document that was sent, stored or found, as `readReport` read it. */
export interface ReportCandidate {
  readonly reading: Reading | ReportProblem;
  /** Where it came from, as a verdict may show it. */
  readonly source: string;
  /** The digest of the image that it is attached to; without one the document itself must name the image. */
  readonly digest?: string;
  /** Whether it came with the request: from who asks, who must not gain by it. */
  readonly sent?: boolean;
  /** Whether an authority that was asked for has signed it. */
  readonly verified?: boolean;
}

/** A document of an image that counts. */
export interface Valid<T> {
  readonly document: T;
  readonly candidate: ReportCandidate;
  readonly notes: readonly string[];
}

/** The documents of one kind that count, the best first, and why each of the others does not. */
export interface Sorted<T> {
  readonly valid: readonly Valid<T>[];
  readonly reasons: readonly string[];
}

/** What documents of all kinds have. */
export interface Dated {
  readonly image: NamedImage;
  readonly created_at?: Moment;
  readonly unfit?: string;
}

/** Sorts candidates by whether they hold a document of that kind, readable, fit and of the image. */
export function sortCandidates<T extends Dated>(
  subject: ReportSubject,
  candidates: readonly ReportCandidate[],
  documentOf: (reading: Reading) => T | undefined,
  now: bigint,
): Sorted<T> {
  const valid: Valid<T>[] = [];
  const reasons: string[] = [];
  for (const candidate of candidates) {
    const { reading, source } = candidate;
    if ('problem' in reading) {
      reasons.push(`${source}: could not be read: ${reading.problem}`);
      continue;
    }
    const document = documentOf(reading);
    if (document === undefined) continue;
    const binding = fitness(subject, document, candidate, reading);
    if (binding.bound) valid.push(toValid(subject, document, candidate, now));
    else reasons.push(`${source}: ${binding.reason}`);
  }
  return { valid: registryFirst(valid.sort(bestFirst)), reasons };
}

function fitness(
  subject: ReportSubject,
  document: Dated,
  candidate: ReportCandidate,
  reading: Reading,
): Binding {
  if (document.unfit !== undefined) return { bound: false, reason: document.unfit };
  return bindReading(subject, document.image, reading, candidate.digest);
}

/** A time in the future is none: it would keep a report young for ever. */
function toValid<T extends Dated>(
  subject: ReportSubject,
  document: T,
  candidate: ReportCandidate,
  now: bigint,
): Valid<T> {
  const notes: string[] = [];
  const { created_at: created, ...timeless } = document;
  const isFuture = created !== undefined && created.nanoseconds > now + CLOCK_SKEW;
  if (created === undefined) notes.push('it does not say when it was made');
  if (isFuture) notes.push('it says that it was made in the future');
  if (!bindReading(subject, document.image, {}, undefined).bound)
    notes.push('it names no digest of the image, and counts by what it is attached to');
  return { document: isFuture ? (timeless as T) : document, candidate, notes };
}

/** Whether nothing but the word of who asks stands for it. */
export function isOnlySent({ candidate }: { readonly candidate: ReportCandidate }): boolean {
  return candidate.sent === true && candidate.verified !== true;
}

/**
 * Nothing that is only sent goes before a document of a registry that is as new, or that does not say when it
 * was made and so may be.
 */
function registryFirst<T extends Dated>(sorted: readonly Valid<T>[]): readonly Valid<T>[] {
  const others = sorted.filter(each => !isOnlySent(each));
  const mayBeNewer = others.some(({ document }) => document.created_at === undefined);
  return mayBeNewer ? [...others, ...sorted.filter(isOnlySent)] : sorted;
}

/** The newest, and of a registry before what was only sent. */
function bestFirst(a: Valid<Dated>, b: Valid<Dated>): number {
  const [first, second] = [a, b].map(({ document }) => document.created_at?.nanoseconds ?? -1n);
  if (first !== second) return first! > second! ? -1 : 1;
  return Number(isOnlySent(a)) - Number(isOnlySent(b));
}

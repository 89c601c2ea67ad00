import { evidenceAnswer, type ReportCriteria } from '../../images/index.ts';
import type { ObjectValue } from '../../values/index.ts';
import { isOnlySent, type ReportCandidate, type Sorted, sortCandidates, type Valid } from './candidates.ts';
import { sbomDocument, scanDocument } from './document.ts';
import { applyIgnores } from './ignores.ts';
import type { ScanReport, SuppressedVulnerability, Vex, Vulnerability } from './report.ts';
import { bindReading, type ReportSubject } from './subject.ts';
import { applyVex } from './vex.ts';

/** Reasons that an answer repeats. */
const REASONS = 5;

/** An answer as a policy sees it, and the document that it is made of. */
export interface ReportAnswer {
  readonly value: ObjectValue;
  readonly used?: ReportCandidate;
  /** The VEX documents that suppress something of it. */
  readonly vex?: readonly CandidateVex[];
  /** What the criteria suppress of it. */
  readonly ignored?: readonly SuppressedVulnerability[];
}

export interface CandidateVex {
  readonly vex: Vex;
  readonly candidate: ReportCandidate;
}

export interface AnswerOptions {
  /** Nanoseconds since 1970. */
  readonly now: bigint;
  readonly criteria?: ReportCriteria;
}

const anything: ReportCriteria = { scanners: [], ignored: [] };

/**
 * The answer to a question about vulnerability reports: the newest of the image by one of the scanners, one
 * that was only sent where it is newer than those of the registry; without what VEX and the criteria
 * suppress, of which nothing is taken from who asks. Where authorities are given, only what they have signed
 * counts, VEX too, and the answer is `verified`; where not, it is `found`. `unverified`, with the reasons, where
 * none of what is there counts; `absent` where there is nothing.
 */
export function scanAnswer(
  subject: ReportSubject,
  candidates: readonly ReportCandidate[],
  { now, criteria = anything }: AnswerOptions,
): ReportAnswer {
  const considered = fitting(candidates, criteria);
  const sorted = (counts: (scan: ScanReport) => boolean) =>
    sortCandidates(subject, considered, ({ scan }) => (scan && counts(scan) ? scan : undefined), now);
  const { scanners } = criteria;
  const reports = sorted(({ scanner }) => scanners.length === 0 || scanners.includes(scanner));
  const [best] = reports.valid;
  if (best === undefined) return without(reports, noReport(sorted(() => true).valid, scanners));
  const scan = isOnlySent(best) ? withSuppressed(best.document) : best.document;
  const trusted = considered.filter(candidate => !isOnlySent({ candidate }));
  const vexes = vexOf(subject, trusted);
  const sboms = sortCandidates(subject, trusted, ({ sbom }) => sbom, now).valid.map(
    ({ document }) => document,
  );
  const { report, used } = applyVex(
    scan,
    vexes.map(({ vex }) => vex),
    { subject, sboms },
    now,
  );
  const { report: rest, ignored } = applyIgnores(report, criteria.ignored, now);
  return {
    ...answer(criteria, scanDocument(rest, best), best),
    vex: vexes.filter(({ vex }) => used.has(vex)),
    ignored,
  };
}

/** The answer to a question about SBOMs: the newest of the image, as `scanAnswer` says. */
export function sbomAnswer(
  subject: ReportSubject,
  candidates: readonly ReportCandidate[],
  { now, criteria = anything }: AnswerOptions,
): ReportAnswer {
  const sboms = sortCandidates(subject, fitting(candidates, criteria), ({ sbom }) => sbom, now);
  const [best] = sboms.valid;
  if (best === undefined) return without(sboms, 'no software bill of materials is there');
  return answer(criteria, sbomDocument(best.document, best), best);
}

/** Where somebody must have signed what counts, what somebody has. */
function fitting(
  candidates: readonly ReportCandidate[],
  { authorities }: ReportCriteria,
): readonly ReportCandidate[] {
  return authorities === undefined ? candidates : candidates.filter(({ verified }) => verified === true);
}

function noReport(others: readonly Valid<ScanReport>[], scanners: readonly string[]): string {
  if (others.length === 0) return 'no vulnerability report is there';
  const found = [...new Set(others.map(({ document }) => document.scanner))].slice(0, REASONS);
  return `no vulnerability report by ${scanners.slice(0, REASONS).join(' or ')} is there, but by ${found.join(', ')}`;
}

function answer(
  { authorities }: ReportCriteria,
  document: ObjectValue,
  { candidate }: Valid<unknown>,
): ReportAnswer {
  const status = authorities === undefined ? 'found' : 'verified';
  return { value: evidenceAnswer(status, { document }), used: candidate };
}

function without({ reasons }: Sorted<unknown>, absent: string): ReportAnswer {
  if (reasons.length === 0) return { value: evidenceAnswer('absent', { reason: absent }) };
  const more = reasons.length > REASONS ? [`and ${reasons.length - REASONS} more`] : [];
  const reason = [...reasons.slice(0, REASONS), ...more].join('; ');
  return { value: evidenceAnswer('unverified', { reason }) };
}

/** With what the report itself holds for harmless: whoever sent it may have said so. */
function withSuppressed(report: ScanReport): ScanReport {
  const vulnerabilities = [...report.vulnerabilities, ...report.suppressed.map(withoutSuppression)];
  return { ...report, vulnerabilities, suppressed: [] };
}

function withoutSuppression({ suppression: _, ...found }: SuppressedVulnerability): Vulnerability {
  return found;
}

/** The VEX documents that are not attached to another image; their products are looked at later. */
function vexOf(subject: ReportSubject, candidates: readonly ReportCandidate[]): readonly CandidateVex[] {
  return candidates.flatMap(candidate => {
    const { reading, digest } = candidate;
    if ('problem' in reading || reading.vex === undefined) return [];
    const isAttached = digest !== undefined || reading.subjects !== undefined;
    if (isAttached && !bindReading(subject, { digests: [] }, reading, digest).bound) return [];
    return [{ vex: reading.vex, candidate }];
  });
}

import { evidenceAnswer } from '../../images/index.ts';
import type { ObjectValue } from '../../values/index.ts';
import { isOnlySent, type ReportCandidate, type Sorted, sortCandidates, type Valid } from './candidates.ts';
import { sbomDocument, scanDocument } from './document.ts';
import { applyIgnores } from './ignores.ts';
import type { Ignore, Sbom, ScanReport, SuppressedVulnerability, Vex, Vulnerability } from './report.ts';
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
}

export interface CandidateVex {
  readonly vex: Vex;
  readonly candidate: ReportCandidate;
}

export interface ScanOptions {
  /** Nanoseconds since 1970. */
  readonly now: bigint;
  /** What the policy or its organisation ignores. Never from who asks: that would let anyone ignore anything. */
  readonly ignores?: readonly Ignore[];
}

/**
 * The answer to `scan.report`: the newest report of the image, one that an authority signed before
 * all others, and one that was only sent where it is newer than those of the registry; without what VEX and the
 * ignores suppress, of which nothing is taken from who asks; `verified`
 * where an authority has signed all that it rests on, `found` where not. `unverified`, with the reasons, where none
 * of what is there counts; `absent` where there is nothing.
 */
export function scanAnswer(
  subject: ReportSubject,
  candidates: readonly ReportCandidate[],
  { now, ignores = [] }: ScanOptions,
): ReportAnswer {
  const reports = sortCandidates(subject, candidates, ({ scan }) => scan, now);
  const [best] = reports.valid;
  if (best === undefined) return without(reports, 'no vulnerability report is there');
  const scan = isOnlySent(best) ? withSuppressed(best.document) : best.document;
  const trusted = candidates.filter(candidate => !isOnlySent({ candidate }));
  const sboms = sortCandidates(subject, trusted, ({ sbom }) => sbom, now).valid;
  const vexes = vexOf(subject, trusted);
  const apply = (vex: readonly CandidateVex[], known: readonly Valid<Sbom>[]) =>
    applyVex(
      scan,
      vex.map(each => each.vex),
      { subject, sboms: known.map(({ document }) => document) },
      now,
    );
  const byAll = apply(vexes, sboms);
  const bySigned = apply(vexes.filter(isOfAuthority), sboms.filter(isOfAuthority));
  const isSigned = isOfAuthority(best) && isSame(bySigned.report, byAll.report);
  const report = applyIgnores(byAll.report, ignores, now);
  const used = vexes.filter(({ vex }) => byAll.used.has(vex));
  return { ...answer(isSigned, scanDocument(report, best), best), vex: used };
}

/** The answer to `sbom.document`: the newest SBOM of the image, as `scanAnswer` says. */
export function sbomAnswer(
  subject: ReportSubject,
  candidates: readonly ReportCandidate[],
  { now }: Pick<ScanOptions, 'now'>,
): ReportAnswer {
  const sboms = sortCandidates(subject, candidates, ({ sbom }) => sbom, now);
  const [best] = sboms.valid;
  if (best === undefined) return without(sboms, 'no software bill of materials is there');
  return answer(isOfAuthority(best), sbomDocument(best.document, best), best);
}

function answer(isSigned: boolean, document: ObjectValue, { candidate }: Valid<unknown>): ReportAnswer {
  return { value: evidenceAnswer(isSigned ? 'verified' : 'found', { document }), used: candidate };
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

function isOfAuthority({ candidate }: { readonly candidate: ReportCandidate }): boolean {
  return candidate.verified === true;
}

/** Whether VEX that nobody signed made no difference. */
function isSame(a: ScanReport, b: ScanReport): boolean {
  const [first, second] = [a.vulnerabilities, b.vulnerabilities];
  return first.length === second.length && first.every((vulnerability, i) => vulnerability === second[i]);
}

import type { Value } from '../values/index.ts';
import { isArray, isObject } from '../values/index.ts';
import { canAttest, statementIn } from './claimed-digests.ts';
import type { EvidenceDocuments, ReportDocument } from './documents.ts';
import { parsed } from './json-field.ts';
import { findAttestations, findDocuments, type Place } from './registry/index.ts';
import type { ReportCandidate } from './reports/index.ts';
import {
  type SeenSignature,
  type SignatureMaterial,
  type Verification,
  verifyAttestations,
} from './signatures/index.ts';
import type { Trust } from './trust.ts';

export type Reports = typeof import('./reports/index.ts');

/** Candidates for a report, and what was seen on the way to them. */
export interface Gathered {
  readonly candidates: readonly ReportCandidate[];
  /** Where somebody must have signed them, all signatures that were looked at. */
  readonly signatures: readonly SeenSignature[];
  /** Why some could not be had. */
  readonly missed: readonly string[];
}

export const nothingGathered: Gathered = { candidates: [], signatures: [], missed: [] };

/** What documents say that have been read. */
export type Readings = WeakMap<ReportDocument | SignatureMaterial, ReportCandidate['reading']>;

/** How candidates are made of what is there. */
export interface Gathering {
  /** Of documents about any of the digests. */
  ofDocuments(documents: EvidenceDocuments, digests: readonly string[]): Promise<Gathered>;
  /** Of what is attached to a digest at its registry. */
  ofRegistry(place: Place): Promise<Gathered>;
}

/** Takes every document, also out of envelopes, whose signatures nobody looks at. */
export class UnsignedGathering implements Gathering {
  private readonly reports: Reports;
  private readonly readings: Readings;

  constructor(reports: Reports, readings: Readings) {
    this.reports = reports;
    this.readings = readings;
  }

  async ofDocuments(documents: EvidenceDocuments, digests: readonly string[]): Promise<Gathered> {
    const { source } = documents;
    const place = { source, ...(source === 'request' && { sent: true }) };
    const items = new Set(digests.flatMap(digest => documents.reports(digest)));
    const envelopes = new Set(digests.flatMap(digest => documents.material(digest).filter(canAttest)));
    const plain = [...items].map(item => ({
      ...place,
      reading: this.read(item, item.content),
      ...(item.subject !== undefined && { digest: item.subject }),
    }));
    const attested = [...envelopes]
      .map(material => ({ ...place, reading: this.read(material, textOf(material)) }))
      .filter(({ reading }) => !('unknown' in reading));
    return { ...nothingGathered, candidates: [...plain, ...attested] };
  }

  async ofRegistry(place: Place): Promise<Gathered> {
    const { found, missed } = await findDocuments(place);
    const { digest } = place;
    const candidates = found.map(({ text, source }) => ({
      reading: this.reports.readReport(unwrapped(text)),
      source,
      digest,
    }));
    return { candidates, signatures: [], missed };
  }

  private read(item: ReportDocument | SignatureMaterial, content: Value): ReportCandidate['reading'] {
    const reading = this.readings.get(item) ?? this.reports.readReport(unwrapped(content));
    this.readings.set(item, reading);
    return reading;
  }
}

/** Takes what the authorities have signed as statements about the image. */
export class SignedGathering implements Gathering {
  private readonly reports: Reports;
  private readonly authorities: Value;
  private readonly trust: Trust;

  constructor(reports: Reports, authorities: Value, trust: Trust) {
    this.reports = reports;
    this.authorities = authorities;
    this.trust = trust;
  }

  async ofDocuments(documents: EvidenceDocuments, digests: readonly string[]): Promise<Gathered> {
    const all = await Promise.all(
      digests.map(digest => this.proven(digest, documents.material(digest).filter(canAttest))),
    );
    return joinGathered(all);
  }

  async ofRegistry(place: Place): Promise<Gathered> {
    const { found, missed } = await findAttestations(place);
    return { ...(await this.proven(place.digest, found)), missed };
  }

  private async proven(digest: string, material: readonly SignatureMaterial[]): Promise<Gathered> {
    if (material.length === 0) return nothingGathered;
    const { authorities } = this;
    const verification = await verifyAttestations(
      { digest },
      material,
      undefined,
      authorities,
      await this.trust(),
    );
    const candidates = statementsOf(verification)
      .map(statement => ({
        reading: this.reports.readReport(statement),
        source: sourceOf(statement),
        digest,
        verified: true,
      }))
      .filter(({ reading }) => !('unknown' in reading));
    return { candidates, signatures: verification.signatures, missed: [] };
  }
}

export function joinGathered(all: readonly Gathered[]): Gathered {
  return {
    candidates: all.flatMap(({ candidates }) => candidates),
    signatures: all.flatMap(({ signatures }) => signatures),
    missed: all.flatMap(({ missed }) => missed),
  };
}

function statementsOf({ answer }: Verification): readonly Value[] {
  const statements = answer.get('statements');
  return statements !== undefined && isArray(statements) ? statements : [];
}

function sourceOf(statement: Value): string {
  const verification = isObject(statement) ? statement.get('verification') : undefined;
  const source =
    verification !== undefined && isObject(verification) ? verification.get('source') : undefined;
  return typeof source === 'string' ? source : '';
}

function textOf(material: SignatureMaterial): string {
  return material.kind === 'bundle' ? material.bundle : material.kind === 'dsse' ? material.envelope : '';
}

/** What an envelope holds; the document itself where it is none. */
function unwrapped(document: Value): Value {
  const value = typeof document === 'string' ? parsed(document) : document;
  return (value && statementIn(value)) ?? document;
}

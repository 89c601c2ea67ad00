import { describe, expect, it } from 'vitest';
import { toMomentOrDate } from '../../../src/base/index.ts';
import {
  type ReportCandidate,
  type ReportSubject,
  readReport,
  sbomAnswer,
  scanAnswer,
} from '../../../src/evidence/reports/index.ts';
import type { ReportCriteria } from '../../../src/images/index.ts';
import { fromJson, type Json, toJson, type Value } from '../../../src/values/index.ts';
import {
  configDigest,
  digest,
  nothingFound,
  now,
  openssl,
  openVex,
  otherDigest,
  trivyFinding,
  trivyReport,
} from './documents.ts';

// biome-ignore lint/suspicious/noExplicitAny: an answer as JSON.
type Answer = any;

const subject: ReportSubject = {
  digests: [digest],
  config: configDigest,
  name: 'registry.acme.io/shop/api:1.2',
};

function candidate(content: Json, fields: Partial<ReportCandidate> = {}): ReportCandidate {
  return { reading: readReport(fromJson(content)), source: 'request', ...fields };
}

function scanned(candidates: readonly ReportCandidate[], of: ReportSubject = subject): Answer {
  return toJson(scanAnswer(of, candidates, { now }).value);
}

const authorities: Value = [];

function selected(criteria: Partial<ReportCriteria>, ...candidates: readonly ReportCandidate[]): Answer {
  const whole = { scanners: [], ignored: [], ...criteria };
  return toJson(scanAnswer(subject, candidates, { now, criteria: whole }).value);
}

/** A report that names no digest. */
const nameless = trivyReport({ Metadata: { RepoTags: ['registry.acme.io/shop/api:1.2'] } });

describe('an answer with a report', () => {
  it('has what statements and rules read', () => {
    const { status, document } = scanned([candidate(trivyReport())]);
    expect(status).toBe('found');
    expect(document).toMatchObject({
      scanner: 'trivy',
      scanner_version: '0.69.1',
      created_at: '2026-11-19T08:00:00Z',
      image: { name: 'registry.acme.io/shop/api:1.2', digests: [digest], config: configDigest },
      summary: { critical: 1, low: 1 },
      suppressed: [],
      notes: [],
    });
    expect(document.vulnerabilities[0]).toMatchObject({
      id: 'CVE-2026-0001',
      severity: 'critical',
      fixed_version: '3.0.12-1',
      package: { name: 'openssl', purl: openssl },
    });
    expect(document.raw).toEqual(trivyReport());
    expect(document).not.toHaveProperty('unfit');
  });

  it('is verified where authorities are asked for, of what they signed alone', () => {
    const signed = candidate(trivyReport({ CreatedAt: '2026-11-01T08:00:00Z' }), { verified: true });
    const newer = candidate(trivyReport({ Results: nothingFound }));
    expect(selected({ authorities }, signed, newer)).toMatchObject({
      status: 'verified',
      document: { created_at: '2026-11-01T08:00:00Z' },
    });
    expect(selected({ authorities }, newer)).toEqual({
      status: 'absent',
      reason: 'no vulnerability report is there',
    });
  });

  it('is of the newest report by one of the scanners that are asked for', () => {
    const grype = (timestamp: string) =>
      candidate({
        matches: [],
        source: { type: 'image', target: { repoDigests: [`a@${digest}`] } },
        descriptor: { name: 'grype', version: '0.100.0', timestamp },
      });
    const all = [grype('2026-11-01T08:00:00Z'), grype('2026-11-10T08:00:00Z'), candidate(trivyReport())];
    expect(selected({}, ...all).document.scanner).toBe('trivy');
    expect(selected({ scanners: ['snyk', 'grype'] }, ...all).document).toMatchObject({
      scanner: 'grype',
      created_at: '2026-11-10T08:00:00Z',
    });
    expect(selected({ scanners: ['clair'] }, ...all)).toEqual({
      status: 'absent',
      reason: 'no vulnerability report by clair is there, but by trivy, grype',
    });
  });

  it('is of the newest report, and says which was used', () => {
    const older = candidate(trivyReport({ CreatedAt: '2026-11-18T08:00:00Z', Results: nothingFound }));
    const newer = candidate(trivyReport());
    expect(scanAnswer(subject, [older, newer], { now }).used).toBe(newer);
    const untimed = candidate(trivyReport({ CreatedAt: null }));
    expect(scanAnswer(subject, [untimed, older], { now }).used).toBe(older);
  });

  it('is of one that was only sent where that is newer than all of the registry, with the word of each', () => {
    const at = (time: string | null, fields: Partial<ReportCandidate> = {}) =>
      candidate(trivyReport({ CreatedAt: time }), fields);
    const usedOf = (...all: readonly ReportCandidate[]) => scanAnswer(subject, all, { now }).used;
    const sent = at('2026-11-19T08:00:00Z', { sent: true });
    for (const time of ['2026-11-19T08:00:00Z', '2026-11-19T09:00:00Z', null, '2027-01-01T00:00:00Z']) {
      const attached = at(time);
      expect(usedOf(sent, attached)).toBe(attached);
      expect(usedOf(attached, sent)).toBe(attached);
    }
    const older = at('2026-11-19T07:59:59Z');
    expect(usedOf(older, sent)).toBe(sent);
    expect(usedOf(sent, older, at(null))).toBe(older);
  });

  it('has nothing suppressed by who asks, and says which VEX suppresses', () => {
    const attached = candidate(trivyReport());
    const vex = openVex({ products: [{ '@id': openssl }] });
    expect(scanned([attached, candidate(vex, { sent: true })]).document.suppressed).toEqual([]);
    const ofRegistry = candidate(vex);
    const answer = scanAnswer(subject, [attached, ofRegistry, candidate(openVex({}, { '@id': 'other' }))], {
      now,
    });
    expect(answer.vex).toHaveLength(1);
    const modified = { Type: 'vulnerability', Finding: trivyFinding('CVE-1', 'HIGH', 'a', 'pkg:npm/a@1') };
    const own = trivyReport({ Results: [{ ExperimentalModifiedFindings: [modified] }] });
    expect(scanned([candidate(own)]).document.suppressed).toHaveLength(1);
    const { vulnerabilities, suppressed } = scanned([candidate(own, { sent: true })]).document;
    expect(suppressed).toEqual([]);
    expect(vulnerabilities).toMatchObject([{ id: 'CVE-1' }]);
    expect(vulnerabilities[0]).not.toHaveProperty('suppression');
  });

  it('is none of a report of Trivy in which nothing was looked at', () => {
    for (const Results of [null, []])
      expect(scanned([candidate(trivyReport({ Results }))])).toMatchObject({
        status: 'unverified',
        reason: expect.stringContaining('it has no results'),
      });
  });

  it('takes no time that is not known, nor one in the future', () => {
    for (const [time, note] of [
      [null, 'it does not say when it was made'],
      ['yesterday', 'it does not say when it was made'],
      ['0001-01-01T00:00:00Z', 'it does not say when it was made'],
      ['2026-11-21T00:00:00Z', 'it says that it was made in the future'],
    ] as const) {
      const { document } = scanned([candidate(trivyReport({ CreatedAt: time }))]);
      expect(document).not.toHaveProperty('created_at');
      expect(document.notes).toEqual([note]);
    }
  });

  it('leaves out what VEX suppresses, signed where that is asked', () => {
    const signed = candidate(trivyReport(), { verified: true });
    const of = (vex: ReportCandidate) => selected({ authorities }, signed, vex);
    const { status, document } = of(candidate(openVex({}), { verified: true }));
    expect(status).toBe('verified');
    expect(document.vulnerabilities).toMatchObject([{ id: 'CVE-2026-0002' }]);
    expect(document.suppressed).toMatchObject([{ id: 'CVE-2026-0001', suppression: { by: 'openvex' } }]);
    expect(of(candidate(openVex({}))).document.suppressed).toEqual([]);
    expect(scanned([signed, candidate(openVex({}))]).document.suppressed).toHaveLength(1);
  });

  it('takes no VEX that is attached to another image', () => {
    const vex = openVex({ products: [{ '@id': openssl }] });
    const of = (fields: Partial<ReportCandidate>) =>
      scanned([candidate(trivyReport()), candidate(vex, fields)]).document.suppressed.length;
    expect(of({})).toBe(1);
    expect(of({ digest })).toBe(1);
    expect(of({ digest: otherDigest })).toBe(0);
  });

  it('leaves out what the criteria ignore, and says so', () => {
    const until = toMomentOrDate('2027-01-01')!;
    const criteria = {
      scanners: [],
      ignored: [{ id: 'CVE-2026-0001', until, because: 'OPS-1' }],
    };
    const answer = scanAnswer(subject, [candidate(trivyReport())], { now, criteria });
    expect((toJson(answer.value) as Answer).document.suppressed).toMatchObject([
      { id: 'CVE-2026-0001', suppression: { by: 'ignore-list', reason: 'OPS-1' } },
    ]);
    expect(answer.ignored).toHaveLength(1);
  });
});

describe('the image of a report', () => {
  const of = (content: Json, fields: Partial<ReportCandidate> = {}, image = subject) =>
    scanned([candidate(content, fields)], image);
  const metadata = (digests: readonly string[], id?: string) =>
    trivyReport({ Metadata: { RepoDigests: digests.map(each => `a@${each}`), ...(id && { ImageID: id }) } });

  it('is known by its digest, or that of its configuration', () => {
    expect(of(metadata([otherDigest, digest])).status).toBe('found');
    expect(of(metadata([], configDigest)).status).toBe('found');
  });

  it('is another where the digests are others, whatever it is attached to', () => {
    const other = { status: 'unverified', reason: `request: is of another image, ${otherDigest}` };
    expect(of(metadata([otherDigest]))).toEqual(other);
    expect(of(metadata([otherDigest]), { digest })).toEqual(other);
    expect(of(metadata([], otherDigest))).toEqual(other);
    expect(of(trivyReport(), { digest: otherDigest })).toEqual({
      status: 'unverified',
      reason: `request: is attached to another image, ${otherDigest}`,
    });
  });

  it('is not known by a name alone', () => {
    expect(of(nameless)).toEqual({
      status: 'unverified',
      reason: 'request: does not say by digest which image it is of',
    });
    const unknownConfig: ReportSubject = { digests: [digest] };
    expect(of(metadata([], configDigest), {}, unknownConfig).status).toBe('unverified');
  });

  it('is what the report is attached to, where it names no digest itself', () => {
    const { status, document } = of(nameless, { digest });
    expect(status).toBe('found');
    expect(document.notes).toEqual(['it names no digest of the image, and counts by what it is attached to']);
  });

  it('is that of the statement the report came in', () => {
    const statement = (hex: string): Json => ({
      predicateType: 'https://cosign.sigstore.dev/attestation/vuln/v1',
      subject: [{ digest: { sha256: hex } }],
      predicate: { scanner: { uri: 'x', result: nameless }, metadata: {} },
    });
    expect(of(statement(digest.slice(7))).status).toBe('found');
    expect(of(statement(otherDigest.slice(7))).status).toBe('unverified');
    expect(of(statement(otherDigest.slice(7)), { digest }).status).toBe('unverified');
  });
});

describe('an answer without a report', () => {
  it('is absent where there is nothing, or only what is no report', () => {
    const absent = { status: 'absent', reason: 'no vulnerability report is there' };
    expect(scanned([])).toEqual(absent);
    expect(scanned([candidate(openVex({}))])).toEqual(absent);
  });

  it('says why what is there does not count', () => {
    const sarif = { version: '2.1.0', runs: [{ tool: { driver: { name: 'CodeQL' } }, results: [] }] };
    const { status, reason } = scanned([candidate({ x: 1 }), candidate(sarif, { source: 'registry' })]);
    expect(status).toBe('unverified');
    expect(reason).toBe(
      'request: could not be read: it is of no format that is known; registry: "CodeQL" is not known to scan images',
    );
    expect(scanned(new Array(9).fill(candidate(1))).reason).toMatch(/; and 4 more$/);
  });
});

describe('an answer with an SBOM', () => {
  const bom: Json = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { type: 'container', name: 'api', version: digest } },
    components: [{ type: 'library', name: 'a', version: '1', licenses: [{ license: { id: 'MIT' } }] }],
  };

  it('has packages', () => {
    const { status, document } = toJson(sbomAnswer(subject, [candidate(bom)], { now }).value) as Answer;
    expect(status).toBe('found');
    expect(document).toMatchObject({
      format: 'cyclonedx',
      spec_version: '1.6',
      image: { digests: [digest] },
      packages: [{ name: 'a', version: '1', type: 'library', licenses: ['MIT'] }],
      raw: bom,
    });
  });

  it('is none of another image', () => {
    const answer = sbomAnswer({ digests: [otherDigest] }, [candidate(bom)], { now });
    expect(toJson(answer.value)).toEqual({
      status: 'unverified',
      reason: `request: is of another image, ${digest}`,
    });
    expect(toJson(sbomAnswer(subject, [candidate(trivyReport())], { now }).value)).toMatchObject({
      status: 'absent',
    });
  });
});

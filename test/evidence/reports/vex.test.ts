import { describe, expect, it } from 'vitest';
import { applyIgnores } from '../../../src/evidence/reports/ignores.ts';
import type { ScanReport, Vex } from '../../../src/evidence/reports/report.ts';
import type { ReportSubject } from '../../../src/evidence/reports/subject.ts';
import { applyVex } from '../../../src/evidence/reports/vex.ts';
import { readReportCriteria } from '../../../src/images/index.ts';
import { fromJson, type Json } from '../../../src/values/index.ts';
import {
  digest,
  now,
  openssl,
  openVex,
  otherDigest,
  problemOf,
  readingOf,
  scanOf,
  trivyReport,
} from './documents.ts';

const subject: ReportSubject = { digests: [digest], name: 'registry.acme.io/shop/api:1.2' };
const report = scanOf(trivyReport());

function suppressed(documents: readonly Json[], scan: ScanReport = report, sboms: readonly Json[] = []) {
  const vexes = documents.map(document => readingOf(document).vex as Vex);
  const context = { subject, sboms: sboms.map(document => readingOf(document).sbom!) };
  const applied = applyVex(scan, vexes, context, now).report;
  expect(applied.vulnerabilities.length + applied.suppressed.length).toBe(scan.vulnerabilities.length);
  return applied.suppressed.map(({ id }) => id);
}

const image = `pkg:oci/api@${encodeURIComponent(digest)}`;
const none: string[] = [];
const one = ['CVE-2026-0001'];

describe('OpenVEX', () => {
  it('suppresses what is not affected, with justification, author and document', () => {
    const vex = readingOf(openVex({ impact_statement: 'no TLS here' })).vex!;
    expect(applyVex(report, [vex], { subject, sboms: [] }, now).report.suppressed).toMatchObject([
      {
        id: 'CVE-2026-0001',
        severity: 'critical',
        suppression: {
          by: 'openvex',
          status: 'not_affected',
          justification: 'vulnerable_code_not_in_execute_path',
          reason: 'no TLS here',
          author: 'Acme Security',
          source: 'https://acme.io/vex/1',
        },
      },
    ]);
  });

  it.each([
    ['fixed', { status: 'fixed', justification: null }, one],
    ['affected', { status: 'affected' }, none],
    ['under investigation', { status: 'under_investigation' }, none],
    ['not affected, and nobody says why', { justification: null }, none],
    ['another vulnerability', { vulnerability: { name: 'CVE-2026-0003' } }, none],
    ['an alias', { vulnerability: { name: 'GHSA-x', aliases: ['CVE-2026-0001'] } }, one],
    ['the URL of the vulnerability', { vulnerability: { '@id': 'https://nvd.nist.gov/CVE-2026-0001' } }, one],
    ['no product', { products: [] }, none],
  ])('of status or name: %s', (_, statement, expected) => {
    expect(suppressed([openVex(statement as { [key: string]: Json })])).toEqual(expected);
  });

  const repository = 'pkg:oci/api?repository_url=registry.acme.io/shop';
  it.each([
    ['another digest', [{ '@id': `pkg:oci/api@${encodeURIComponent(otherDigest)}` }], none],
    ['a name alone', [{ '@id': 'pkg:oci/api' }], none],
    ['the repository', [{ '@id': repository }], one],
    ['the repository, by its full name', [{ '@id': `${repository}%2Fapi` }], one],
    ['another repository', [{ '@id': 'pkg:oci/api?repository_url=registry.acme.io/other' }], none],
    ['the tag', [{ '@id': `${repository}&tag=1.2` }], one],
    ['another tag', [{ '@id': `${repository}&tag=1.3` }], none],
    ['a reference by digest', [{ '@id': `registry.acme.io/shop/api@${digest}` }], one],
    ['a reference by tag', [{ '@id': 'registry.acme.io/shop/api:1.2' }], none],
    ['a digest', [{ hashes: { 'sha-256': digest.slice(7) } }], one],
    ['an older text', [image], one],
    ['the package', [{ '@id': 'pkg:deb/debian/openssl@3.0.11-1?arch=amd64' }], one],
    ['the package of any version', [{ '@id': 'pkg:deb/debian/openssl' }], one],
    ['the package of another version', [{ '@id': 'pkg:deb/debian/openssl@3.0.12-1' }], none],
    ['the package for another machine', [{ '@id': 'pkg:deb/debian/openssl@3.0.11-1?arch=arm64' }], none],
    ['the package of another distribution', [{ '@id': 'pkg:deb/ubuntu/openssl' }], none],
    ['the package in the image', [{ '@id': image, subcomponents: [{ '@id': openssl }] }], one],
    [
      'another package in the image',
      [{ '@id': image, subcomponents: [{ '@id': 'pkg:deb/debian/curl' }] }],
      none,
    ],
    ['the package in another product', [{ '@id': 'pkg:oci/x', subcomponents: [{ '@id': openssl }] }], none],
  ])('of a product: %s', (_, products, expected) => {
    expect(suppressed([openVex({ products: products as Json })])).toEqual(expected);
  });

  it('heeds the latest of several statements, and the graver of one time', () => {
    const affected = (timestamp: string | null) =>
      openVex({ status: 'affected', timestamp }, { '@id': 'https://acme.io/vex/2', timestamp });
    expect(suppressed([openVex({}), affected('2026-11-02T00:00:00Z')])).toEqual(none);
    expect(suppressed([openVex({}), affected('2026-10-31T00:00:00Z')])).toEqual(one);
    expect(suppressed([openVex({}), affected('2026-11-01T01:00:00+01:00')])).toEqual(none);
    expect(suppressed([affected('2026-11-01T01:00:00+01:00'), openVex({})])).toEqual(none);
    expect(suppressed([openVex({}), affected(null)])).toEqual(none);
  });

  it('heeds no statement of the future, nor an earlier version of a document', () => {
    expect(suppressed([openVex({ timestamp: '2027-01-01T00:00:00Z' })])).toEqual(none);
    const withdrawn = openVex({ vulnerability: { name: 'CVE-2026-9999' } }, { version: 2 });
    expect(suppressed([openVex({}), withdrawn])).toEqual(none);
  });

  it('does not let a VEX on one CVE speak for an advisory of several', () => {
    const advisory = (aliases: readonly string[]) => ({
      ...report,
      vulnerabilities: [{ ...report.vulnerabilities[0]!, id: 'RHSA-2026:1', aliases }],
    });
    expect(suppressed([openVex({})], advisory(['CVE-2026-0001']))).toEqual(['RHSA-2026:1']);
    expect(suppressed([openVex({})], advisory(['CVE-2026-0001', 'CVE-2026-0007']))).toEqual(none);
  });

  it('does not let a vulnerability of more names than can be be spoken for', () => {
    const named = (count: number) => ({
      ...report,
      vulnerabilities: [
        { ...report.vulnerabilities[0]!, aliases: Array.from({ length: count }, (_, i) => `GHSA-${i}`) },
      ],
    });
    expect(suppressed([openVex({})], named(100))).toEqual(one);
    expect(suppressed([openVex({})], named(101))).toEqual(none);
  });

  it('suppresses nothing more where the statements are too many to compare', () => {
    const [first] = report.vulnerabilities;
    const scan = { ...report, vulnerabilities: new Array(2_000).fill(first) };
    const products = new Array(1_000).fill({ '@id': 'pkg:oci/other' });
    expect(suppressed([openVex({ products: [...products, { '@id': image }] })], scan).length).toBeLessThan(
      500,
    );
  });

  it('refuses a status that it does not know', () => {
    expect(problemOf(openVex({ status: 'harmless' }))).toMatch(/^OpenVEX document: a statement has a status/);
  });
});

describe('CycloneDX VEX', () => {
  const serial = '3e671687-395b-41f5-a30f-a58921a69b79';
  const root = { type: 'container', name: 'api', 'bom-ref': 'root', version: digest };
  const component = { type: 'library', name: 'openssl', version: '3.0.11-1', 'bom-ref': 'c1', purl: openssl };
  const vex = (analysis: Json, affects: Json, fields: { readonly [key: string]: Json } = {}): Json => ({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { timestamp: '2026-11-01T00:00:00Z', component: root },
    components: [component],
    vulnerabilities: [{ id: 'CVE-2026-0001', analysis, affects }],
    ...fields,
  });
  const notAffected = { state: 'not_affected', justification: 'code_not_reachable' };

  it.each([
    ['not affected', notAffected, one],
    ['a false positive, with a reason', { state: 'false_positive', detail: 'mistaken' }, one],
    ['resolved', { state: 'resolved' }, one],
    ['exploitable', { state: 'exploitable', justification: 'x' }, none],
    ['in triage', { state: 'in_triage' }, none],
    ['not affected, and nobody says why', { state: 'not_affected' }, none],
    ['nothing', {}, none],
  ])('of a state: %s', (_, analysis, expected) => {
    const documents = [vex(analysis, [{ ref: 'c1' }])].filter(document => readingOf(document).vex);
    expect(suppressed(documents)).toEqual(expected);
  });

  it.each([
    ['the image', [{ ref: 'root' }], one],
    ['the package as a reference', [{ ref: openssl }], one],
    ['nothing', [], none],
    ['an unknown reference', [{ ref: 'c9' }], none],
    ['this version', [{ ref: 'c1', versions: [{ version: '3.0.11-1', status: 'unaffected' }] }], one],
    ['another version', [{ ref: 'c1', versions: [{ version: '3.0.9', status: 'unaffected' }] }], none],
    ['a range', [{ ref: 'c1', versions: [{ range: 'vers:deb/*', status: 'unaffected' }] }], none],
    ['a version said to be affected', [{ ref: 'c1', versions: [{ version: '3.0.11-1' }] }], none],
  ])('of what is affected: %s', (_, affects, expected) => {
    expect(suppressed([vex(notAffected, affects as Json)])).toEqual(expected);
  });

  it('says nothing of another image, or of one that it does not name by digest', () => {
    const of = (version: string) =>
      vex(notAffected, [{ ref: 'c1' }], { metadata: { component: { ...root, version } } });
    expect(suppressed([of(digest)])).toEqual(one);
    expect(suppressed([of(otherDigest)])).toEqual(none);
    expect(suppressed([of('1.2')])).toEqual(none);
  });

  it('follows a BOM-Link only to an SBOM of the image', () => {
    const link = (version: number) =>
      vex(notAffected, [{ ref: `urn:cdx:${serial}/${version}#c1` }], { metadata: {}, components: [] });
    const bom: Json = {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: `urn:uuid:${serial}`,
      version: 1,
      components: [component],
    };
    expect(suppressed([link(1)], report, [bom])).toEqual(one);
    expect(suppressed([link(2)], report, [bom])).toEqual(none);
    expect(suppressed([link(1)])).toEqual(none);
  });
});

describe('CSAF VEX', () => {
  const csaf = (status: string, product: Json): Json => ({
    document: { category: 'csaf_vex', csaf_version: '2.0', tracking: { id: 'A', version: '1' } },
    product_tree: {
      branches: [{ product: { product_id: 'image', product_identification_helper: { purl: image } } }],
      full_product_names: [{ product_id: 'part', product_identification_helper: product }],
      relationships: [
        {
          product_reference: 'part',
          relates_to_product_reference: 'image',
          full_product_name: { product_id: 'both' },
        },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2026-0001',
        product_status: { [status]: ['both'] },
        flags: [{ label: 'vulnerable_code_not_present', product_ids: ['both'] }],
      },
    ],
  });

  it('suppresses what is known not to be affected in a product of the image', () => {
    expect(suppressed([csaf('known_not_affected', { purl: openssl })])).toEqual(one);
    expect(suppressed([csaf('fixed', { purl: openssl })])).toEqual(one);
    expect(suppressed([csaf('known_affected', { purl: openssl })])).toEqual(none);
    expect(suppressed([csaf('known_not_affected', { purl: 'pkg:deb/debian/curl' })])).toEqual(none);
  });
});

describe('a list of ignores', () => {
  const entry = { id: 'CVE-2026-0001', until: '2026-11-21', because: 'OPS-1' };
  const ignored = (...entries: readonly Json[]) =>
    applyIgnores(report, criteriaOf(entries).ignored, now).ignored;
  const criteriaOf = (entries: readonly Json[]) => {
    const criteria = readReportCriteria(fromJson({ ignored: entries }));
    if (typeof criteria === 'string') throw new Error(criteria);
    return criteria;
  };

  it('suppresses until its date, with the reason', () => {
    expect(ignored(entry)).toMatchObject([
      {
        id: 'CVE-2026-0001',
        suppression: { by: 'ignore-list', reason: 'OPS-1', until: '2026-11-21T00:00:00Z' },
      },
    ]);
    expect(ignored({ ...entry, until: '2026-11-20T11:59:59Z' })).toEqual([]);
    expect(ignored({ ...entry, until: '2026-11-20T12:00:01Z' })).toHaveLength(1);
    expect(ignored({ ...entry, id: 'CVE-2026-0003' })).toEqual([]);
  });

  it('is confined to a package where it names one', () => {
    expect(ignored({ ...entry, package: 'openssl' })).toHaveLength(1);
    expect(ignored({ ...entry, package: 'pkg:deb/debian/openssl' })).toHaveLength(1);
    expect(ignored({ ...entry, package: 'curl' })).toEqual([]);
    expect(ignored({ ...entry, package: 'pkg:deb/debian/openssl@1' })).toEqual([]);
  });
});

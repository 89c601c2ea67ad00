import { describe, expect, it } from 'vitest';
import { readReport } from '../../../src/evidence/reports/index.ts';
import { toLicense } from '../../../src/evidence/reports/licences.ts';
import type { Reading } from '../../../src/evidence/reports/report.ts';
import type { Json } from '../../../src/values/index.ts';
import { configDigest, digest, problemOf, readingOf } from './documents.ts';

const sbomOf = (document: Json) => readingOf(document).sbom!;

describe('SPDX 2', () => {
  const container: Json = {
    SPDXID: 'SPDXRef-image',
    name: 'registry.acme.io/shop/api',
    versionInfo: digest,
    primaryPackagePurpose: 'CONTAINER',
    attributionTexts: [`ImageID: ${configDigest}`, 'SchemaVersion: 2'],
  };
  const openssl: Json = {
    SPDXID: 'SPDXRef-1',
    name: 'openssl',
    versionInfo: '3.0.11',
    supplier: 'Organization: Debian (a@debian.org)',
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'Apache-2.0 AND (MIT OR BSD-3-Clause)',
    externalRefs: [
      { referenceCategory: 'SECURITY', referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:x' },
      {
        referenceCategory: 'PACKAGE-MANAGER',
        referenceType: 'purl',
        referenceLocator: 'pkg:deb/debian/openssl',
      },
    ],
  };
  const spdx = (fields: { readonly [key: string]: Json } = {}): Json => ({
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'api',
    creationInfo: { created: '2026-11-01T00:00:00Z', creators: ['Tool: syft-1.13.0', 'Organization: Acme'] },
    packages: [container, openssl],
    relationships: [
      {
        spdxElementId: 'SPDXRef-DOCUMENT',
        relationshipType: 'DESCRIBES',
        relatedSpdxElement: 'SPDXRef-image',
      },
    ],
    ...fields,
  });

  it('gives packages, and the image that it describes', () => {
    const sbom = sbomOf(spdx());
    expect(sbom).toMatchObject({
      format: 'spdx',
      spec_version: '2.3',
      created_at: { text: '2026-11-01T00:00:00Z' },
      tools: ['syft-1.13.0'],
      image: { name: 'registry.acme.io/shop/api', digests: [digest], config: configDigest },
    });
    expect(sbom.packages[1]).toEqual({
      name: 'openssl',
      version: '3.0.11',
      purl: 'pkg:deb/debian/openssl',
      supplier: 'Debian (a@debian.org)',
      ref: 'SPDXRef-1',
      licenses: ['Apache-2.0 AND (MIT OR BSD-3-Clause)'],
    });
  });

  it('takes no digest of what is no image, or is one of several', () => {
    const archive = { ...(container as object), primaryPackagePurpose: 'ARCHIVE' };
    expect(sbomOf(spdx({ packages: [archive, openssl] })).image.digests).toEqual([]);
    expect(sbomOf(spdx({ documentDescribes: ['SPDXRef-1'] })).image.digests).toEqual([]);
  });

  it('is refused in another version, or with a package without a name', () => {
    expect(problemOf(spdx({ spdxVersion: 'SPDX-4.0' }))).toBe(
      'SPDX document: its version of SPDX is not known',
    );
    expect(problemOf(spdx({ packages: [{ versionInfo: '1' }] }))).toBe('SPDX document: "name" is missing');
  });
});

describe('SPDX as tags and values', () => {
  const text = [
    '# a comment',
    'SPDXVersion: SPDX-2.3',
    'SPDXID: SPDXRef-DOCUMENT',
    'DocumentName: api',
    'Creator: Tool: bom-0.6',
    'Created: 2026-11-01T00:00:00Z',
    '',
    'PackageName: api',
    'SPDXID: SPDXRef-image',
    'PrimaryPackagePurpose: CONTAINER',
    `PackageChecksum: SHA256: ${digest.slice(7)}`,
    'PackageComment: <text>of several lines',
    'PackageName: none',
    '</text>',
    'PackageName: openssl',
    'SPDXID: SPDXRef-1',
    'PackageVersion: 3.0.11',
    'PackageSupplier: Organization: Debian',
    'PackageLicenseDeclared: Apache-2.0',
    'ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/openssl@3.0.11',
    'FileName: ./x',
    'SPDXID: SPDXRef-File',
    'Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-image',
  ].join('\n');

  it('is the same as in JSON', () => {
    const reading = readReport(text);
    const { sbom } = reading as Reading;
    expect(sbom).toMatchObject({
      spec_version: '2.3',
      created_at: { text: '2026-11-01T00:00:00Z' },
      tools: ['bom-0.6'],
      image: { name: 'api', digests: [digest] },
    });
    expect(sbom!.packages).toEqual([
      { name: 'api', type: 'container', ref: 'SPDXRef-image', licenses: [] },
      {
        name: 'openssl',
        version: '3.0.11',
        purl: 'pkg:deb/debian/openssl@3.0.11',
        supplier: 'Debian',
        ref: 'SPDXRef-1',
        licenses: ['Apache-2.0'],
      },
    ]);
  });

  it('is read where cosign keeps it as the text of a predicate', () => {
    const statement = {
      predicateType: 'https://spdx.dev/Document',
      subject: [{ digest: { sha256: digest.slice(7) } }],
      predicate: { Data: text },
    };
    expect(sbomOf(statement).packages).toHaveLength(2);
  });
});

describe('SPDX 3', () => {
  const id = (name: string) => `https://acme.io/spdx/${name}`;
  const relation = (relationshipType: string, to: string): Json => ({
    type: 'Relationship',
    spdxId: id(`${relationshipType}-${to.length}`),
    relationshipType,
    from: id('openssl'),
    to: [to],
  });
  const spdx: Json = {
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      { type: 'CreationInfo', '@id': '_:c', created: '2026-11-01T00:00:00Z', createdBy: [id('acme')] },
      {
        type: 'SpdxDocument',
        spdxId: id('doc'),
        name: 'api',
        creationInfo: '_:c',
        rootElement: [id('sbom')],
      },
      { type: 'software_Sbom', spdxId: id('sbom'), rootElement: [id('image')] },
      { type: 'Organization', spdxId: id('acme'), name: 'Acme' },
      {
        type: 'software_Package',
        spdxId: id('image'),
        name: 'api',
        software_primaryPurpose: 'container',
        verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: digest.slice(7) }],
      },
      {
        type: 'software_Package',
        spdxId: id('openssl'),
        name: 'openssl',
        software_packageVersion: '3.0.11',
        software_packageUrl: 'pkg:deb/debian/openssl',
        suppliedBy: id('acme'),
      },
      {
        type: 'simplelicensing_LicenseExpression',
        spdxId: id('l1'),
        simplelicensing_licenseExpression: 'MIT',
      },
      {
        type: 'expandedlicensing_DisjunctiveLicenseSet',
        spdxId: id('l2'),
        expandedlicensing_member: ['https://spdx.org/licenses/Apache-2.0', id('l1')],
      },
      relation('hasDeclaredLicense', id('l1')),
      relation('hasConcludedLicense', id('l2')),
      relation('hasDeclaredLicense', 'https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertionLicense'),
    ],
  };

  it('gives packages with the licences that relationships say, and the image', () => {
    const sbom = sbomOf(spdx);
    expect(sbom).toMatchObject({
      spec_version: '3.0.1',
      created_at: { text: '2026-11-01T00:00:00Z' },
      image: { name: 'api', digests: [digest] },
    });
    expect(sbom.packages[1]).toEqual({
      name: 'openssl',
      version: '3.0.11',
      purl: 'pkg:deb/debian/openssl',
      supplier: 'Acme',
      ref: id('openssl'),
      licenses: ['MIT', '(Apache-2.0 OR MIT)'],
    });
  });
});

describe('CycloneDX', () => {
  const bom = (fields: { readonly [key: string]: Json }): Json => ({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    ...fields,
  });

  it('gives nested components, licences and suppliers', () => {
    const inner = { type: 'library', name: 'b', licenses: [{ expression: 'MIT OR GPL-2.0-only' }] };
    const outer = {
      type: 'library',
      group: 'org.acme',
      name: 'a',
      version: '1',
      purl: 'pkg:maven/org.acme/a@1',
      supplier: { name: 'Acme' },
      licenses: [{ license: { id: 'MIT' } }, { license: { name: 'Acme Licence, v1' } }],
      components: [inner],
    };
    expect(sbomOf(bom({ components: [outer] })).packages).toEqual([
      {
        name: 'org.acme/a',
        version: '1',
        purl: 'pkg:maven/org.acme/a@1',
        type: 'library',
        supplier: 'Acme',
        licenses: ['MIT', 'LicenseRef-Acme-Licence-v1'],
      },
      { name: 'b', type: 'library', licenses: ['MIT OR GPL-2.0-only'] },
    ]);
  });

  it('gives the digest of the image by purl, by version, or as Trivy writes it', () => {
    const of = (component: object) =>
      sbomOf(bom({ metadata: { component: { type: 'container', name: 'api', ...component } } })).image;
    const property = (name: string, value: string) => ({ name: `aquasecurity:trivy:${name}`, value });
    expect(of({ version: digest }).digests).toEqual([digest]);
    expect(of({ purl: `pkg:oci/api@${encodeURIComponent(digest)}?arch=amd64` }).digests).toEqual([digest]);
    expect(of({ properties: [property('RepoDigest', `acme/api@${digest}`)] }).digests).toEqual([digest]);
    expect(of({ properties: [property('ImageID', configDigest)] })).toMatchObject({ config: configDigest });
    expect(of({ type: 'file', version: digest }).digests).toEqual([]);
  });

  it('is no SBOM where it has vulnerabilities and no component', () => {
    const vulnerabilities = [{ id: 'CVE-2026-1' }];
    expect(readingOf(bom({ vulnerabilities })).sbom).toBeUndefined();
    expect(readingOf(bom({ vulnerabilities, components: [{ name: 'a' }] })).sbom).toBeDefined();
    expect(readingOf(bom({ vulnerabilities: [] })).sbom).toBeDefined();
  });

  it('is a scan only with a scanner among its tools', () => {
    const of = (tools: Json) =>
      readingOf(bom({ metadata: { tools }, vulnerabilities: [{ id: 'CVE-2026-1' }] })).scan!;
    expect(of([{ vendor: 'anchore', name: 'grype', version: '1' }])).toMatchObject({
      scanner: 'grype',
      scanner_version: '1',
    });
    expect(of({ components: [{ name: 'trivy' }] }).unfit).toBeUndefined();
    expect(of([{ name: 'editor' }]).unfit).toBe('it names no scanner among its tools');
  });

  it('takes the severity of the source that it names, else the gravest', () => {
    const of = (source: Json, ...ratings: readonly Json[]) =>
      readingOf(bom({ vulnerabilities: [{ id: 'CVE-2026-1', source, ratings }] })).scan!.vulnerabilities[0]!
        .severity;
    const [low, high] = [
      { source: { name: 'debian' }, severity: 'low' },
      { source: { name: 'nvd' }, score: 8 },
    ];
    expect(of({ name: 'debian' }, high, low)).toBe('low');
    expect(of({ name: 'other' }, low, high)).toBe('high');
    expect(of(null)).toBe('unknown');
    expect(of(null, { severity: 'unknown' })).toBe('unknown');
  });
});

describe('a licence', () => {
  it.each([
    ['MIT', 'MIT'],
    [' GPL-2.0+ ', 'GPL-2.0+'],
    ['MIT AND (Apache-2.0 WITH LLVM-exception)', 'MIT AND (Apache-2.0 WITH LLVM-exception)'],
    ['LicenseRef-acme', 'LicenseRef-acme'],
    ['NONE', 'NONE'],
    ['NOASSERTION', undefined],
    ['', undefined],
    [undefined, undefined],
    ['BSD 3 Clause', 'LicenseRef-BSD-3-Clause'],
    ['MIT OR', 'LicenseRef-MIT-OR'],
    ['GPLv2+ and LGPLv2+', 'LicenseRef-GPLv2-and-LGPLv2'],
  ])('%s is %s', (text, expected) => {
    expect(toLicense(text)).toBe(expected);
  });
});

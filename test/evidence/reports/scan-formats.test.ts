import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/values/index.ts';
import { configDigest, digest, openssl, scanOf, trivyFinding, trivyReport } from './documents.ts';

describe('Trivy', () => {
  it('gives scanner, time, image and vulnerabilities', () => {
    const scan = scanOf(trivyReport());
    expect(scan).toMatchObject({
      format: 'trivy',
      scanner: 'trivy',
      scanner_version: '0.69.1',
      created_at: { text: '2026-11-19T08:00:00Z' },
      image: { name: 'registry.acme.io/shop/api:1.2', digests: [digest], config: configDigest },
    });
    expect(scan.vulnerabilities[0]).toEqual({
      id: 'CVE-2026-0001',
      aliases: [],
      severity: 'critical',
      source_severity: 'CRITICAL',
      installed_version: '3.0.11-1',
      fixed_version: '3.0.12-1',
      ratings: [],
      cvss: [],
      package: {
        name: 'openssl',
        version: '3.0.11-1',
        type: 'debian',
        purl: openssl,
        path: 'registry.acme.io/shop/api:1.2 (debian 12)',
      },
    });
  });

  it('gives the severities of vendors, and CVSS', () => {
    const finding = {
      ...(trivyFinding('CVE-2026-1', 'HIGH', 'a', 'pkg:npm/a@1') as object),
      SeveritySource: 'ghsa',
      VendorSeverity: { nvd: 4, ghsa: 3, acme: 9 },
      CVSS: { nvd: { V3Score: 9.8, V3Vector: 'CVSS:3.1/AV:N' }, ghsa: { V40Score: 8.7 } },
      VendorIDs: ['GHSA-aaaa-bbbb-cccc'],
    };
    const [found] = scanOf(trivyReport({ Results: [{ Vulnerabilities: [finding] }] })).vulnerabilities;
    expect(found).toMatchObject({
      severity: 'high',
      severity_source: 'ghsa',
      aliases: ['GHSA-aaaa-bbbb-cccc'],
      ratings: [
        { source: 'acme', severity: 'unknown' },
        { source: 'ghsa', severity: 'high' },
        { source: 'nvd', severity: 'critical' },
      ],
      cvss: [
        { source: 'ghsa', version: '4', score: 8.7 },
        { source: 'nvd', version: '3', score: 9.8, vector: 'CVSS:3.1/AV:N' },
      ],
    });
  });

  it('keeps what Trivy itself left out, with its reason', () => {
    const modified = {
      Type: 'vulnerability',
      Status: 'ignored',
      Statement: 'accepted',
      Source: '.trivyignore',
      Finding: trivyFinding('CVE-2026-2', 'HIGH', 'a', 'pkg:npm/a@1'),
    };
    const scan = scanOf(trivyReport({ Results: [{ ExperimentalModifiedFindings: [modified] }] }));
    expect(scan.vulnerabilities).toEqual([]);
    expect(scan.suppressed).toMatchObject([
      {
        id: 'CVE-2026-2',
        suppression: { by: 'report', status: 'ignored', justification: 'accepted', source: '.trivyignore' },
      },
    ]);
  });

  it('is no report of vulnerabilities where only configuration or secrets were looked at', () => {
    const scan = scanOf(trivyReport({ Results: [{ Target: 'Dockerfile', Class: 'config' }] }));
    expect(scan.unfit).toBe('it is not about packages');
  });
});

describe('Grype', () => {
  const report: Json = {
    matches: [
      {
        vulnerability: {
          id: 'GHSA-aaaa-bbbb-cccc',
          severity: 'Critical',
          namespace: 'github:language:go',
          cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N', metrics: { baseScore: 9.1 } }],
          fix: { versions: ['1.2.1', '1.3.0'], state: 'fixed' },
        },
        relatedVulnerabilities: [{ id: 'CVE-2026-0001' }],
        artifact: { name: 'acme/x', version: 'v1.2.0', type: 'go-module', purl: 'pkg:golang/acme/x@v1.2.0' },
      },
    ],
    ignoredMatches: [
      {
        vulnerability: { id: 'CVE-2026-9', severity: 'High' },
        artifact: { name: 'y', version: '1' },
        appliedIgnoreRules: [{ vulnerability: 'CVE-2026-9', reason: 'not reachable' }],
      },
    ],
    source: {
      type: 'image',
      target: { userInput: 'acme/api:1', manifestDigest: digest, imageID: configDigest, repoDigests: [] },
    },
    descriptor: { name: 'grype', version: '0.100.0', timestamp: '2026-11-19T08:00:00.123456789+01:00' },
  };

  it('gives other names as aliases, and several fixes', () => {
    const scan = scanOf(report);
    expect(scan).toMatchObject({
      scanner: 'grype',
      created_at: { text: '2026-11-19T08:00:00.123456789+01:00' },
      image: { name: 'acme/api:1', digests: [digest], config: configDigest },
    });
    expect(scan.vulnerabilities).toMatchObject([
      {
        id: 'GHSA-aaaa-bbbb-cccc',
        aliases: ['CVE-2026-0001'],
        severity: 'critical',
        severity_source: 'github:language:go',
        installed_version: 'v1.2.0',
        fixed_version: '1.2.1, 1.3.0',
        cvss: [{ source: 'github:language:go', version: '3.1', score: 9.1 }],
        package: { type: 'go-module', purl: 'pkg:golang/acme/x@v1.2.0' },
      },
    ]);
    expect(scan.suppressed).toMatchObject([
      { id: 'CVE-2026-9', suppression: { by: 'report', reason: 'not reachable' } },
    ]);
  });
});

describe('Clair', () => {
  const report = {
    manifest_hash: digest,
    packages: { '10': { name: 'openssl', version: '3.0.11' }, '11': { name: 'libssl3', version: '3.0.11' } },
    vulnerabilities: {
      a: {
        id: 'a',
        name: 'CVE-2026-1',
        severity: 'Important',
        normalized_severity: 'High',
        fixed_in_version: '4',
      },
      b: { id: 'b', name: 'CVE-2026-2', normalized_severity: 'Unknown' },
      c: { id: 'c', name: 'CVE-2026-3', normalized_severity: 'Negligible', package: { name: 'zlib' } },
    },
    package_vulnerabilities: { '10': ['a', 'b'], '11': ['a'] },
  };

  it('gives a vulnerability for each package, and those that no package is listed for', () => {
    const scan = scanOf(report);
    expect(scan).toMatchObject({ scanner: 'clair', image: { digests: [digest] } });
    expect(scan.created_at).toBeUndefined();
    expect(scan.vulnerabilities.map(each => [each.id, each.package.name, each.severity])).toEqual([
      ['CVE-2026-1', 'openssl', 'high'],
      ['CVE-2026-2', 'openssl', 'unknown'],
      ['CVE-2026-1', 'libssl3', 'high'],
      ['CVE-2026-3', 'zlib', 'negligible'],
    ]);
    expect(scan.vulnerabilities[0]).toMatchObject({ source_severity: 'Important', fixed_version: '4' });
  });

  it('knows Defcon1 as critical', () => {
    const feature = {
      Name: 'x',
      Version: '1',
      Vulnerabilities: [{ Name: 'CVE-2026-1', Severity: 'Defcon1' }],
    };
    const [found] = scanOf({ Layer: { Name: digest, Features: [feature] } }).vulnerabilities;
    expect(found).toMatchObject({ id: 'CVE-2026-1', severity: 'critical', package: { name: 'x' } });
  });
});

describe('Snyk', () => {
  const finding = {
    id: 'SNYK-DEBIAN12-OPENSSL-1',
    identifiers: { CVE: ['CVE-2026-1'] },
    severity: 'high',
    severityWithCritical: 'critical',
    name: 'openssl/libssl3',
    packageName: 'openssl',
    version: '3.0.11',
    fixedIn: ['3.0.12'],
    cvssScore: 9.8,
    CVSSv3: 'CVSS:3.1/AV:N',
  };

  it('gives the vulnerabilities of the image and of the applications in it', () => {
    const scan = scanOf({
      vulnerabilities: [finding],
      applications: [{ vulnerabilities: [{ ...finding, id: 'SNYK-JS-A-1' }] }],
      filtered: { ignore: [{ ...finding, filtered: { ignored: [{ reason: 'later' }] } }], patch: [] },
      docker: {},
      ok: false,
      path: `registry.acme.io/shop/api@${digest}`,
    });
    expect(scan.image.digests).toEqual([digest]);
    expect(scan.vulnerabilities.map(({ id }) => id)).toEqual(['SNYK-DEBIAN12-OPENSSL-1', 'SNYK-JS-A-1']);
    expect(scan.vulnerabilities[0]).toMatchObject({
      aliases: ['CVE-2026-1'],
      severity: 'critical',
      package: { name: 'openssl' },
      fixed_version: '3.0.12',
      cvss: [{ source: 'snyk', score: 9.8, vector: 'CVSS:3.1/AV:N' }],
    });
    expect(scan.suppressed).toMatchObject([{ suppression: { by: 'report', reason: 'later' } }]);
  });
});

describe('SARIF', () => {
  const log = (name: string, rule: Json, result: Json, run: object = {}): Json => ({
    version: '2.1.0',
    runs: [{ tool: { driver: { name, version: '1', rules: [rule] } }, results: [result], ...run }],
  });

  it('reads what Trivy writes into the message', () => {
    const text =
      'Package: openssl\nInstalled Version: 3.0.11\nVulnerability CVE-2026-1\nSeverity: CRITICAL\nFixed Version: 3.0.12\nLink: x';
    const properties = { imageName: 'acme/api', repoDigests: [`acme/api@${digest}`], imageID: configDigest };
    const rule = { id: 'CVE-2026-1', properties: { 'security-severity': '2.0' } };
    const scan = scanOf(log('Trivy', rule, { ruleId: 'CVE-2026-1', message: { text } }, { properties }));
    expect(scan).toMatchObject({
      format: 'sarif',
      scanner: 'trivy',
      image: { digests: [digest], config: configDigest },
      vulnerabilities: [
        {
          id: 'CVE-2026-1',
          severity: 'critical',
          installed_version: '3.0.11',
          fixed_version: '3.0.12',
          package: { name: 'openssl' },
        },
      ],
    });
    expect(scan.unfit).toBeUndefined();
  });

  it('reads what Grype writes into the help of a rule, and the image out of the place', () => {
    const text =
      'Vulnerability CVE-2026-1\nSeverity: high\nPackage: tar\nVersion: 1.34\nFix Version: \nType: deb';
    const rule = { id: 'CVE-2026-1-tar', help: { text } };
    const fullyQualifiedName = `acme/api@${digest}@sha256:${'0'.repeat(64)}:/usr/bin/tar`;
    const locations = [{ logicalLocations: [{ fullyQualifiedName }] }];
    const scan = scanOf(log('Grype', rule, { ruleId: 'CVE-2026-1-tar', message: {}, locations }));
    expect(scan).toMatchObject({
      scanner: 'grype',
      image: { name: `acme/api@${digest}`, digests: [digest] },
    });
    expect(scan.vulnerabilities).toMatchObject([
      { id: 'CVE-2026-1', severity: 'high', package: { name: 'tar', type: 'deb', version: '1.34' } },
    ]);
  });

  it('reads the sentences of Snyk', () => {
    const rule = {
      id: 'SNYK-DEBIAN12-GLIBC-1',
      shortDescription: { text: 'High severity - Out-of-bounds Write vulnerability in glibc' },
      fullDescription: { text: '(CVE-2026-0001) glibc/libc6@2.36, see also CVE-2020-1' },
      properties: { 'security-severity': '7.8' },
    };
    const scan = scanOf(log('Snyk Container', rule, { ruleId: rule.id, message: { text: 'x' } }));
    expect(scan.scanner).toBe('snyk');
    expect(scan.vulnerabilities).toMatchObject([
      { id: rule.id, aliases: ['CVE-2026-0001'], severity: 'high', package: { name: 'glibc' } },
    ]);
  });

  it('takes a score where there are no words, and unknown where there is neither', () => {
    const of = (properties: Json) =>
      scanOf(log('Trivy', { id: 'A', properties }, { ruleId: 'A', message: { text: '' }, level: 'note' }))
        .vulnerabilities[0]!.severity;
    expect(of({ 'security-severity': '9.0' })).toBe('critical');
    expect(of({ 'security-severity': '99' })).toBe('unknown');
    expect(of({})).toBe('unknown');
  });

  it('says of other tools, of failed runs and of results in other files that they are no scan', () => {
    const of = (name: string, run: object = {}) => scanOf(log(name, { id: 'A' }, { ruleId: 'A' }, run)).unfit;
    expect(of('CodeQL')).toBe('"CodeQL" is not known to scan images');
    expect(of('Trivy', { invocations: [{ executionSuccessful: false }] })).toBe('the scan did not succeed');
    expect(of('Trivy', { externalPropertyFileReferences: { results: [] } })).toBe(
      'its results are in another file',
    );
  });

  it('heeds suppressions that were accepted, and no others', () => {
    const of = (suppressions: Json) =>
      scanOf(log('Trivy', { id: 'A' }, { ruleId: 'A', suppressions })).suppressed.length;
    expect(of([{ kind: 'external', justification: 'because' }])).toBe(1);
    expect(of([{ kind: 'external', status: 'rejected' }])).toBe(0);
    expect(of([{ kind: 'external' }, { kind: 'external', status: 'underReview' }])).toBe(0);
    expect(of([])).toBe(0);
  });
});

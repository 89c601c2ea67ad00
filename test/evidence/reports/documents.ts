import { readReport } from '../../../src/evidence/reports/index.ts';
import type { Reading, ScanReport } from '../../../src/evidence/reports/report.ts';
import { fromJson, type Json } from '../../../src/values/index.ts';

export const digest = `sha256:${'a'.repeat(64)}`;
export const otherDigest = `sha256:${'b'.repeat(64)}`;
export const configDigest = `sha256:${'c'.repeat(64)}`;

/** 2026-11-20T12:00:00Z. */
export const now = BigInt(Date.UTC(2026, 10, 20, 12)) * 1_000_000n;

export const openssl = 'pkg:deb/debian/openssl@3.0.11-1?arch=amd64&distro=debian-12';

/** Trivy's results for an image in which it found nothing. */
export const nothingFound: Json = [{ Target: 'registry.acme.io/shop/api:1.2 (debian 12)', Class: 'os-pkgs' }];

/** A report as Trivy writes it, of one image with two vulnerabilities. */
export function trivyReport(fields: { readonly [key: string]: Json } = {}): { readonly [key: string]: Json } {
  return {
    SchemaVersion: 2,
    CreatedAt: '2026-11-19T08:00:00Z',
    Trivy: { Version: '0.69.1' },
    ArtifactName: 'registry.acme.io/shop/api:1.2',
    ArtifactType: 'container_image',
    Metadata: { ImageID: configDigest, RepoDigests: [`registry.acme.io/shop/api@${digest}`] },
    Results: [
      {
        Target: 'registry.acme.io/shop/api:1.2 (debian 12)',
        Class: 'os-pkgs',
        Type: 'debian',
        Vulnerabilities: [
          trivyFinding('CVE-2026-0001', 'CRITICAL', 'openssl', openssl),
          trivyFinding('CVE-2026-0002', 'LOW', 'zlib1g', 'pkg:deb/debian/zlib1g@1.2.13'),
        ],
      },
    ],
    ...fields,
  };
}

export function trivyFinding(id: string, severity: string, name: string, purl: string): Json {
  return {
    VulnerabilityID: id,
    PkgName: name,
    PkgIdentifier: { PURL: purl },
    InstalledVersion: '3.0.11-1',
    FixedVersion: '3.0.12-1',
    Severity: severity,
  };
}

/** What a document says; the test fails where it cannot be read. */
export function readingOf(json: Json): Reading {
  const reading = readReport(fromJson(json));
  if ('problem' in reading) throw new Error(reading.problem);
  return reading;
}

export function scanOf(json: Json): ScanReport {
  const { scan } = readingOf(json);
  if (scan === undefined) throw new Error('no scan report');
  return scan;
}

export function problemOf(content: Json | string): string {
  const reading = readReport(typeof content === 'string' ? content : fromJson(content));
  return 'problem' in reading ? reading.problem : 'no problem';
}

/** An OpenVEX document of one statement. */
export function openVex(
  statement: { readonly [key: string]: Json },
  fields: { readonly [key: string]: Json } = {},
): Json {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://acme.io/vex/1',
    author: 'Acme Security',
    timestamp: '2026-11-01T00:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2026-0001' },
        products: [{ '@id': `pkg:oci/api@${encodeURIComponent(digest)}` }],
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
        ...statement,
      },
    ],
    ...fields,
  };
}

import { describe, expect, it } from 'vitest';
import { fromJson, type Json, stringify } from '../../../src/values/index.ts';
import { digest, openVex, problemOf, readingOf, trivyReport } from './documents.ts';

const hex = digest.slice('sha256:'.length);

function statement(predicateType: string, predicate: Json): Json {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'registry.acme.io/shop/api', digest: { sha256: hex } }],
    predicateType,
    predicate,
  };
}

const cosignVuln = 'https://cosign.sigstore.dev/attestation/vuln/v1';

describe('an in-toto statement', () => {
  it('gives the report in a predicate of cosign, at the earlier time of the two', () => {
    const predicate = (scanFinishedOn: string) => ({
      scanner: { uri: 'pkg:github/aquasecurity/trivy@0.69.1', version: '0.69.1', result: trivyReport() },
      metadata: { scanStartedOn: scanFinishedOn, scanFinishedOn },
    });
    const { scan, subjects } = readingOf(statement(cosignVuln, predicate('2026-11-18T07:00:00Z')));
    expect(subjects).toEqual([digest]);
    expect(scan).toMatchObject({ format: 'trivy', created_at: { text: '2026-11-18T07:00:00Z' } });
    expect(scan!.vulnerabilities).toHaveLength(2);
    const younger = readingOf(statement(cosignVuln, predicate('2026-11-20T07:00:00Z')));
    expect(younger.scan!.created_at!.text).toBe('2026-11-19T08:00:00Z');
  });

  it('gives the list in a predicate of in-toto itself', () => {
    const { scan } = readingOf(
      statement('https://in-toto.io/attestation/vulns/v0.2', {
        scanner: {
          uri: 'https://github.com/anchore/grype',
          version: '0.100.0',
          result: [
            { id: 'CVE-2026-1', severity: [{ method: 'nvd', score: 'medium' }] },
            { id: 'CVE-2026-2', severity: [{ method: 'CVSS_3', score: '9.8' }] },
            { id: 'CVE-2026-3', severity: [] },
          ],
        },
        metadata: { scanStartedOn: '2026-11-18T07:00:00Z' },
      }),
    );
    expect(scan).toMatchObject({ scanner: 'grype', created_at: { text: '2026-11-18T07:00:00Z' } });
    expect(scan!.vulnerabilities.map(({ id, severity }) => [id, severity])).toEqual([
      ['CVE-2026-1', 'medium'],
      ['CVE-2026-2', 'critical'],
      ['CVE-2026-3', 'unknown'],
    ]);
  });

  it('gives an SBOM, also one that is kept as text', () => {
    const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'library', name: 'a' }] };
    const data = { Data: stringify(fromJson(bom)), Timestamp: '2026-11-18T07:00:00Z' };
    for (const predicate of [bom, data])
      expect(readingOf(statement('https://cyclonedx.org/bom', predicate)).sbom!.packages).toHaveLength(1);
  });

  it('stands for the products of an OpenVEX statement without any', () => {
    const { vex } = readingOf(statement('https://openvex.dev/ns', openVex({ products: null })));
    expect(vex!.statements[0]!.products).toEqual([{ purls: [], digests: [digest], parts: [] }]);
  });

  it('is refused without a subject, with an unknown predicate, or as a nest of statements', () => {
    const ofNothing = { ...(statement(cosignVuln, {}) as object), subject: [] };
    expect(problemOf(ofNothing)).toBe('the statement has no subject with a digest');
    expect(problemOf(statement('https://slsa.dev/provenance/v1', { buildDefinition: {} }))).toBe(
      'it is of no format that is known',
    );
    const nested = [1, 2, 3, 4, 5].reduce<Json>(inner => statement(cosignVuln, inner), trivyReport());
    expect(problemOf(nested)).toBe('statements stand inside one another');
    const noReport = { scanner: { uri: 'x', result: { a: 1 } } };
    expect(problemOf(statement(cosignVuln, noReport))).toBe(
      'vulnerability predicate: it is of no format that is known',
    );
  });
});

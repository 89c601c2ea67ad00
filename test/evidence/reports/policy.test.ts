import { describe, expect, it } from 'vitest';
import type { Need } from '../../../src/builtins/index.ts';
import type { EvidenceResolver } from '../../../src/evidence/index.ts';
import { readReport, sbomAnswer, scanAnswer } from '../../../src/evidence/reports/index.ts';
import { fromJson, type Json } from '../../../src/values/index.ts';
import { messages, verdictOn } from '../../decide/decided.ts';
import { digest, nothingFound, now, openVex, trivyFinding, trivyReport } from './documents.ts';

/** Answers the questions of statements with these documents. */
function evidenceOf(documents: readonly Json[]): EvidenceResolver {
  const candidates = documents.map(document => ({ reading: readReport(fromJson(document)), source: 'test' }));
  const answerTo = ({ kind }: Need) =>
    (kind === 'scan' ? scanAnswer : sbomAnswer)({ digests: [digest] }, candidates, { now }).value;
  return { resolve: async needs => new Map(needs.map(need => [need.key, answerTo(need)])) };
}

async function decided(statement: string, ...documents: readonly Json[]) {
  const images = [`registry.acme.io/shop/api@${digest}`];
  const evidence = evidenceOf(documents);
  const verdict = await verdictOn(`package a\n${statement}`, { images }, { evidence });
  expect(verdict.errors).toEqual([]);
  return [verdict.decision, ...messages(verdict)];
}

const clean = trivyReport({ Results: nothingFound });
const ofSeverity = (severity: string) =>
  trivyReport({ Results: [{ Vulnerabilities: [trivyFinding('CVE-2026-1', severity, 'a', 'pkg:npm/a@1')] }] });

describe('a policy that requires a scan', () => {
  it('is content with a report without what it forbids', async () => {
    expect(await decided('require scan below "critical" within "7d" by "trivy"', clean)).toEqual(['allow']);
    expect(await decided('require scan below "critical"', ofSeverity('HIGH'))).toEqual(['allow']);
  });

  it('denies what is as grave as the limit, and names it', async () => {
    expect(await decided('require scan below "critical"', trivyReport())).toEqual([
      'deny',
      'a.require_scan: 1 vulnerabilities are not below critical: CVE-2026-0001',
    ]);
  });

  it('denies a severity that nobody knows, under every limit', async () => {
    for (const severity of ['UNKNOWN', '', 'odd'])
      expect((await decided('require scan below "critical"', ofSeverity(severity)))[0]).toBe('deny');
  });

  it('lets VEX lift what is not affected', async () => {
    expect(await decided('require scan below "critical"', trivyReport(), openVex({}))).toEqual(['allow']);
    expect(
      (await decided('require scan below "critical"', trivyReport(), openVex({ status: 'affected' })))[0],
    ).toBe('deny');
  });

  it('denies a report that is old, says no time, or is of the future', async () => {
    const within = 'require scan within "7d"';
    expect((await decided(within, trivyReport({ CreatedAt: '2026-11-01T00:00:00Z' })))[0]).toBe('deny');
    expect((await decided(within, trivyReport({ CreatedAt: null })))[0]).toBe('deny');
    expect((await decided(within, trivyReport({ CreatedAt: '2030-01-01T00:00:00Z' })))[0]).toBe('deny');
    expect(await decided('require scan', trivyReport({ CreatedAt: null }))).toEqual(['allow']);
  });

  it('denies a report of another scanner, of another image, or none', async () => {
    expect((await decided('require scan by "grype"', clean))[0]).toBe('deny');
    const other = trivyReport({ Metadata: { RepoDigests: [`a@sha256:${'b'.repeat(64)}`] } });
    expect(await decided('require scan', other)).toEqual([
      'deny',
      expect.stringContaining('is of another image'),
    ]);
    expect(await decided('require scan')).toEqual(['deny', expect.stringContaining('is not there')]);
  });

  it('shows all of it to where', async () => {
    const where = (body: string) => decided(`require scan where { ${body} }`, trivyReport());
    expect(await where('every v in scan.vulnerabilities { v.fixed_version }')).toEqual(['allow']);
    expect(await where('scan.raw.ArtifactType == "container_image"; scan.summary.critical == 1')).toEqual([
      'allow',
    ]);
    expect((await where('scan.vulnerabilities[_].package.name == "curl"'))[0]).toBe('deny');
  });
});

describe('a policy that requires an SBOM', () => {
  const bom = (license: string): Json => ({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { type: 'container', name: 'api', version: digest } },
    components: [{ type: 'library', name: 'a', licenses: [{ license: { id: license } }] }],
  });

  it('sees packages and licences', async () => {
    const statement = 'require sbom where { every p in sbom.packages { not "AGPL-3.0-only" in p.licenses } }';
    expect(await decided(statement, bom('MIT'))).toEqual(['allow']);
    expect((await decided(statement, bom('AGPL-3.0-only')))[0]).toBe('deny');
    expect((await decided(statement))[0]).toBe('deny');
  });
});

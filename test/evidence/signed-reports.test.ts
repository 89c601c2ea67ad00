import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/values/index.ts';
import { AcmeImages, type Circumstances } from './acme-images.ts';
import { envelopeOf, signer } from './e2e/pushing.ts';
import { nothingFound, trivyReport } from './reports/documents.ts';

const vulnType = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const [alice, mallory] = [signer(), signer()];
const by = { key: alice.pem };

let images: AcmeImages;
let digest: string;
beforeEach(() => {
  images = new AcmeImages();
  ({ digest } = images);
});

const report = (fields: JsonObject = {}) =>
  trivyReport({ Metadata: { RepoDigests: [`registry.acme.io/acme/api@${digest}`] }, ...fields });
const clean = report.bind(undefined, { Results: nothingFound });

/** The report in an attestation of vulnerabilities. */
function signed(result: Json, signedBy = alice, about = digest): Json {
  const metadata = { scanStartedOn: '2026-11-19T08:00:00Z', scanFinishedOn: '2026-11-19T08:00:00Z' };
  const predicate = { invocation: null, scanner: { uri: 'trivy', result }, metadata };
  return envelopeOf(about, signedBy, vulnType, predicate) as Json;
}

const ask = (criteria: JsonObject, circumstances?: Circumstances) =>
  images.ask('scan', { criteria }, circumstances);

describe('a report by an authority', () => {
  it('is verified where the authority signed it, whatever is there unsigned', async () => {
    images.attachEnvelopes(digest, signed(report()));
    images.attach('sbom', 'application/json', [clean()]);
    const answer = await ask({ by });
    expect(answer).toMatchObject({ status: 'verified', document: { scanner: 'trivy' } });
    expect(answer.document.vulnerabilities).toHaveLength(2);
    expect(answer.seen[0]).toMatchObject({ type: 'scan', verified: true, digest });
    expect(answer.seen[1]).toMatchObject({ format: 'cosign attestation', verified: true });
    expect((await ask({})).status).toBe('found');
  });

  it.each<[string, () => Json, string, string]>([
    ['another key', () => signed(report(), mallory), 'unverified', 'the key has not signed it'],
    [
      'another image',
      () => signed(report(), alice, `sha256:${'f'.repeat(64)}`),
      'unverified',
      'for another digest',
    ],
    [
      'something else',
      () => envelopeOf(digest, alice, 'https://slsa.dev/provenance/v1', { buildDefinition: {} }) as Json,
      'absent',
      'there is none that is signed',
    ],
  ])('is none where it is of %s', async (_, envelope, status, reason) => {
    images.attachEnvelopes(digest, envelope());
    const answer = await ask({ by });
    expect(answer.status).toBe(status);
    expect(answer.reason).toContain(reason);
  });

  it('is absent where there are only unsigned ones', async () => {
    images.attach('sbom', 'application/json', [clean()]);
    const sent = [{ type: 'report', content: clean() }];
    expect(await ask({ by }, { sent })).toMatchObject({ status: 'absent' });
  });

  it('may be sent, where it is newer than that of the registry', async () => {
    images.attachEnvelopes(digest, signed(report()));
    const older = [{ type: 'attestation', content: signed(clean()) }];
    expect((await ask({ by }, { sent: older })).document.vulnerabilities).toHaveLength(2);
  });

  it('is by one of the scanners too where these are named', async () => {
    images.attachEnvelopes(digest, signed(report()));
    expect((await ask({ by: ['trivy', by] })).status).toBe('verified');
    expect(await ask({ by: ['grype', by] })).toMatchObject({
      status: 'absent',
      reason: 'no vulnerability report by grype is there, but by trivy',
    });
  });

  it('is without what the policy ignores, and the verdict says so', async () => {
    images.attachEnvelopes(digest, signed(report()));
    const ignored = (until: string) => [{ id: 'CVE-2026-0001', until, because: 'OPS-1' }];
    const { document, seen } = await ask({ by, ignored: ignored('2027-01-31') });
    expect(document.suppressed).toMatchObject([{ id: 'CVE-2026-0001' }]);
    expect(seen).toContainEqual(
      expect.objectContaining({
        source: 'policy',
        format: 'ignore-list',
        reason: 'CVE-2026-0001 is ignored until 2027-01-31T00:00:00Z: OPS-1',
      }),
    );
    const expired = await ask({ by, ignored: ignored('2026-11-20') });
    expect(expired.document.suppressed).toEqual([]);
  });
});

describe('a software bill of materials by an authority', () => {
  const bom = (name: string): Json => ({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { type: 'container', name: 'api', version: digest } },
    components: [{ type: 'library', name }],
  });

  it('is the one that it signed', async () => {
    images.attachEnvelopes(
      digest,
      envelopeOf(digest, alice, 'https://cyclonedx.org/bom', bom('a') as object) as Json,
    );
    images.attach('sbom', 'application/json', [bom('b')]);
    const answer = await images.ask('sbom', { criteria: { by } });
    expect(answer).toMatchObject({ status: 'verified', document: { packages: [{ name: 'a' }] } });
    expect((await images.ask('sbom', { criteria: { by: { key: mallory.pem } } })).status).toBe('unverified');
  });
});

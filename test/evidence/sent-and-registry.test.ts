import { beforeEach, describe, expect, it } from 'vitest';
import type { RegistrySettings } from '../../src/evidence/index.ts';
import type { Json } from '../../src/values/index.ts';
import { AcmeImages, type Answer, type Sent } from './acme-images.ts';
import { envelopeOf, signatureOf, signer } from './e2e/pushing.ts';
import type { FakeRegistries } from './registry/fake.ts';
import { nothingFound, openssl, openVex, trivyReport } from './reports/documents.ts';

const [alice, bob] = [signer(), signer()];
const both = [{ key: alice.pem }, { key: bob.pem }];
const type = 'https://acme.io/check';

let images: AcmeImages;
let registry: FakeRegistries;
let digest: string;
beforeEach(() => {
  images = new AcmeImages();
  ({ registry, digest } = images);
});

const attested = (result: string) => envelopeOf(digest, alice, type, { result }) as Json;
const attachAttestation = (result: string) => images.attachEnvelopes(digest, attested(result));
const attachReports = (...reports: readonly Json[]) => images.attach('sbom', 'application/json', reports);
const report = (fields: { readonly [key: string]: Json } = {}) =>
  trivyReport({ Metadata: { RepoDigests: [`registry.acme.io/acme/api@${digest}`] }, ...fields });
const clean = (time: string) => report({ CreatedAt: time, Results: nothingFound });
const older = '2026-11-18T08:00:00Z';
const newer = '2026-11-20T08:00:00Z';

/** What is missing of what is listed. */
function loseBlobs(): void {
  registry.before = ({ url }) =>
    url.pathname.includes('/blobs/') ? new Response(null, { status: 403 }) : undefined;
}

function answer(kind: string, sent: readonly Sent[], settings: RegistrySettings = {}): Promise<Answer> {
  const authorities = kind === 'attestation' ? both.slice(0, 1) : both;
  return images.ask(kind, { type, authorities }, { sent, registry: settings });
}

const closed = { registries: ['ghcr.io'] };

describe('attestations that were sent', () => {
  const passed = () => [{ type: 'attestation', content: attested('PASSED') }];
  const resultsOf = (found: { statements: { predicate: { result: string } }[] }) =>
    found.statements.map(({ predicate }) => predicate.result).sort();

  it('hide none of the registry', async () => {
    attachAttestation('REVOKED');
    expect(resultsOf(await answer('attestation', passed()))).toEqual(['PASSED', 'REVOKED']);
  });

  it('do not stand in for a registry that fails, nor for what it lists and does not give', async () => {
    attachAttestation('REVOKED');
    loseBlobs();
    expect((await answer('attestation', passed())).status).toBe('unavailable');
    images.fail();
    expect((await answer('attestation', passed())).status).toBe('unavailable');
  });

  it('stand alone where the registry may not be asked, has none, or not the image', async () => {
    expect(resultsOf(await answer('attestation', passed()))).toEqual(['PASSED']);
    expect(resultsOf(await answer('attestation', passed(), closed))).toEqual(['PASSED']);
    registry.before = () => new Response(null, { status: 404 });
    expect(resultsOf(await answer('attestation', passed()))).toEqual(['PASSED']);
  });
});

describe('signatures that were sent', () => {
  it('count together with those of the registry', async () => {
    const { payload, signature } = signatureOf(digest, bob).content as Record<string, string>;
    images.attach('sig', 'application/vnd.dev.cosign.simplesigning.v1+json', [atob(payload!)], {
      annotations: { 'dev.cosignproject.cosign/signature': signature },
    });
    expect(await answer('signature', [signatureOf(digest, alice)])).toMatchObject({
      status: 'verified',
      count: 2,
    });
  });

  it('need no registry where they prove all that is asked', async () => {
    images.fail();
    const sent = [signatureOf(digest, alice), signatureOf(digest, bob)];
    expect(await answer('signature', sent)).toMatchObject({ status: 'verified', count: 2 });
    expect(registry.sent).toEqual([]);
    expect((await answer('signature', sent.slice(1))).status).toBe('unavailable');
    expect(await answer('signature', sent.slice(1), closed)).toMatchObject({ status: 'verified', count: 1 });
  });
});

describe('reports that were sent', () => {
  const reportItem = (content: Json) => [{ type: 'report', content }];

  it('replace only older ones of the registry', async () => {
    attachReports(report());
    for (const [time, found] of [
      [older, 2],
      ['2026-11-19T08:00:00Z', 2],
      [newer, 0],
    ] as const)
      expect((await answer('scan', reportItem(clean(time)))).document.vulnerabilities).toHaveLength(found);
  });

  it('do not stand in for a registry that fails, nor for what it lists and does not give', async () => {
    attachReports(report());
    loseBlobs();
    expect((await answer('scan', reportItem(clean(newer)))).status).toBe('unavailable');
    images.fail();
    expect((await answer('scan', reportItem(clean(newer)))).status).toBe('unavailable');
    expect((await answer('scan', reportItem(clean(newer)), closed)).status).toBe('found');
  });

  it('stand alone where the registry does not have the image', async () => {
    registry.before = () => new Response(null, { status: 404 });
    expect((await answer('scan', reportItem(clean(newer)))).status).toBe('found');
  });

  it('suppress nothing by VEX, which of the registry counts and is listed', async () => {
    const vex = openVex({ products: [{ '@id': openssl }] });
    attachReports(report());
    expect((await answer('scan', reportItem(vex))).document.suppressed).toEqual([]);
    attachReports(report(), vex);
    const { document, seen } = await answer('scan', []);
    expect(document.suppressed).toHaveLength(1);
    expect(seen).toMatchObject([
      { type: 'scan', source: 'registry.acme.io, tag .sbom' },
      { type: 'scan', source: 'registry.acme.io, tag .sbom', verified: false, digest, format: 'openvex' },
    ]);
  });
});

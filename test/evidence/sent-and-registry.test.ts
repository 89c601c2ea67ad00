import { beforeEach, describe, expect, it } from 'vitest';
import {
  createResolver,
  type EvidenceNeed,
  type RegistrySettings,
  SentEvidence,
} from '../../src/evidence/index.ts';
import { fromJson, type Json, toJson } from '../../src/values/index.ts';
import { envelopeOf, signatureOf, signer } from './e2e/pushing.ts';
import { FakeRegistries, imageOf } from './registry/fake.ts';
import { nothingFound, now, openssl, openVex, trivyReport } from './reports/documents.ts';

const base = 'https://registry.acme.io/v2/acme/api';
const [alice, bob] = [signer(), signer()];
const both = [{ key: alice.pem }, { key: bob.pem }];
const type = 'https://acme.io/check';

let registry: FakeRegistries;
let digest: string;
beforeEach(() => {
  registry = new FakeRegistries();
  digest = registry.image(base, 'x', '1').digest;
});

/** Puts layers under the tag that cosign has for them. */
function attach(suffix: string, mediaType: string, contents: readonly Json[], annotations: object = {}) {
  const layers = contents.map(content => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    return { ...registry.blob(base, text, mediaType), annotations };
  });
  const config = registry.blob(base, '{}');
  registry.manifest(base, imageOf(config, { layers }), `${digest.replace(':', '-')}.${suffix}`);
}

const attested = (result: string) => envelopeOf(digest, alice, type, { result }) as Json;
const attachAttestation = (result: string) =>
  attach('att', 'application/vnd.dsse.envelope.v1+json', [attested(result)]);
const attachReports = (...reports: readonly Json[]) => attach('sbom', 'application/json', reports);
const report = (fields: { readonly [key: string]: Json } = {}) =>
  trivyReport({ Metadata: { RepoDigests: [`registry.acme.io/acme/api@${digest}`] }, ...fields });
const clean = (time: string) => report({ CreatedAt: time, Results: nothingFound });
const older = '2026-11-18T08:00:00Z';
const newer = '2026-11-20T08:00:00Z';

function down(): void {
  registry.before = () => new Response(null, { status: 500 });
}

/** What is missing of what is listed. */
function loseBlobs(): void {
  registry.before = ({ url }) =>
    url.pathname.includes('/blobs/') ? new Response(null, { status: 403 }) : undefined;
}

async function answer(
  kind: string,
  sent: readonly { readonly type: string; readonly content: unknown }[],
  more: RegistrySettings = {},
) {
  const items = sent.map(item => ({
    type: item.type,
    content: fromJson(item.content as Json),
    subject: digest,
  }));
  const resolver = createResolver(registry.outside(), {
    asOf: now,
    sent: new SentEvidence(items),
    registry: { pause: () => Promise.resolve(), ...more },
  });
  const name = `registry.acme.io/acme/api@${digest}`;
  const image = { name, registry: 'registry.acme.io', repository: 'acme/api', digest };
  const authorities = kind === 'attestation' ? both.slice(0, 1) : both;
  const need: EvidenceNeed = { kind, key: 'k', request: fromJson({ image, type, authorities }) };
  const found = (await resolver.resolve([need])).get('k')!;
  // biome-ignore lint/suspicious/noExplicitAny: an answer as JSON.
  return { ...(toJson(found) as any), seen: resolver.seen?.(name) };
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
    down();
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
    attach('sig', 'application/vnd.dev.cosign.simplesigning.v1+json', [atob(payload!)], {
      'dev.cosignproject.cosign/signature': signature,
    });
    expect(await answer('signature', [signatureOf(digest, alice)])).toMatchObject({
      status: 'verified',
      count: 2,
    });
  });

  it('need no registry where they prove all that is asked', async () => {
    down();
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
    down();
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

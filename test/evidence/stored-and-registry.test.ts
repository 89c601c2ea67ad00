import { beforeEach, describe, expect, it } from 'vitest';
import { createResolver } from '../../src/evidence/index.ts';
import { fromJson, type Json, toJson } from '../../src/values/index.ts';
import { AcmeImages, type Answer, brokenStore, TestStore } from './acme-images.ts';
import { envelopeOf, signatureOf, signer } from './e2e/pushing.ts';
import { nothingFound, now, openssl, openVex, trivyReport } from './reports/documents.ts';

const [alice, bob] = [signer(), signer()];
const both = [{ key: alice.pem }, { key: bob.pem }];
const one = [{ key: alice.pem }];
const type = 'https://acme.io/check';

let images: AcmeImages;
let digest: string;
let stored: TestStore;
beforeEach(() => {
  images = new AcmeImages();
  ({ digest } = images);
  stored = new TestStore();
});

const signature = (by = alice, of = digest) => signatureOf(of, by).content as Json;
const attested = (result: string, by = alice) => envelopeOf(digest, by, type, { result }) as Json;
const resultsOf = (answer: Answer) =>
  answer.statements.map((each: { predicate: { result: string } }) => each.predicate.result).sort();
const report = (fields: { readonly [key: string]: Json } = {}) =>
  trivyReport({ Metadata: { RepoDigests: [`registry.acme.io/acme/api@${digest}`] }, ...fields });

describe('signatures that are stored', () => {
  it('need no registry where they prove all that is asked, together with what was sent', async () => {
    images.fail();
    stored.put(digest, 'cosign-signature', signature());
    const sent = [signatureOf(digest, bob)];
    const answer = await images.ask('signature', { authorities: one }, { stored });
    expect(answer).toMatchObject({ status: 'verified', count: 1 });
    expect(answer.seen).toMatchObject([{ source: 'store', verified: true, digest }]);
    expect(await images.ask('signature', { authorities: both }, { stored, sent })).toMatchObject({
      count: 2,
    });
    expect(images.registry.sent).toEqual([]);
    expect((await images.ask('signature', { authorities: both }, { stored })).status).toBe('unavailable');
  });

  it('are looked at as all others: another key, another image and other bytes prove nothing', async () => {
    const wrong = btoa('{}');
    for (const content of [
      signature(bob),
      signature(alice, `sha256:${'f'.repeat(64)}`),
      { ...(signature() as object), payload: wrong } as Json,
    ]) {
      const store = new TestStore().put(digest, 'cosign-signature', content);
      expect((await images.ask('signature', { authorities: one }, { stored: store })).status).toBe(
        'unverified',
      );
    }
  });

  it('are not missed where the registry has what is asked, and are where it has not', async () => {
    expect((await images.ask('signature', { authorities: one }, { stored: brokenStore })).status).toBe(
      'unavailable',
    );
    const { payload, signature: text } = signature() as Record<string, string>;
    images.attach('sig', 'application/vnd.dev.cosign.simplesigning.v1+json', [atob(payload!)], {
      annotations: { 'dev.cosignproject.cosign/signature': text },
    });
    const answer = await images.ask('signature', { authorities: one }, { stored: brokenStore });
    expect(answer.status).toBe('verified');
  });
});

describe('attestations that are stored', () => {
  it('need no registry where there is one of each authority', async () => {
    images.fail();
    stored.put(digest, 'attestation', attested('PASSED'));
    expect(resultsOf(await images.ask('attestation', { type, authorities: one }, { stored }))).toEqual([
      'PASSED',
    ]);
    expect((await images.ask('attestation', { type, authorities: both }, { stored })).status).toBe(
      'unavailable',
    );
  });

  it('count together with what was sent and what is at the registry', async () => {
    const sent = [{ type: 'attestation', content: attested('SENT', bob) }];
    stored.put(digest, 'attestation', attested('STORED'));
    images.attachEnvelopes(digest, attested('ATTACHED'));
    const of = async (authorities: readonly Json[]) =>
      resultsOf(await images.ask('attestation', { type, authorities }, { stored, sent }));
    expect(await of(both)).toEqual(['ATTACHED', 'SENT', 'STORED']);
    expect(await of(one)).toEqual(['STORED']);
  });

  it('that could not be had may be what counts', async () => {
    images.attachEnvelopes(digest, attested('PASSED'));
    const circumstances = { stored: brokenStore };
    const answer = await images.ask('attestation', { type, authorities: one }, circumstances);
    expect(answer.status).toBe('unavailable');
    expect(answer.reason).toContain('the store of evidence could not be asked');
    expect(answer.reason).not.toContain('secrets');
    const sent = [{ type: 'attestation', content: attested('PASSED') }];
    const closed = { registries: ['ghcr.io'] };
    const alone = { sent, stored: brokenStore, registry: closed };
    expect((await images.ask('attestation', { type, authorities: one }, alone)).status).toBe('unavailable');
  });
});

describe('reports that are stored', () => {
  it('need no registry where one counts, and are weighed with what was sent', async () => {
    images.fail();
    stored.put(digest, 'report', report());
    const found = await images.ask('scan', {}, { stored });
    expect(found).toMatchObject({ status: 'found', document: { scanner: 'trivy' } });
    expect(found.seen).toMatchObject([{ type: 'scan', source: 'store', verified: false }]);
    const clean = report({ CreatedAt: '2026-11-18T08:00:00Z', Results: nothingFound });
    const sent = [{ type: 'report', content: clean }];
    const { document } = await images.ask('scan', {}, { stored, sent });
    expect(document.vulnerabilities).toHaveLength(2);
  });

  it('may be signed, and are suppressed by VEX that is stored', async () => {
    const vuln = { invocation: null, scanner: { uri: 'trivy', result: report() }, metadata: {} };
    const envelope = envelopeOf(digest, alice, 'https://cosign.sigstore.dev/attestation/vuln/v1', vuln);
    stored
      .put(digest, 'attestation', envelope as Json)
      .put(digest, 'report', openVex({ products: [{ '@id': openssl }] }));
    const found = await images.ask('scan', {}, { stored });
    expect(found).toMatchObject({ status: 'found', document: { suppressed: [{ id: 'CVE-2026-0001' }] } });
  });

  it('are unavailable where the store is, whatever else is there', async () => {
    images.attach('sbom', 'application/json', [report()]);
    const sent = [{ type: 'report', content: report() }];
    for (const circumstances of [{}, { sent }, { sent, registry: { registries: ['ghcr.io'] } }])
      expect((await images.ask('scan', {}, { stored: brokenStore, ...circumstances })).status).toBe(
        'unavailable',
      );
  });
});

describe('a store', () => {
  it('is asked once for all images of a round', async () => {
    const digests = Array.from({ length: 50 }, (_, index) => `sha256:${String(index).padStart(64, '0')}`);
    for (const each of digests)
      stored.put(each, 'cosign-signature', signatureOf(each, alice).content as Json);
    const resolver = createResolver(images.registry.outside(), { asOf: now, stored });
    const needs = digests.map(each => {
      const name = `registry.acme.io/acme/api@${each}`;
      const image = { name, registry: 'registry.acme.io', repository: 'acme/api', digest: each };
      return { kind: 'signature', key: each, request: fromJson({ image, authorities: one }) };
    });
    const answers = [...(await resolver.resolve(needs)).values()].map(answer => toJson(answer));
    expect(answers).toHaveLength(50);
    for (const answer of answers) expect(answer).toMatchObject({ status: 'verified' });
    expect(stored.asked).toEqual([digests]);
    expect(images.registry.sent).toEqual([]);
  });

  it('is asked for nothing that it cannot know', async () => {
    await images.ask('resolve', {}, { stored });
    expect(stored.asked).toEqual([]);
  });

  it('whose documents cannot be read is as one that cannot be asked', async () => {
    stored.put(digest, 'letter', {});
    expect((await images.ask('signature', { authorities: one }, { stored })).status).toBe('unavailable');
  });
});

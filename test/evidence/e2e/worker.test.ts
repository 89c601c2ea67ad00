import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleWorker } from '../../../bench/bundle.ts';
import type { Problem } from '../../../src/api/problem.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import { certify, type Holder } from '../certificate.ts';
import { digestOf, FakeRegistries, imageOf } from '../registry/fake.ts';
import { TestLog } from '../signatures/test-log.ts';
import { signatureOf, signer } from './pushing.ts';

const release = signer();
/** A certificate authority and a log of our own, in place of Fulcio and Rekor. */
const authority = certify({ commonName: 'authority', authority: true });
const log = new TestLog();
const issuer = 'https://token.actions.acme.io';
const subject = 'release@acme.io';
const host = 'registry.acme.io';
const base = `https://${host}/v2/team/api`;
const fake = new FakeRegistries();
const unsigned = fake.image(base, 'unsigned', 'unsigned');
const signedImage = fake.image(base, 'signed', 'signed');
let worker: Miniflare;
let url: URL;

/** The Worker as it is deployed, in workerd; what it asks of the outside is answered by the registry above. */
beforeAll(async () => {
  attach(signedImage.digest, signatureOf(signedImage.digest, release));
  const { script } = await bundleWorker();
  worker = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script,
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['nodejs_compat'],
      d1Databases: ['DB'],
      kvNamespaces: ['PLANS'],
      inspectorPort: 0,
      cf: false,
      handleStructuredLogs: () => undefined,
      bindings: {
        PRATIQUE_ANONYMOUS: 'evaluate',
        PRATIQUE_REGISTRIES: host,
        PRATIQUE_REGISTRY_CONFIG: credentials,
        PRATIQUE_TRUST_ROOT: log.trustRoot(authority),
      },
      outboundService: answer as never,
    }),
  );
  url = await worker.ready;
});
afterAll(() => worker?.dispose());

const credentials = JSON.stringify({ auths: { [host]: { username: 'ci', password: 'secret' } } });
let down = false;

async function answer(request: Request): Promise<Response> {
  if (down) return new Response(null, { status: 503 });
  if (request.headers.get('authorization') !== `Basic ${btoa('ci:secret')}`)
    return new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic realm="acme"' } });
  const { method, headers, signal } = request;
  const {
    status,
    headers: answered,
    body,
  } = await fake
    .outside()
    .fetch({ url: new URL(request.url), method, headers: new Headers([...headers]), signal });
  return new Response(method === 'HEAD' ? null : (body as ReadableStream), { status, headers: answered });
}

/** A signature as cosign attaches it, with what else stands in its annotations. */
function attach(
  digest: string,
  { content }: Pick<ReturnType<typeof signatureOf>, 'content'>,
  more: Readonly<Record<string, string>> = {},
): void {
  const layer = fake.blob(base, atob(content.payload), 'application/vnd.dev.cosign.simplesigning.v1+json');
  const annotations = { 'dev.cosignproject.cosign/signature': content.signature, ...more };
  const config = fake.blob(base, '{}');
  const manifest = imageOf(config, { layers: [{ ...layer, annotations }] });
  fake.manifest(base, manifest, `${digest.replace(':', '-')}.sig`);
}

const policy = {
  name: 'require-signature',
  data: { parameters: { signature_authorities: { key: release.pem } } },
};

async function evaluate(body: object): Promise<Verdict & Problem> {
  const response = await fetch(new URL('/v1/evaluate', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ policy, ...body }),
  });
  return (await response.json()) as Verdict & Problem;
}

describe('the Worker with the policy require-signature', () => {
  it('allows what is signed and denies what is not', async () => {
    const verdict = await evaluate({ images: [`${host}/team/api:signed`, `${host}/team/api:unsigned`] });
    expect(verdict.images.map(({ decision }) => decision)).toEqual(['allow', 'deny']);
    expect(verdict.images.map(({ evidence: [seen] }) => [seen!.verified, seen!.digest])).toEqual([
      [true, signedImage.digest],
      [false, unsigned.digest],
    ]);
    expect(JSON.stringify(verdict)).not.toContain('secret');
  });

  it('cannot decide where the registry is down, or may not be asked', async () => {
    down = true;
    const unreached = await evaluate({ images: [`${host}/team/other:1`] });
    down = false;
    expect(unreached.decision).toBe('indeterminate');
    expect(unreached.violations[0]!.message).toContain('503');
    const other = await evaluate({ images: ['ghcr.io/acme/api:1'] });
    expect(other.decision).toBe('indeterminate');
    expect(other.violations[0]!.message).toContain('not one that may be asked');
  });

  it('decides fifty images by what is sent along, and asks nobody', async () => {
    down = true;
    const digests = Array.from({ length: 50 }, (_, i) => digestOf(String(i)));
    const verdict = await evaluate({
      images: digests.map(digest => `ghcr.io/acme/api@${digest}`),
      evidence: digests.map(digest => signatureOf(digest, release)),
    });
    down = false;
    expect(verdict).toMatchObject({ decision: 'allow', summary: { allowed: 50 }, cost: { rounds: 2 } });
  });

  it('takes evidence as files of a form', async () => {
    const form = new FormData();
    form.set('policy', new File(['package a\nrequire signature by data.authority\n'], 'a.policy'));
    form.set('data', new File([JSON.stringify({ authority: { key: release.pem } })], 'data.json'));
    form.set('images', new File([`ghcr.io/acme/api@${digestOf('x')}\n`], 'images.txt'));
    form.set('evidence', new File([JSON.stringify([signatureOf(digestOf('x'), release)])], 'evidence.json'));
    const response = await fetch(new URL('/v1/evaluate', url), { method: 'POST', body: form });
    expect(await response.json()).toMatchObject({ decision: 'allow' });
  });

  it.each([
    [{ type: 'signature', content: {} }, 'evidence'],
    [{ type: 'sigstore-bundle', content: {} }, 'does not say which digest'],
    [{ type: 'attestation', content: {}, subject: 'nginx:1' }, 'no digest'],
    [{ type: 'cosign-signature', content: {}, subject: digestOf('x') }, 'has a payload and a signature'],
  ])('says what is wrong with %j', async (item, message) => {
    const problem = await evaluate({ images: ['nginx'], evidence: [item] });
    expect(problem.code).toBe('invalid_request');
    expect(problem.detail).toContain(message);
  });
});

describe('the Worker with an identity in place of a key', () => {
  const at = '2026-11-01T00:05:00Z';
  const valid = { notBefore: '2026-11-01T00:00:00Z', notAfter: '2026-11-01T00:10:00Z' };
  const certified = (email = subject): Holder =>
    certify({ ...valid, email, claims: { 8: issuer } }, authority);

  /** An image that was signed without a key that lasts, with its signature changed on the way. */
  async function decided(
    name: string,
    change: {
      readonly email?: string;
      readonly time?: string;
      readonly about?: string;
      readonly payload?: string;
      readonly without?: 'certificate' | 'bundle';
    } = {},
  ) {
    const { digest } = fake.image(base, name);
    const holder = certified(change.email);
    const { content } = signatureOf(change.about ?? digest, { key: holder.privateKey, pem: '' });
    const bytes = new TextEncoder().encode(atob(content.payload));
    const annotations = {
      certificate: holder.pem,
      bundle: log.bundle(bytes, content.signature, holder.pem, change.time ?? at),
    };
    const kept = Object.entries(annotations).filter(([key]) => key !== change.without);
    const named = kept.map(([key, value]) => [`dev.sigstore.cosign/${key}`, value]);
    const payload = change.payload === undefined ? content.payload : btoa(change.payload);
    attach(digest, { content: { ...content, payload } }, Object.fromEntries(named));
    const data = { parameters: { signature_authorities: { issuer, subject } } };
    const images = [`${host}/team/api@${digest}`];
    const verdict = await evaluate({ policy: { ...policy, data }, images });
    return [verdict.decision, verdict.images[0]!.evidence[0]] as const;
  }

  it('allows what that identity has signed, and says when', async () => {
    const [decision, seen] = await decided('keyless');
    expect(decision).toBe('allow');
    expect(seen).toMatchObject({
      verified: true,
      identity: { issuer, subject, root: 'the deployment' },
      at: '2026-11-01T00:05:00.000Z',
    });
  });

  it.each<[string, Parameters<typeof decided>[1], string]>([
    ['another identity', { email: 'mallory@acme.io' }, 'the subject is mallory@acme.io'],
    ['a certificate that had expired', { time: '2026-11-01T00:11:00Z' }, ''],
    ['a signature of another image', { about: digestOf('other') }, 'for another digest'],
    ['a payload that was changed', { payload: '{"critical":{}}' }, ''],
    ['no entry of a log', { without: 'bundle' }, 'it has no log entry'],
    ['no certificate', { without: 'certificate' }, ''],
  ])('denies %s', async (what, change, reason) => {
    const [decision, seen] = await decided(what, change);
    expect(decision).toBe('deny');
    expect(seen).toMatchObject({ verified: false });
    expect(seen!.reason).toContain(reason);
  });
});

import { createHash, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { certify } from '../test/evidence/certificate.ts';
import { payloadOf } from '../test/evidence/e2e/pushing.ts';
import { TestLog } from '../test/evidence/signatures/test-log.ts';
import { bundleWorker } from './bundle.ts';
import { medianAsync, type Row, time, timeRow } from './measure.ts';
import { migrate, Service, serve, settled } from './service.ts';
import type { VerifyRequest } from './verify-worker.ts';
import { cpuTime } from './workerd-process.ts';

const corpus = '../shared/corpus/signatures/sigstore-conformance/bundle-verify';
const beacon = 'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon';
const rounds = 400;
const images = 50;
const turns = 20;
const signer = { issuer: 'https://accounts.acme.io', subject: 'release@acme.io' };

/** One keyless bundle: CPU time of workerd by difference, over many verifications in one request; none without the corpus. */
export async function bundleRows(): Promise<readonly Row[]> {
  if (!existsSync(corpus)) return [];
  const { script } = await bundleWorker('bench/verify-worker.ts');
  const miniflare = serve(script);
  try {
    const url = await miniflare.ready;
    return [await bundleRow(url)];
  } finally {
    await miniflare.dispose();
  }
}

async function bundleRow(url: URL): Promise<Row> {
  const artifact = readFileSync(`${corpus}/a.txt`);
  const question = {
    digest: digestOf(artifact),
    artifact: artifact.toString('base64'),
    bundle: readFileSync(`${corpus}/happy-path-v0.3/bundle.sigstore.json`, 'utf8'),
    authority: {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: `${beacon}/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main`,
    },
  };
  const ask = async (times: number) => {
    const body = JSON.stringify({ ...question, times } satisfies VerifyRequest);
    const verified: unknown = await (await fetch(url, { method: 'POST', body })).json();
    if (verified !== times) throw new Error(`the bundle was verified ${String(verified)} times of ${times}`);
  };
  await ask(rounds / 4);
  const before = cpuTime();
  await ask(rounds);
  const each = (cpuTime() - before) / rounds;
  return timeRow(
    'verify a keyless bundle',
    each,
    undefined,
    `CPU time in workerd, warm, its text read anew each time; target ${time(5)}`,
  );
}

/** Decisions of an organisation on images of which each has a keyless signature of its own in its store. */
export async function storedRows(script: string): Promise<readonly Row[]> {
  const { trustRoot, documents } = signedImages();
  const miniflare = serve(script, { PRATIQUE_TRUST_ROOT: trustRoot });
  try {
    await migrate(miniflare);
    const service = new Service(await miniflare.ready);
    await service.open({
      'bench.policy': `package bench\n\nrequire signature by ${JSON.stringify(signer)}\n`,
    });
    for (const [digest, document] of documents) await service.store(digest, document);
    const refs = [...documents.keys()].map(digest => `registry.acme.io/api@${digest}`);
    const decide = async () => {
      const verdict = (await service.send('POST', '/v1/evaluate', {
        policy: 'bench/signed@stable',
        images: refs,
      })) as { decision: string };
      if (verdict.decision !== 'allow') throw new Error(JSON.stringify(verdict).slice(0, 500));
    };
    const started = performance.now();
    await decide();
    const first = performance.now() - started;
    const before = cpuTime();
    const taken = await medianAsync(decide, turns);
    const cpu = (cpuTime() - before) / (turns + Math.ceil(turns / 5));
    const note = `first ${time(first)}; target ${time(150)}; ${time(cpu)} of CPU, D1 included`;
    return [timeRow(`HTTP: ${images} images by stored keyless signatures`, taken, undefined, note)];
  } finally {
    await settled(miniflare);
  }
}

/** As `cosign sign` makes them, each by a certificate of its own. */
function signedImages() {
  const log = new TestLog();
  const authority = certify({ commonName: 'authority', authority: true });
  const at = '2026-03-01T12:05:00Z';
  const form = { email: signer.subject, notBefore: '2026-03-01T12:00:00Z', notAfter: '2026-03-01T12:10:00Z' };
  const documents = new Map(
    Array.from({ length: images }, (_, index): [string, unknown] => {
      const digest = digestOf(String(index));
      const payload = Buffer.from(payloadOf(digest));
      const holder = certify({ ...form, claims: { 8: signer.issuer } }, authority);
      const signature = sign('sha256', payload, holder.privateKey).toString('base64');
      const bundle = JSON.parse(log.bundle(payload, signature, holder.pem, at)) as object;
      return [digest, { payload: payload.toString('base64'), signature, certificate: holder.pem, bundle }];
    }),
  );
  return { documents, trustRoot: log.trustRoot(authority) };
}

function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

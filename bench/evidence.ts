import { createHash, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { SourceFile } from '../src/base/index.ts';
import { decide, loadPolicy } from '../src/decide/index.ts';
import { createResolver, type StoredDocument } from '../src/evidence/index.ts';
import { readSubmission } from '../src/manifests/index.ts';
import { certify, TestLog } from '../test/evidence/signatures/certificates.ts';
import { bundleWorker } from './bundle.ts';
import { medianAsync, type Row, time, timeRow } from './measure.ts';
import { serve } from './service.ts';
import type { VerifyRequest } from './verify-worker.ts';
import { cpuTime } from './workerd-process.ts';

const corpus = '../shared/corpus/signatures/sigstore-conformance/bundle-verify';
const beacon = 'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon';
const rounds = 400;
const images = 50;
const turns = 20;

/** What evidence costs: one keyless bundle in workerd, and images with stored signatures in Node. */
export async function evidenceRows(): Promise<readonly Row[]> {
  return [...(await bundleRows()), await storedRow()];
}

/** CPU time of workerd by difference, over many verifications in one request; none without the corpus. */
async function bundleRows(): Promise<readonly Row[]> {
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

/** A decision on images of which each has a keyless signature of its own in a store that answers at once. */
async function storedRow(): Promise<Row> {
  const log = new TestLog();
  const authority = certify({ commonName: 'authority', authority: true });
  const signer = { issuer: 'https://accounts.acme.io', subject: 'release@acme.io' };
  const at = '2026-03-01T12:05:00Z';
  const form = { email: signer.subject, notBefore: '2026-03-01T12:00:00Z', notAfter: '2026-03-01T12:10:00Z' };
  const documents = new Map(
    Array.from({ length: images }, (_, index): [string, readonly StoredDocument[]] => {
      const digest = digestOf(String(index));
      const image = { 'docker-manifest-digest': digest };
      const critical = { identity: {}, image, type: 'cosign container image signature' };
      const payload = Buffer.from(JSON.stringify({ critical, optional: null }));
      const holder = certify({ ...form, claims: { 8: signer.issuer } }, authority);
      const signature = sign('sha256', payload, holder.privateKey).toString('base64');
      const bundle = JSON.parse(log.bundle(payload, signature, holder.pem, at)) as object;
      const content = { payload: payload.toString('base64'), signature, certificate: holder.pem, bundle };
      return [digest, [{ type: 'cosign-signature', content: JSON.stringify(content) }]];
    }),
  );
  const statement = `package bench\nrequire signature by ${JSON.stringify(signer)}\n`;
  const { policy } = loadPolicy({
    name: 'bench/signed',
    files: [{ source: new SourceFile('p.policy', statement) }],
  });
  const submission = readSubmission({
    images: [...documents.keys()].map(digest => `registry.acme.io/api@${digest}`),
  });
  const asOf = BigInt(Date.parse('2026-11-20T00:00:00Z')) * 1_000_000n;
  const clock = () => performance.now();
  const decided = async () => {
    const outside = { fetch: () => Promise.reject(new Error('nothing is asked')), clock };
    const evidence = createResolver(outside, {
      asOf,
      stored: { documentsOf: async () => documents },
      trustRoots: [{ name: 'bench', json: log.trustRoot(authority) }],
    });
    const verdict = await decide([policy!], submission, { asOf, decisionId: 'bench', clock, evidence });
    if (verdict.decision !== 'allow') throw new Error(JSON.stringify(verdict.violations[0]));
  };
  const taken = await medianAsync(decided, turns);
  const before = process.cpuUsage();
  for (let turn = 0; turn < turns; turn++) await decided();
  const { user, system } = process.cpuUsage(before);
  return timeRow(
    `decide on ${images} images by stored keyless signatures`,
    taken,
    undefined,
    `in Node, by a store that answers at once; target ${time(150)}; ${time((user + system) / 1000 / turns)} of CPU`,
  );
}

function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchPinned, lookUp } from '../../../src/cli/outside.ts';
import { createResolver, readSentFile, SentEvidence } from '../../../src/evidence/index.ts';
import { folder } from '../../cli/run.ts';
import { policyOf, verdictOn } from '../../decide/decided.ts';
import { selfSigned } from '../certificate.ts';
import { trust } from '../server.ts';
import { type Registry, startRegistry } from './docker-registry.ts';
import { Pusher } from './pushing.ts';

/** The real cosign: `COSIGN` says where it is, otherwise the path is searched. */
const cosign = process.env['COSIGN'] ?? 'cosign';
const absent = isThere() ? '' : ' (skipped: cosign is neither on the path nor at $COSIGN)';

const provenance = 'https://slsa.dev/provenance/v1';
const identity = selfSigned();
let registry: Registry;
let push: Pusher;
let home: ReturnType<typeof folder>;
let key: string;
beforeAll(async () => {
  if (absent !== '') return;
  registry = await startRegistry(identity);
  trust(identity.cert);
  push = new Pusher(registry.host);
  home = folder({ 'predicate.json': '{"runDetails": {"builder": {"id": "https://builder.acme.io"}}}' });
  run('generate-key-pair');
  key = readFileSync(join(home.path, 'cosign.pub'), 'utf8');
});
afterAll(async () => {
  home?.remove();
  await registry?.close();
});

function isThere(): boolean {
  try {
    execFileSync(cosign, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function run(...args: readonly string[]): string {
  const env = {
    ...process.env,
    COSIGN_PASSWORD: '',
    SSL_CERT_FILE: registry.certFile,
    HOME: home.path,
    SIGSTORE_NO_CACHE: '1',
  };
  return execFileSync(cosign, args, { cwd: home.path, env, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

function decided(statement: string, image: string, sent = SentEvidence.none) {
  const outside = {
    fetch: fetchPinned,
    lookup: lookUp,
    clock: () => performance.now(),
    privateHosts: ['localhost'],
  };
  const evidence = createResolver(outside, { asOf: BigInt(Date.now()) * 1_000_000n, sent });
  return verdictOn([policyOf(`package a\n${statement}\n`)], { images: [image] }, { evidence });
}

const authority = () => JSON.stringify({ key });
const signature = () => `require signature by ${authority()}`;
const attestation = () =>
  `require attestation "${provenance}" by ${authority()} where { predicate.runDetails.builder.id == "https://builder.acme.io" }`;

describe.skipIf(absent !== '')(`what cosign signs${absent}`, () => {
  const forms = [
    ['layers', []],
    ['bundles', ['--new-bundle-format']],
  ] as const;

  it.each(forms)('is verified: an attestation in %s', async (name, flags) => {
    const { digest } = await push.image(`acme/attested-${name}`, '1');
    const image = `${registry.host}/acme/attested-${name}@${digest}`;
    expect((await decided(attestation(), image)).decision).toBe('deny');
    const type = ['--type', provenance, '--predicate', 'predicate.json'];
    run('attest', '--key', 'cosign.key', '--tlog-upload=false', '--yes', ...type, ...flags, image);
    expect(await decided(attestation(), image)).toMatchObject({ decision: 'allow', violations: [] });
    expect((await decided(signature(), image)).decision).toBe('deny');
  });

  it.each(forms)('is verified: a signature in %s', async (name, flags) => {
    const { digest } = await push.image(`acme/signed-${name}`, '1');
    const image = `${registry.host}/acme/signed-${name}@${digest}`;
    run('sign', '--key', 'cosign.key', '--tlog-upload=false', '--yes', ...flags, image);
    const verdict = await decided(signature(), image);
    expect(verdict).toMatchObject({ decision: 'allow', violations: [] });
    expect(verdict.images[0]!.evidence).toMatchObject([{ verified: true, digest }]);
    expect((await decided(attestation(), image)).decision).toBe('deny');
  });

  it('is verified as it is downloaded and sent along', async () => {
    const { digest } = await push.image('acme/sent', '1');
    const image = `${registry.host}/acme/sent@${digest}`;
    run('sign', '--key', 'cosign.key', '--tlog-upload=false', '--yes', image);
    run(
      'attest',
      '--key',
      'cosign.key',
      '--tlog-upload=false',
      '--yes',
      '--type',
      provenance,
      '--predicate',
      'predicate.json',
      image,
    );
    const sent = [run('download', 'signature', image), run('download', 'attestation', image)];
    const evidence = new SentEvidence(sent.flatMap(readSentFile));
    // Not a registry that may be asked: what is sent stands alone.
    const elsewhere = `registry.acme.io:5000/acme/sent@${digest}`;
    for (const statement of [signature(), attestation()])
      expect((await decided(statement, elsewhere, evidence)).decision).toBe('allow');
  });

  it('is refused by another key', async () => {
    const other = folder({});
    const { digest } = await push.image('acme/other', '1');
    const image = `${registry.host}/acme/other@${digest}`;
    const env = { ...process.env, COSIGN_PASSWORD: '', SSL_CERT_FILE: registry.certFile, HOME: other.path };
    execFileSync(cosign, ['generate-key-pair'], { cwd: other.path, env, stdio: 'ignore' });
    writeFileSync(join(home.path, 'other.key'), readFileSync(join(other.path, 'cosign.key')));
    other.remove();
    run('sign', '--key', 'other.key', '--tlog-upload=false', '--yes', image);
    const verdict = await decided(signature(), image);
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations[0]!.message).toContain('not to be trusted');
  });
});

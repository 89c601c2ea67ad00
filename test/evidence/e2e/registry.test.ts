import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/index.ts';
import { fetchPinned, lookUp } from '../../../src/cli/outside.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import {
  createResolver,
  type EvidenceSettings,
  type Outside,
  readDockerConfig,
  SentEvidence,
} from '../../../src/evidence/index.ts';
import { fromJson } from '../../../src/values/index.ts';
import { folder, run } from '../../cli/run.ts';
import { policyOf, verdictOn } from '../../decide/decided.ts';
import { selfSigned } from '../certificate.ts';
import { trust } from '../server.ts';
import { type Registry, startRegistry } from './docker-registry.ts';
import { type FailingRegistry, startProxy } from './proxy.ts';
import { type Descriptor, digestOf, envelopeOf, Pusher, signatureOf, signer } from './pushing.ts';

const identity = selfSigned();
const release = signer();
const stranger = signer();
let registry: Registry;
let proxy: FailingRegistry;
let push: Pusher;
let signed: Descriptor;
beforeAll(async () => {
  registry = await startRegistry(identity);
  proxy = await startProxy(registry.host, identity);
  trust(identity.cert);
  push = new Pusher(registry.host);
  signed = await push.image('acme/api', '1');
  await push.sign('acme/api', signed.digest, release);
});
afterAll(async () => {
  await proxy?.close();
  await registry?.close();
});
beforeEach(() => {
  proxy.meddle = (_, __, pass) => pass();
  proxy.received.length = 0;
});

const asOf = BigInt(Date.now()) * 1_000_000n;
const outside: Outside = {
  fetch: fetchPinned,
  lookup: lookUp,
  clock: () => performance.now(),
  privateHosts: ['localhost'],
};
/** No waiting between attempts. */
const pause = () => Promise.resolve();

const keys = (...signers: readonly { readonly pem: string }[]) =>
  JSON.stringify(signers.map(({ pem }) => ({ key: pem })));
const bySignature = `require signature by ${keys(release)}`;

function decided(statement: string, images: readonly string[], more: Partial<EvidenceSettings> = {}) {
  const evidence = createResolver(outside, { asOf, ...more, registry: { pause, ...more.registry } });
  return verdictOn([policyOf(`package a\n${statement}\n`)], { images }, { evidence, asOf });
}

const image = (reference: string, host = registry.host) => `${host}/${reference}`;
const evidenceOf = (verdict: Verdict) => verdict.images.map(each => each.evidence);

describe('a signature at a registry', () => {
  it('allows the image, by tag and by digest', async () => {
    const verdict = await decided(bySignature, [image('acme/api:1'), image(`acme/api@${signed.digest}`)]);
    expect(verdict).toMatchObject({ decision: 'allow', violations: [], errors: [], cost: { rounds: 2 } });
    for (const [seen] of evidenceOf(verdict))
      expect(seen).toMatchObject({
        type: 'signature',
        source: `${registry.host}, tag .sig`,
        format: 'cosign signature',
        verified: true,
        digest: signed.digest,
      });
  });

  it('that is not there denies', async () => {
    const plain = await push.image('acme/plain', '1');
    const verdict = await decided(bySignature, [image('acme/plain:1')]);
    expect(verdict).toMatchObject({ decision: 'deny', errors: [] });
    expect(verdict.violations).toMatchObject([{ message: expect.stringContaining('is not there') }]);
    expect(evidenceOf(verdict)).toMatchObject([
      [{ type: 'signature', source: registry.host, verified: false, digest: plain.digest }],
    ]);
  });

  it('of an image that is not there denies', async () => {
    const verdict = await decided(bySignature, [image('acme/none:1'), image(`acme/none@${digestOf('x')}`)]);
    expect(verdict.images.map(({ decision }) => decision)).toEqual(['deny', 'deny']);
  });

  it('by another key denies, and says so', async () => {
    const verdict = await decided(`require signature by ${keys(stranger)}`, [image('acme/api:1')]);
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations).toMatchObject([{ message: expect.stringContaining('not to be trusted') }]);
    expect(evidenceOf(verdict)).toMatchObject([[{ verified: false, reason: expect.any(String) }]]);
  });

  it('is counted by authorities', async () => {
    const two = `require 2 signatures by ${keys(release, stranger)}`;
    expect((await decided(two, [image('acme/api:1')])).decision).toBe('deny');
    const one = `require signature by ${keys(release, stranger)}`;
    expect((await decided(one, [image('acme/api:1')])).decision).toBe('allow');
  });

  it('that was stripped denies', async () => {
    const { digest } = await push.image('acme/stripped', '1');
    await push.sign('acme/stripped', digest, release);
    expect((await decided(bySignature, [image('acme/stripped:1')])).decision).toBe('allow');
    const tag = `${digest.replace(':', '-')}.sig`;
    await push.remove('acme/stripped', await push.digestOf('acme/stripped', tag));
    expect((await decided(bySignature, [image('acme/stripped:1')])).decision).toBe('deny');
  });

  it('of another image denies', async () => {
    const { digest } = await push.image('acme/api', 'replayed', { build: 'other' });
    await push.sign('acme/api', digest, release, signed.digest);
    const verdict = await decided(bySignature, [image('acme/api:replayed')]);
    expect(verdict.decision).toBe('deny');
    expect(evidenceOf(verdict)[0]![0]!.reason).toContain('for another digest');
  });

  it('whose payload was changed denies', async () => {
    const { digest } = await push.image('acme/tampered', '1');
    const { payload, signature } = signatureOf(digest, release).content;
    await push.attachSignature('acme/tampered', digest, atob(payload), { signature });
    expect((await decided(bySignature, [image('acme/tampered:1')])).decision).toBe('allow');
    await push.attachSignature('acme/tampered', digest, `${atob(payload)} `, { signature });
    expect((await decided(bySignature, [image('acme/tampered:1')])).decision).toBe('deny');
  });

  it('does not move with the tag', async () => {
    const { digest } = await push.image('acme/moving', '1');
    await push.sign('acme/moving', digest, release);
    expect((await decided(bySignature, [image('acme/moving:1')])).decision).toBe('allow');
    await push.image('acme/moving', '1', { build: 'another' });
    expect((await decided(bySignature, [image('acme/moving:1')])).decision).toBe('deny');
    expect((await decided(bySignature, [image(`acme/moving@${digest}`)])).decision).toBe('allow');
  });
});

describe('an index', () => {
  const platform = (architecture: string) => ({ platform: { os: 'linux', architecture } });
  let amd: Descriptor;
  let arm: Descriptor;
  beforeAll(async () => {
    amd = await push.image('acme/multi', undefined, { build: 'amd64' });
    arm = await push.image('acme/multi', undefined, { build: 'arm64' });
    const none = await push.image('acme/multi', undefined, { build: 'attestation' });
    await push.index(
      'acme/multi',
      [
        { ...amd, ...platform('amd64') },
        { ...arm, ...platform('arm64') },
        { ...none, platform: { os: 'unknown', architecture: 'unknown' } },
      ],
      'both',
    );
  });

  it('is signed by a signature on it', async () => {
    const index = await push.index('acme/multi', [{ ...amd, ...platform('amd64') }], 'signed');
    await push.sign('acme/multi', index.digest, release);
    const verdict = await decided(bySignature, [image('acme/multi:signed')]);
    expect(verdict.decision).toBe('allow');
    expect(evidenceOf(verdict)).toMatchObject([[{ verified: true, digest: index.digest, about: 'index' }]]);
  });

  it('is signed by a signature on each of its manifests, not on one of them', async () => {
    await push.sign('acme/multi', amd.digest, release);
    const some = await decided(bySignature, [image('acme/multi:both')]);
    expect(some.decision).toBe('deny');
    expect(some.violations[0]!.message).toContain('linux/arm64');
    const chosen = { registry: { platform: 'linux/amd64' } };
    expect((await decided(bySignature, [image('acme/multi:both')], chosen)).decision).toBe('allow');
    await push.sign('acme/multi', arm.digest, release);
    const all = await decided(bySignature, [image('acme/multi:both')]);
    expect(all.decision).toBe('allow');
    expect(evidenceOf(all)[0]!.map(({ about, verified }) => [about, verified])).toEqual([
      ['index', false],
      ['linux/amd64', true],
      ['linux/arm64', true],
    ]);
  });

  it('is not signed where its manifests are by different authorities', async () => {
    const other = await push.image('acme/multi', undefined, { build: 'by another' });
    await push.sign('acme/multi', other.digest, stranger);
    const manifests = [
      { ...amd, ...platform('amd64') },
      { ...other, ...platform('arm64') },
    ];
    await push.index('acme/multi', manifests, 'mixed');
    const either = `require signature by ${keys(release, stranger)}`;
    const verdict = await decided(either, [image('acme/multi:mixed')]);
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations[0]!.message).toContain('no authority has signed all');
  });

  it('without a manifest for the platform cannot be decided', async () => {
    const chosen = { registry: { platform: 'linux/s390x' } };
    const verdict = await decided(bySignature, [image('acme/multi:both')], chosen);
    expect(verdict.decision).toBe('indeterminate');
    expect(verdict.violations[0]!.message).toContain('linux/amd64, linux/arm64');
  });
});

describe('a registry that fails', () => {
  const ask = (more?: Partial<EvidenceSettings>) =>
    decided(bySignature, [image('acme/api:1', proxy.host)], more);
  const isBlob = ({ url = '' }: { readonly url?: string | undefined }) => url.includes('/blobs/');

  it('is tried again', async () => {
    let failures = 2;
    proxy.meddle = (_, response, pass) => (failures-- > 0 ? response.writeHead(503).end() : pass());
    expect((await ask()).decision).toBe('allow');
  });

  it.each([
    ['503', 'answered 503'],
    ['401', 'answered 401'],
    ['403', 'answered 403'],
  ])('for good with %s is indeterminate', async (status, reason) => {
    proxy.meddle = (_, response) => response.writeHead(Number(status)).end();
    const verdict = await ask();
    expect(verdict).toMatchObject({ decision: 'indeterminate' });
    expect(verdict.violations).toMatchObject([
      { indeterminate: true, message: expect.stringContaining(reason) },
    ]);
    expect(evidenceOf(verdict)[0]![0]!.reason).toContain(reason);
  });

  it('by being slow is waited for', async () => {
    proxy.meddle = (_, __, pass) => void setTimeout(pass, 300);
    expect((await ask()).decision).toBe('allow');
  });

  it('by breaking off is indeterminate', async () => {
    proxy.meddle = request => request.destroy();
    expect((await ask()).decision).toBe('indeterminate');
  });

  it('by answering nonsense is indeterminate', async () => {
    proxy.meddle = ({ url = '' }, response, pass) =>
      url.includes('/manifests/sha256:') ? response.writeHead(200).end('<html>') : pass();
    expect((await ask()).decision).toBe('indeterminate');
  });

  it(
    'by being silent is indeterminate, in time',
    async () => {
      proxy.meddle = () => undefined;
      const verdict = await ask();
      expect(verdict.decision).toBe('indeterminate');
      expect(verdict.violations[0]!.message).toContain('timed out');
    },
    2 * limits.lookUpTime,
  );

  it('by giving other content is indeterminate', async () => {
    proxy.meddle = (request, response, pass) =>
      isBlob(request) ? response.writeHead(200).end('{}') : pass();
    const verdict = await ask();
    expect(verdict.decision).toBe('indeterminate');
    expect(verdict.violations[0]!.message).toContain('other content');
  });

  it('by giving content without end is indeterminate', async () => {
    proxy.meddle = (request, response, pass) => {
      if (!isBlob(request)) return pass();
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    const verdict = await ask();
    expect(verdict.violations).toMatchObject([
      { indeterminate: true, message: expect.stringContaining('larger') },
    ]);
  });

  it.each([
    'https://169.254.169.254/latest',
    'https://10.0.0.1/x',
    'http://localhost/x',
    'https://localhost:1/x',
  ])('by sending us to %s is indeterminate, and nothing is asked there', async location => {
    proxy.meddle = (request, response, pass) =>
      isBlob(request) ? response.writeHead(307, { location }).end() : pass();
    expect((await ask()).decision).toBe('indeterminate');
  });

  it('that is not there is indeterminate', async () => {
    expect((await decided(bySignature, ['localhost:1/acme/api:1'])).decision).toBe('indeterminate');
  });

  it('says of a signature that is too large that it could not be had', async () => {
    const { digest } = await push.image('acme/large', '1');
    const huge = {
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      size: limits.blobBytes + 1,
    };
    const { digest: blob } = await push.blob('acme/large', 'x');
    proxy.meddle = ({ url = '' }, response, pass) => {
      if (!url.endsWith('.sig') && !url.endsWith(digestOf(manifest))) return pass();
      const headers = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' };
      response.writeHead(200, { ...headers, 'docker-content-digest': digestOf(manifest) }).end(manifest);
    };
    const config = { mediaType: 'a/b', digest: blob, size: 1 };
    const manifest = JSON.stringify({ schemaVersion: 2, config, layers: [{ ...huge, digest: blob }] });
    const verdict = await decided(bySignature, [image(`acme/large@${digest}`, proxy.host)]);
    expect(verdict.violations).toMatchObject([
      { indeterminate: true, message: expect.stringContaining('larger') },
    ]);
  });
});

describe('a registry with users', () => {
  let guarded: Registry;
  beforeAll(async () => {
    guarded = await startRegistry(identity, { users: true });
    const pusher = new Pusher(guarded.host, 'ci:secret');
    const { digest } = await pusher.image('acme/api', '1');
    await pusher.sign('acme/api', digest, release);
  });
  afterAll(() => guarded?.close());

  const ask = (user?: { readonly username: string; readonly password: string }) => {
    const credentials = readDockerConfig(JSON.stringify({ auths: user ? { [guarded.host]: user } : {} }));
    return decided(bySignature, [`${guarded.host}/acme/api:1`], { registry: { credentials } });
  };

  it('lets in who may', async () => {
    expect((await ask({ username: 'ci', password: 'secret' })).decision).toBe('allow');
  });

  it('is indeterminate for who may not', async () => {
    for (const user of [undefined, { username: 'ci', password: 'wrong' }]) {
      const verdict = await ask(user);
      expect(verdict.decision).toBe('indeterminate');
      expect(JSON.stringify(verdict)).not.toMatch(/wrong|secret/u);
      expect(verdict.violations[0]!.message).toContain('401');
    }
  });
});

describe('what an image is', () => {
  it('is said by the registry', async () => {
    const labels = {
      team: 'shop',
      'org.opencontainers.image.base.name': 'docker.io/library/alpine:3.20',
      'org.opencontainers.image.base.digest': digestOf('alpine'),
    };
    const { digest } = await push.image('acme/labelled', '1', labels);
    const rule = [
      'deny contains image.resolve(input.images[0]).digest',
      'deny contains image.config(input.images[0]).document.config.Labels.team',
      'deny contains image.manifest(input.images[0]).document.config.mediaType',
      'deny base "docker.io/library/alpine:3.*"',
    ].join('\n');
    const verdict = await decided(rule, [image('acme/labelled:1')]);
    expect(verdict.errors).toEqual([]);
    const messages = verdict.violations.map(({ message }) => message);
    expect(messages).toContain(digest);
    expect(messages).toContain('shop');
    expect(messages).toContain('application/vnd.oci.image.config.v1+json');
    expect(
      evidenceOf(verdict)[0]!
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['base', 'config', 'manifest', 'resolve']);
  });

  it('is not known where it does not say', async () => {
    const verdict = await decided('allow base "docker.io/library/alpine:*"', [image('acme/api:1')]);
    expect(verdict.decision).toBe('deny');
  });
});

const provenance = 'https://slsa.dev/provenance/v1';
const builder = (id: string) => ({ runDetails: { builder: { id } } });
const byBuilder = [
  `require attestation "${provenance}" by ${keys(release)}`,
  '\twhere { predicate.runDetails.builder.id == "https://builder.acme.io" }',
].join('\n');

describe('an attestation', () => {
  it('at the registry allows where it says what is asked', async () => {
    for (const [name, id, decision] of [
      ['acme/attested', 'https://builder.acme.io', 'allow'],
      ['acme/laptop', 'https://laptop.acme.io', 'deny'],
    ] as const) {
      const { digest } = await push.image(name, '1');
      await push.attest(name, digest, release, provenance, builder(id));
      expect((await decided(byBuilder, [image(`${name}:1`)])).decision).toBe(decision);
    }
  });

  it('is no signature, and a signature no attestation', async () => {
    const { digest } = await push.image('acme/attested', 'only');
    await push.attest('acme/attested', digest, release, provenance, builder('https://builder.acme.io'));
    expect((await decided(bySignature, [image('acme/attested:only')])).decision).toBe('deny');
    expect((await decided(byBuilder, [image('acme/api:1')])).decision).toBe('deny');
  });

  it('is used where it was sent along', async () => {
    const content = envelopeOf(signed.digest, release, provenance, builder('https://builder.acme.io'));
    const sent = new SentEvidence([{ type: 'attestation', content: fromJson(content as never) }]);
    expect((await decided(byBuilder, [image('acme/api:1')], { sent })).decision).toBe('allow');
  });
});

const sarifless = (digest: string, severity: string) => ({
  SchemaVersion: 2,
  CreatedAt: new Date().toISOString(),
  ArtifactName: `acme/api@${digest}`,
  ArtifactType: 'container_image',
  Metadata: { RepoDigests: [`localhost/acme/api@${digest}`] },
  Results: [
    {
      Target: 'alpine',
      Class: 'os-pkgs',
      Type: 'alpine',
      Vulnerabilities: [
        { VulnerabilityID: 'CVE-2026-1', PkgName: 'zlib', InstalledVersion: '1', Severity: severity },
      ],
    },
  ],
});
const spdx = (digest: string) => ({
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  dataLicense: 'CC0-1.0',
  name: `acme/api@${digest}`,
  documentNamespace: 'https://acme.io/1',
  creationInfo: { created: '2026-11-01T00:00:00Z', creators: ['Tool: test'] },
  packages: [{ SPDXID: 'SPDXRef-zlib', name: 'zlib', versionInfo: '1', licenseConcluded: 'Zlib' }],
});

describe('a report', () => {
  const scan = 'require scan below "critical" within "1d"';
  const sbom = 'require sbom where { some part in sbom.packages; part.name == "zlib" }';

  it.each([
    ['acme/scanned', 'HIGH', 'allow'],
    ['acme/grave', 'CRITICAL', 'deny'],
  ])('attached to %s with %s: %s', async (name, severity, decision) => {
    const subject = await push.image(name, '1');
    await push.refer(name, subject, 'application/json', JSON.stringify(sarifless(subject.digest, severity)));
    const verdict = await decided(scan, [image(`${name}:1`)]);
    expect(verdict.violations.map(({ message }) => message)).toHaveLength(decision === 'allow' ? 0 : 1);
    expect(verdict.decision).toBe(decision);
  });

  it('of another image counts for nothing', async () => {
    const subject = await push.image('acme/borrowed', '1');
    const content = JSON.stringify(sarifless(signed.digest, 'LOW'));
    await push.refer('acme/borrowed', subject, 'application/json', content);
    expect((await decided(scan, [image('acme/borrowed:1')])).decision).toBe('deny');
  });

  it('stands alone where it was sent along, and the registry may not be asked or has none', async () => {
    const name = image(`acme/api@${signed.digest}`, proxy.host);
    const content = fromJson(sarifless(signed.digest, 'LOW') as never);
    const sent = new SentEvidence([{ type: 'report', content, subject: signed.digest }]);
    const closed = { sent, registry: { registries: ['ghcr.io'] } };
    expect((await decided(scan, [name], closed)).decision).toBe('allow');
    expect(proxy.received).toEqual([]);
    expect((await decided(scan, [name], { sent })).decision).toBe('allow');
    expect(proxy.received).not.toEqual([]);
    proxy.meddle = (_, response) => response.writeHead(503).end();
    expect((await decided(scan, [name], { sent })).decision).toBe('indeterminate');
  });

  it('of what is in the image counts too', async () => {
    const subject = await push.image('acme/sbom', '1');
    await push.refer('acme/sbom', subject, 'application/spdx+json', JSON.stringify(spdx(subject.digest)));
    expect((await decided(sbom, [image('acme/sbom:1')])).decision).toBe('allow');
    expect((await decided(sbom, [image('acme/api:1')])).decision).toBe('deny');
  });
});

describe('evidence that was sent along', () => {
  it('decides fifty images in one round, and no registry is asked', async () => {
    const digests = Array.from({ length: 50 }, (_, i) => digestOf(String(i)));
    const items = digests.map(digest => {
      const { type, content } = signatureOf(digest, release);
      return { type, content: fromJson(content as never) };
    });
    const images = digests.map(digest => image(`acme/api@${digest}`, proxy.host));
    const verdict = await decided(bySignature, images, { sent: new SentEvidence(items) });
    expect(verdict).toMatchObject({ decision: 'allow', summary: { allowed: 50 }, cost: { rounds: 2 } });
    expect(verdict.images.every(({ evidence: [seen] }) => seen!.source === 'request' && seen!.verified)).toBe(
      true,
    );
    expect(proxy.received).toEqual([]);
  });

  it('of another image, or by another, proves nothing; the registry is asked then', async () => {
    for (const { type, content } of [
      signatureOf(digestOf('x'), release),
      signatureOf(signed.digest, stranger),
    ]) {
      const item = { type, content: fromJson(content as never), subject: signed.digest };
      const sent = new SentEvidence([item]);
      expect((await decided(bySignature, [image('acme/api:1')], { sent })).decision).toBe('allow');
      const plain = image(`acme/plain@${signed.digest}`);
      expect((await decided(bySignature, [plain], { sent })).decision).toBe('deny');
    }
  });
});

describe('pratique eval with the policy require-signature', () => {
  let home: ReturnType<typeof folder>;
  beforeAll(() => {
    const parameters = { signature_authorities: { key: release.pem } };
    home = folder({
      'ca.pem': identity.cert,
      'data.json': JSON.stringify({ parameters }),
      'signed.txt': `${image('acme/api:1')}\n`,
      'plain.txt': `${image('acme/plain:1')}\n`,
      'down.txt': 'localhost:1/acme/api:1\n',
    });
  });
  afterAll(() => home?.remove());

  const evaluate = (...args: readonly string[]) => {
    const env = { NODE_EXTRA_CA_CERTS: join(home.path, 'ca.pem') };
    const all = [
      'eval',
      '-p',
      'require-signature',
      '-d',
      'data.json',
      '--allow-private-host',
      'localhost',
      ...args,
    ];
    return run(all, { cwd: home.path, env });
  };

  it('allows what is signed, denies what is not, and cannot say where the registry is down', async () => {
    const codes = [];
    for (const list of ['signed.txt', 'plain.txt', 'down.txt']) codes.push((await evaluate(list)).code);
    expect(codes).toEqual([0, 1, 3]);
  });

  it('asks only the registries that it may', async () => {
    const { code, out } = await evaluate('signed.txt', '--allow-registry', 'ghcr.io');
    expect(code).toBe(3);
    expect(out).toContain('is not one that may be asked here');
    expect((await evaluate('signed.txt', '--allow-registry', registry.host)).code).toBe(0);
  });

  it('uses evidence of a file', async () => {
    const digest = digestOf('elsewhere');
    writeFileSync(join(home.path, 'sent.txt'), `localhost:1/acme/api@${digest}\n`);
    writeFileSync(join(home.path, 'evidence.json'), JSON.stringify([signatureOf(digest, release)]));
    expect((await evaluate('sent.txt', '--evidence', 'evidence.json')).code).toBe(0);
    writeFileSync(join(home.path, 'bad.json'), '{"type": "sigstore-bundle", "content": {}}');
    const { code, err } = await evaluate('sent.txt', '--evidence', 'bad.json');
    expect(code).toBe(2);
    expect(err).toContain('does not say which digest it is about');
  });

  it.each([
    ['--registry-config', '{"auths": {}, "credsStore": "desktop"}', 'credsStore names programs'],
    ['--trust-root', '{}', 'it is no trust root'],
    ['--evidence', 'nonsense', 'it is not JSON'],
  ])('says what is wrong with the file of %s', async (option, text, message) => {
    writeFileSync(join(home.path, 'wrong.json'), text);
    const { code, err } = await evaluate('signed.txt', option, 'wrong.json');
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

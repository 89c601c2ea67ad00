import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPolicy } from '../../../src/bundles/index.ts';
import { type Installation, installManifests } from '../../../src/bundles/kubernetes/index.ts';
import type { Json, JsonObject } from '../../../src/values/index.ts';
import { templateOf } from '../../bundles/gatekeeper-export/suites.ts';
import { selfSigned } from '../../evidence/certificate.ts';
import { folders, sourceOf } from '../../policies/library.ts';

/** What a cluster takes manifests by: Gatekeeper's CRDs and client, Kubernetes' types and its CEL; a program in Go. */
const hasGo = spawnSync('go', ['version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'pratique-install-'));
const program = join(folder, 'check');
const directory = 'test/clients/install';
const { cert } = selfSigned();

const installation: Installation = {
  server: 'https://127.0.0.1:1',
  org: 'acme',
  policy: 'production',
  token: 'pqt_secret',
  caBundle: cert,
  exemptNamespaces: ['argocd'],
};

let crds: string;

beforeAll(() => {
  if (!hasGo) return;
  go('build', '-o', program, '.');
  const module = 'github.com/open-policy-agent/frameworks/constraint';
  crds = join(go('list', '-m', '-f', '{{.Dir}}', module).trim(), 'deploy/crds.yaml');
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

function go(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('go', args, { cwd: directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

interface Checked {
  readonly kind: string;
  readonly problems: readonly string[];
  readonly messages: readonly string[];
}

function check(objects: readonly Json[]): readonly Checked[] {
  const input = JSON.stringify(objects);
  const { status, stdout, stderr } = spawnSync(program, [crds], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Checked[];
}

function installed(changed: Partial<Installation> = {}): readonly JsonObject[] {
  return loadAll(installManifests({ ...installation, ...changed })) as JsonObject[];
}

const problemsOf = (objects: readonly Json[]) =>
  check(objects).flatMap(({ kind, problems }) => problems.map(problem => `${kind}: ${problem}`));

const pod = (image: string): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'shop' },
  spec: { containers: [{ name: 'c', image }] },
});

/** One of the objects that are installed, with what stands at a path of it replaced. */
function changed(kind: string, change: (text: string) => string): readonly Json[] {
  const object = installed().find(each => each['kind'] === kind)!;
  return [JSON.parse(change(JSON.stringify(object))) as Json];
}

describe.skipIf(!hasGo)('what is installed, in a cluster (needs go on the PATH)', () => {
  it.each<[string, Partial<Installation>]>([
    ['as it is', {}],
    ['of a channel', { policy: 'production@canary' }],
    ['of a policy with a long name', { policy: `production-${'x'.repeat(50)}@v1.2.3` }],
    ['of an organisation with a long name', { org: `acme-${'x'.repeat(34)}` }],
  ])('is taken by the real schemas, types and CEL, %s', (_what, change) => {
    const objects = installed(change);
    expect(objects).toHaveLength(5);
    expect(problemsOf(objects)).toEqual([]);
  });

  it.each<[string, string, (text: string) => string, RegExp]>([
    ['an unknown field', 'Provider', text => text.replace('"timeout"', '"timeouts"'), /timeouts/u],
    ['a wrong type', 'Provider', text => text.replace('"timeout":3', '"timeout":"3"'), /timeout/u],
    ['http', 'Provider', text => text.replace('https:', 'http:'), /HTTPS/u],
    ['no CA', 'Provider', text => text.replace(/"caBundle":"[^"]*"/u, '"caBundle":""'), /CA/iu],
    [
      'broken Rego',
      'ConstraintTemplate',
      text => text.replace('not is_deleted', 'not is_delted'),
      /is_delted/u,
    ],
    [
      'an unknown field of a webhook',
      'ValidatingWebhookConfiguration',
      text => text.replace('"sideEffects"', '"sideEffect"'),
      /sideEffect/u,
    ],
    [
      'a condition that is no CEL',
      'MutatingWebhookConfiguration',
      text => text.replace('has(object.metadata', 'hass(object.metadata'),
      /hass/u,
    ],
    [
      'an address with a query',
      'ValidatingWebhookConfiguration',
      text => text.replace('pqt_secret', 'a?b=c'),
      /the address/u,
    ],
  ])('would not be taken with %s', (_what, kind, change, problem) => {
    const problems = problemsOf(changed(kind, change));
    expect(problems.join('\n')).toMatch(problem);
  });

  it('denies what the provider did not allow, and shows nobody its address', () => {
    const [, , , , , answered] = check([...installed(), pod('nginx:1.29')]);
    expect(answered!.messages).toHaveLength(1);
    expect(answered!.messages[0]).toMatch(/^nginx:1\.29: .*the provider.*refused/u);
    expect(answered!.messages[0]).not.toContain('pqt_secret');
  });
});

describe.skipIf(!hasGo)('what is exported, in a cluster (needs go on the PATH)', () => {
  const provider = 'pratique-acme-production';

  it('is taken by the real client, with a Provider where evidence is needed', () => {
    const objects = folders.flatMap(each => Object.values(templateOf(sourceOf(each), { provider })));
    expect(problemsOf([installed()[0]!, ...objects])).toEqual([]);
  }, 60_000);

  it('lets nothing in where rules contradict each other', () => {
    const text =
      'package acme\n\nlevel := 1\n\nlevel := count(input.images) + 1\n\ndeny contains "x" if level > 5\n';
    const { policy } = readPolicy('contradiction', [{ path: 'a.policy', text }]);
    const { template, constraint } = templateOf(policy!);
    const [, , reviewed] = check([template, constraint, pod('nginx:1')]);
    expect(reviewed!.problems.length + reviewed!.messages.length).toBeGreaterThan(0);
    expect([...reviewed!.problems, ...reviewed!.messages].join()).toContain('conflict');
  });

  it('is taken where no rule but those of the provider is left', () => {
    const { policy } = readPolicy('alone', [{ path: 'a.policy', text: 'package acme\n\nrequire sbom\n' }]);
    const { template, constraint } = templateOf(policy!, { provider });
    const answers = check([installed()[0]!, template, constraint, pod('nginx:1')]);
    expect(answers.flatMap(({ problems }) => problems)).toEqual([]);
    expect(answers.at(-1)!.messages).toEqual([expect.stringMatching(/^nginx:1: .*the provider/u)]);
  });

  it('denies what the provider did not allow, beside what the cluster denies itself', () => {
    const { template, constraint } = templateOf(sourceOf('sets/supply-chain'), { provider });
    const answers = check([installed()[0]!, template, constraint, pod('nginx')]);
    const { messages } = answers.at(-1)!;
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^nginx: .*the provider.*refused/u),
        expect.stringMatching(/^pratique\.digests\.require_digest\.require_digest: nginx/u),
      ]),
    );
    expect(messages.join()).not.toContain('pqt_secret');
  });
});

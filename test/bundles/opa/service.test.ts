import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerificationKey } from '../../../src/bundles/opa/index.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import { folder } from '../../cli/run.ts';
import { tethered } from '../../differential/tethered.ts';
import { freePort } from '../../free-port.ts';
import { type Service, startService } from '../../service.ts';
import { hasOpa, opa, withOpa } from './opa.ts';

const policy = (tags: string) =>
  `package acme.prod\n\nallow registry "docker.io", "ghcr.io/acme/**"\n\ndeny tag ${tags} because "it moves"\n\n` +
  'exempt "docker.io/library/redis" from deny_tag until "2099-01-01" because "OPS-1"\n';

const images = [
  'nginx',
  'redis',
  'ghcr.io/acme/api:1.2',
  'ghcr.io/evil/api:1.2',
  'nginx:edge',
  'Not/An/Image',
];

let service: Service;
let token: string;

beforeAll(async () => {
  if (!hasOpa) return;
  service = await startService();
  token = await service.newOrganisation('acme');
  await publish('"latest"');
}, 120_000);
afterAll(() => service?.stop(), 60_000);

async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(service.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

async function publish(tags: string): Promise<void> {
  const path = '/v1/orgs/acme/policies/production';
  const { version } = await ask<{ version: number }>(path, 'PUT', { files: { 'prod.policy': policy(tags) } });
  await ask(`${path}/channels/stable`, 'PUT', { version });
}

async function signingKey(): Promise<VerificationKey> {
  const { items } = await ask<{ items: readonly VerificationKey[] }>('/v1/orgs/acme/keys');
  return items[0]!;
}

/** What is compared of a verdict: who is denied by which rule, and why; of a reference that is none, OPA knows no more. */
function said({ decision, violations }: Pick<Verdict, 'decision' | 'violations'>) {
  const texts = violations.map(({ rule, image, message, because, exempted }) =>
    JSON.stringify([rule, image, rule === 'pratique.reference' || message, because, exempted?.until]),
  );
  return { decision, violations: [...new Set(texts)].sort() };
}

const evaluated = () => ask<Verdict>('/v1/evaluate', 'POST', { policy: 'acme/production', images });

/** An OPA that pulls the bundle and verifies it by a key; it ends with the test. */
async function startOpa(key: VerificationKey) {
  const config = {
    services: { pratique: { url: service.url, credentials: { bearer: { token } } } },
    keys: { [key.id]: { algorithm: key.algorithm, key: key.key } },
    bundles: {
      production: {
        service: 'pratique',
        resource: '/bundles/acme/production.tar.gz',
        signing: { keyid: key.id },
        polling: { min_delay_seconds: 1, max_delay_seconds: 2 },
      },
    },
  };
  const home = folder({ 'opa.json': JSON.stringify(config) });
  const port = await freePort();
  const { release } = tethered('opa', [
    ...['run', '--server', '--addr', `127.0.0.1:${port}`, '--disable-telemetry'],
    ...['--config-file', join(home.path, 'opa.json')],
  ]);
  const address = `http://127.0.0.1:${port}`;
  return {
    isReady: async () => (await fetch(`${address}/health?bundles`).catch(() => undefined))?.status === 200,
    isUp: async () => (await fetch(`${address}/health`).catch(() => undefined))?.status === 200,
    verdict: async () => {
      const response = await fetch(`${address}/v1/data/pratique/verdict`, {
        method: 'POST',
        body: JSON.stringify({ input: { images } }),
      });
      return ((await response.json()) as { result: Verdict }).result;
    },
    stop: () => {
      release();
      rmSync(home.path, { recursive: true });
    },
  };
}

const patience = { timeout: 30_000, interval: 500 };

describe.skipIf(!hasOpa)(`${withOpa} with bundles of the service`, () => {
  it('pulls, verifies, answers as the service does, and follows the channel', async () => {
    const engine = await startOpa(await signingKey());
    try {
      await expect.poll(engine.isReady, patience).toBe(true);
      const before = said(await evaluated());
      expect(before.violations).toHaveLength(4);
      expect(said(await engine.verdict())).toEqual(before);
      await publish('"latest", "edge"');
      const after = said(await evaluated());
      expect(after.violations).toHaveLength(5);
      await expect.poll(async () => said(await engine.verdict()), patience).toEqual(after);
    } finally {
      engine.stop();
    }
  });

  it('does not use a bundle that another key has signed', async () => {
    const retired = await signingKey();
    await ask('/v1/orgs/acme/keys', 'POST');
    const key = await signingKey();
    expect(key.id).not.toBe(retired.id);
    const [right, wrong] = [await startOpa(key), await startOpa({ ...retired, id: key.id })];
    try {
      await expect.poll(right.isReady, patience).toBe(true);
      await expect.poll(wrong.isUp, patience).toBe(true);
      expect(await wrong.isReady()).toBe(false);
      expect(await wrong.verdict()).toBeUndefined();
    } finally {
      right.stop();
      wrong.stop();
    }
  });

  it('evaluates the file of a bundle', async () => {
    const response = await fetch(`${service.url}/bundles/acme/production.tar.gz`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const bundle = new Uint8Array(await response.arrayBuffer());
    const text = opa({ 'b.tar.gz': bundle, 'input.json': JSON.stringify({ images }) }, [
      ...[
        'eval',
        '--bundle',
        'b.tar.gz',
        '--input',
        'input.json',
        '--format',
        'raw',
        'data.pratique.verdict',
      ],
    ]);
    expect(said(JSON.parse(text) as Verdict)).toEqual(said(await evaluated()));
  });
});

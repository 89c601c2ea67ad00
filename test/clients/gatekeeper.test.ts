import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../evidence/certificate.ts';
import { type Service, send, startService } from '../service.ts';

/** Gatekeeper's own client of external data, a program in Go, against the Worker over TLS 1.3. */
const hasGo = spawnSync('go', ['version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'pratique-clients-'));
const client = join(folder, 'client');
const { cert, key } = selfSigned();

let service: Service;
let token: string;

beforeAll(async () => {
  if (!hasGo) return;
  const built = spawnSync('go', ['build', '-o', client, '.'], {
    cwd: 'test/clients/external-data',
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(built.stderr);
  service = await startService({ certificate: { cert, key } });
  const admin = await service.newOrganisation('acme');
  await publish(admin);
  token = await evaluatorToken(admin);
}, 600_000);

afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  readonly path: string;
  readonly keys: readonly string[];
}

interface Answered {
  readonly status: number;
  readonly error?: string;
  readonly response?: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly response: {
      readonly idempotent?: boolean;
      readonly items?: readonly { key: string; value?: unknown; error?: string }[];
      readonly systemError?: string;
    };
  };
}

function ask(
  questions: readonly Asked[],
  caBundle = Buffer.from(cert).toString('base64'),
): readonly Answered[] {
  const input = questions.map(({ path, keys }) => ({
    spec: { url: `${service.url}${path}`, timeout: 3, caBundle },
    keys,
  }));
  const { stdout, stderr } = spawnSync(client, { input: JSON.stringify(input), encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as Answered[];
}

async function publish(admin: string): Promise<void> {
  const files = { 'acme.policy': 'package acme\n\ndeny tag "latest" because "it moves"\n' };
  const policy = '/v1/orgs/acme/policies/production';
  await change('PUT', policy, admin, { files });
  await change('PUT', `${policy}/channels/stable`, admin, { version: 1 });
}

async function evaluatorToken(admin: string): Promise<string> {
  const expires_at = new Date(Date.now() + 86_400_000).toISOString();
  const body = { label: 'cluster', roles: ['evaluate'], policies: ['production'], expires_at };
  return (JSON.parse(await change('POST', '/v1/orgs/acme/tokens', admin, body)) as { token: string }).token;
}

async function change(method: string, path: string, admin: string, body: unknown): Promise<string> {
  const { status, text } = await send(`${service.url}${path}`, { method, token: admin, body, cert });
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return text;
}

describe.skipIf(!hasGo)('Gatekeeper’s client of external data (needs go on the PATH)', () => {
  it('reads verdicts', () => {
    const [answered] = ask([
      { path: `/gatekeeper/acme/production/validate/${token}`, keys: ['nginx', 'nginx:1'] },
    ]);
    expect(answered).toMatchObject({
      status: 200,
      response: {
        apiVersion: 'externaldata.gatekeeper.sh/v1beta1',
        kind: 'ProviderResponse',
        response: {
          idempotent: true,
          items: [
            { key: 'nginx', value: { allowed: false, decision: 'deny' } },
            { key: 'nginx:1', value: { allowed: true, decision: 'allow' } },
          ],
        },
      },
    });
  });

  it('is told of every failure by a system error', () => {
    const good = `/gatekeeper/acme/production/validate/${token}`;
    const paths = [
      good.replace('acme', 'other'),
      good.replace('production', 'absent'),
      good.slice(0, -1),
      `${good}/more`,
      '/gatekeeper',
    ];
    const answers = ask(paths.map(path => ({ path, keys: ['nginx:1'] })));
    for (const { response } of answers.slice(0, 4)) {
      expect(response!.response.items ?? []).toEqual([]);
      expect(response!.response.systemError).toMatch(/\S/u);
    }
  });

  it('takes no other roots', () => {
    const other = Buffer.from(selfSigned().cert).toString('base64');
    const [answered] = ask(
      [{ path: `/gatekeeper/acme/production/validate/${token}`, keys: ['nginx'] }],
      other,
    );
    expect(answered!.error).toContain('certificate');
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/decide/index.ts';
import { folder, run } from '../cli/run.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let home: ReturnType<typeof folder>;
beforeAll(async () => {
  server = await startServer();
  const rule = [
    'package acme',
    'deny contains response.body.team if {',
    `\tresponse := http.send({"method": "GET", "url": "${server.origin}/teams"})`,
    '}',
  ].join('\n');
  home = folder({
    'ca.pem': server.cert,
    'alone.rego': rule,
    'set/teams.rego': rule,
    'set/policy.yaml': `http: { allow: ["localhost:${server.port}"] }\n`,
    'images.txt': 'nginx:1\n',
  });
});
afterAll(async () => {
  home.remove();
  await server.close();
});

async function evaluate(...args: readonly string[]) {
  const env = { NODE_EXTRA_CA_CERTS: join(home.path, 'ca.pem') };
  const all = ['eval', '--format', 'json', ...args, 'images.txt'];
  const { code, out, err } = await run(all, { cwd: home.path, env });
  return { code, err, verdict: (out === '' ? undefined : JSON.parse(out)) as Verdict | undefined };
}

describe('pratique eval', () => {
  const local = ['--allow-private-host', 'localhost'];

  it('asks the hosts of policy.yaml', async () => {
    const { code, verdict } = await evaluate('-p', 'set', ...local);
    expect(code).toBe(1);
    expect(verdict).toMatchObject({
      violations: [{ message: 'shop' }],
      evidence: [{ source: server.origin, status: '200 OK' }],
      errors: [],
    });
  });

  it('asks the hosts that the options allow', async () => {
    const { code } = await evaluate('-p', 'alone.rego', '--allow-host', `localhost:${server.port}`, ...local);
    expect(code).toBe(1);
  });

  it('asks no other host, and no private one that is not named', async () => {
    const unlisted = await evaluate('-p', 'alone.rego', ...local);
    expect(unlisted.code).toBe(3);
    expect(unlisted.verdict!.errors[0]!.message).toContain('does not allow the host');
    const unnamed = await evaluate('-p', 'set');
    expect(unnamed.code).toBe(3);
    expect(unnamed.verdict!.errors[0]!.message).toContain('is not a host of the public internet');
  });

  it('says which option names no host', async () => {
    const { code, err } = await evaluate('-p', 'set', '--allow-host', 'https://acme.io');
    expect(code).toBe(2);
    expect(err).toContain('--allow-host "https://acme.io" is no host');
    expect((await evaluate('-p', 'set', '--allow-private-host', '*.acme.io')).code).toBe(2);
  });
});

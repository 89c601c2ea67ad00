import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** The Worker as wrangler runs it, listening on this machine only, with stores of its own. */
export interface Service {
  readonly url: string;
  /** Makes an organisation, and gives the token of its admin. */
  readonly newOrganisation: (name: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

const wrangler = ['node_modules/wrangler/bin/wrangler.js'];
const operator = 'operator-of-the-tests';

const environment = {
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  CI: 'true',
};

/** Runs `"$@"` in a group of its own until standard input closes, and ends all of the group then. */
const guard = 'trap "" HUP INT TERM; setsid "$@" </dev/null & while read -r _; do :; done; kill -9 -$!; wait';

/** Starts the Worker; it never outlives this process, however that ends: a shell holds it by a pipe from here. */
export async function startService(): Promise<Service> {
  const state = mkdtempSync(join(tmpdir(), 'pratique-service-'));
  const migrated = spawnSync(
    process.execPath,
    [...wrangler, 'd1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state],
    { env: environment, encoding: 'utf8' },
  );
  if (migrated.status !== 0) throw new Error(`migrations: ${migrated.stdout}${migrated.stderr}`);
  const port = await freePort();
  const args = [
    ...[...wrangler, 'dev', '--local', '--ip', '127.0.0.1', '--port', String(port), '--persist-to', state],
    ...['--inspector-port', '0', '--var', `PRATIQUE_OPERATOR_TOKEN:${operator}`],
    ...['--var', `PRATIQUE_SEALING_KEY:${btoa('k'.repeat(32))}`],
  ];
  const shell = spawn('sh', ['-c', guard, 'sh', process.execPath, ...args], {
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.stdin.on('error', () => {});
  const ended = new Promise<void>(resolve => shell.on('close', () => resolve()));
  const stop = async () => {
    shell.stdin.end();
    await ended;
    rmSync(state, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  if (!(await answers(`${url}/health`))) {
    await stop();
    throw new Error('the Worker did not start');
  }
  return { url, newOrganisation: name => newOrganisation(url, name), stop };
}

async function newOrganisation(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}/v1/orgs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, title: name }),
  });
  const { admin } = (await response.json()) as { admin?: { token: string } };
  if (admin === undefined) throw new Error(`no organisation was made: ${response.status}`);
  return admin.token;
}

async function answers(address: string): Promise<boolean> {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) return true;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return false;
}

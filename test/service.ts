import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
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

export interface ServiceOptions {
  /** Serves over TLS with it, PEM; in the clear where absent. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/** Starts the Worker; it never outlives this process, however that ends: a shell holds it by a pipe from here. */
export async function startService({ certificate }: ServiceOptions = {}): Promise<Service> {
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
    ...(certificate === undefined ? [] : tlsArgs(state, certificate)),
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
  const url = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  if (!(await answers(url, certificate?.cert))) {
    await stop();
    throw new Error('the Worker did not start');
  }
  return { url, newOrganisation: name => newOrganisation(url, name, certificate?.cert), stop };
}

function tlsArgs(
  folder: string,
  { cert, key }: NonNullable<ServiceOptions['certificate']>,
): readonly string[] {
  const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(certPath, cert);
  writeFileSync(keyPath, key);
  return ['--local-protocol', 'https', '--https-cert-path', certPath, '--https-key-path', keyPath];
}

interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  /** Of a service over TLS, PEM: `fetch` cannot be told of one. */
  readonly cert?: string | undefined;
}

/** Status and text of an answer. */
export function send(
  url: string,
  { method = 'GET', token, body, cert }: Sent,
): Promise<{ readonly status: number; readonly text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const options = { method, headers, ...(cert !== undefined && { ca: cert }) };
  const sent = (cert === undefined ? requestHttp : requestHttps)(url, options, response => {
    const chunks: Buffer[] = [];
    response.on('data', chunk => chunks.push(chunk));
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
    );
  });
  sent.on('error', reject);
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}

async function newOrganisation(url: string, name: string, cert?: string): Promise<string> {
  const body = { name, title: name };
  const { status, text } = await send(`${url}/v1/orgs`, { method: 'POST', token: operator, body, cert });
  if (status !== 201) throw new Error(`no organisation was made: ${status} ${text}`);
  return (JSON.parse(text) as { admin: { token: string } }).admin.token;
}

async function answers(url: string, cert?: string): Promise<boolean> {
  for (let tries = 0; tries < 300; tries++) {
    const sent = await send(`${url}/health`, { cert }).catch(() => undefined);
    if (sent?.status === 200) return true;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  return false;
}

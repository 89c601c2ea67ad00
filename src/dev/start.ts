import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { localSecrets } from './local-secrets.ts';

/**
 * `npm start`: the Worker on this machine, with its own D1, KV, queue and secrets below `.wrangler/`. No
 * account, and nothing goes to the network. `PORT` or the first argument sets the port; variables and secrets of
 * your own stand in `.dev.vars`.
 */
const wrangler = 'node_modules/wrangler/bin/wrangler.js';

const environment = {
  ...process.env,
  // No telemetry, no look for a newer version, no fetch of the platform's example of request properties.
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  // Never asks, also where this is a terminal.
  CI: 'true',
};

const children = new Set<ChildProcess>();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stop(0));
}

await main();

async function main(): Promise<void> {
  const wanted = wantedPort();
  const port = await freePort(wanted);
  if (port !== wanted) say(`Port ${wanted} is in use; taking ${port}.`);
  say('Applying the migrations of the local database …');
  await finish(['d1', 'migrations', 'apply', 'DB', '--local']);
  say('Starting the Worker …');
  const secrets = localSecrets('.wrangler');
  const files = [secrets.path, '.dev.vars'].filter(path => existsSync(path));
  const server = run(
    [
      ...['dev', '--local', '--ip', '127.0.0.1', '--port', String(port)],
      ...files.flatMap(path => ['--env-file', path]),
    ],
    ['ignore', 'pipe', 'inherit'],
  );
  createInterface({ input: server.stdout! }).on('line', showLog);
  server.on('exit', code => stop(code ?? 1));
  const address = `http://127.0.0.1:${port}`;
  await answering(`${address}/health`);
  say(welcome(address, secrets.operatorToken));
}

function wantedPort(): number {
  const text = process.argv[2] ?? process.env['PORT'] ?? '8787';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  say(`${text} is not a port.`);
  process.exit(2);
}

/** The port itself or the next one that is free; gives up after ten. */
async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < Math.min(wanted + 10, 65_536); port++) {
    if (await isFree(port)) return port;
  }
  say(`Ports ${wanted} to ${wanted + 9} are in use; name another: PORT=9000 npm start`);
  process.exit(1);
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  return promise;
}

function run(args: readonly string[], stdio: StdioOptions): ChildProcess {
  const child = spawn(process.execPath, [wrangler, ...args], { env: environment, stdio });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** Runs a command to its end, quietly; what it said is shown only where it failed. */
async function finish(args: readonly string[]): Promise<void> {
  const child = run(args, ['ignore', 'pipe', 'pipe']);
  const said: Buffer[] = [];
  child.stdout?.on('data', chunk => said.push(chunk));
  child.stderr?.on('data', chunk => said.push(chunk));
  const { promise, resolve } = Promise.withResolvers<number>();
  child.on('exit', code => resolve(code ?? 1));
  const code = await promise;
  if (code === 0) return;
  process.stderr.write(Buffer.concat(said));
  stop(code);
}

/** Of what wrangler prints only the Worker's own log. */
function showLog(line: string): void {
  if (line.startsWith('{')) say(line);
}

async function answering(url: string): Promise<void> {
  while (!(await answers(url))) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    if (!response.ok) say(`${url} answers ${response.status}: ${await response.text()}`);
    return true;
  } catch {
    return false;
  }
}

function welcome(address: string, operatorToken: string): string {
  return `
Pratique answers at ${address} (reference: ${address}/docs). Ctrl-C ends it.

Try it:

  echo nginx | curl -sS --data-binary @- -H 'content-type: text/plain' \\
    '${address}/v1/evaluate?policy=production&format=text'

Make an organisation, and be shown its first token (docs/organisations.md):

  curl -sS '${address}/v1/orgs' -H 'authorization: Bearer ${operatorToken}' \\
    -H 'content-type: application/json' -d '{"name": "acme", "title": "Acme"}'
`;
}

function say(text: string): void {
  console.log(text);
}

function stop(code: number): never {
  for (const child of children) child.kill('SIGTERM');
  process.exit(code);
}

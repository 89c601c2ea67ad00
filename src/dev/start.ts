import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/**
 * `npm start`: the Worker on this machine, with its own D1 and KV below `.wrangler/`. No account, and
 * nothing goes to the network. `PORT` or the first argument sets the port.
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
  const server = run(
    ['dev', '--local', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn'].concat(
      '--show-interactive-dev-session=false',
    ),
    'inherit',
  );
  server.on('exit', code => stop(code ?? 1));
  const address = `http://127.0.0.1:${port}`;
  await answering(`${address}/health`);
  say(welcome(address));
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

function run(args: readonly string[], output: 'inherit' | 'pipe'): ChildProcess {
  const child = spawn(process.execPath, [wrangler, ...args], {
    env: environment,
    stdio: ['ignore', output, output],
  });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** Runs a command to its end, quietly; what it said is shown only where it failed. */
async function finish(args: readonly string[]): Promise<void> {
  const child = run(args, 'pipe');
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

async function answering(url: string): Promise<void> {
  for (;;) {
    const status = await fetch(url).then(
      response => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function welcome(address: string): string {
  return `
Pratique answers at ${address} (reference: ${address}/docs). Ctrl-C ends it.

Try it:

  curl --data-binary 'image: nginx' -H 'content-type: text/plain' ${address}/v1/evaluate?policy=production
`;
}

function say(text: string): void {
  console.log(text);
}

function stop(code: number): never {
  for (const child of children) child.kill('SIGTERM');
  process.exit(code);
}

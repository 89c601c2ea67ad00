import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `https` is spoken with, in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

export interface Registry {
  /** `localhost:PORT`. */
  readonly host: string;
  readonly certFile: string;
  readonly close: () => Promise<void>;
}

/** The user `ci` with the password `secret`, as htpasswd -B writes them. */
const users = 'ci:$2y$05$raRLJr80Kxg0A5DKEbUWwOL84hniCrb.gJcpQaqBxgQdjSoHnejLK\n';

/**
 * Debian's docker-registry on the loopback interface, with https, all that it holds in a directory of its own.
 * Installs it where this process is root and apt knows it; throws an error that says what to install otherwise.
 */
export async function startRegistry(
  { cert, key }: Identity,
  options: { readonly users?: boolean } = {},
): Promise<Registry> {
  ensureInstalled();
  const home = mkdtempSync(join(tmpdir(), 'pratique-registry-'));
  const port = await freePort();
  const file = (name: string, text: string): string => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const certFile = file('cert.pem', cert);
  mkdirSync(join(home, 'data'));
  const config = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(home, 'data') }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}`, tls: { certificate: certFile, key: file('key.pem', key) } },
    ...(options.users && { auth: { htpasswd: { realm: 'acme', path: file('users', users) } } }),
  };
  const child = spawn('docker-registry', ['serve', file('config.yml', JSON.stringify(config))], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  await listening(port, ended);
  const close = async () => {
    child.kill();
    await ended;
    rmSync(home, { recursive: true });
  };
  return { host: `localhost:${port}`, certFile, close };
}

function ensureInstalled(): void {
  if (isInstalled()) return;
  try {
    const apt = (...args: readonly string[]) =>
      execFileSync('apt-get', args, {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    // A machine that is new has no lists of packages yet.
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'docker-registry');
  } catch {
    throw new Error('these tests need docker-registry: install it with "apt-get install docker-registry"');
  }
}

function isInstalled(): boolean {
  try {
    execFileSync('docker-registry', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function listening(port: number, ended: Promise<void>): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (let tries = 0; tries < 200 && !over; tries++) {
    if (await connects(port)) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('docker-registry does not start');
}

function connects(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

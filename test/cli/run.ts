import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** For Node itself. */
  readonly node?: readonly string[];
}

const launcher = join(import.meta.dirname, '../../src/cli/pratique.mjs');

/** Runs the command line as a process of its own, without colours unless `env` wants them. */
export function run(
  args: readonly string[],
  { cwd, input = '', env = {}, node = [] }: RunOptions = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [...node, launcher, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
  });
  const [out, err] = [text(child.stdout), text(child.stderr)];
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', async code => resolve({ code, out: await out, err: await err }));
  });
}

/** A directory with these files; the function that is given too removes it. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): {
  readonly path: string;
  readonly remove: () => void;
} {
  const path = mkdtempSync(join(tmpdir(), 'pratique-cli-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

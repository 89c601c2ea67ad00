import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tethered } from './tethered.ts';

/** A program that notes its process and would stay for an hour. */
const patient = (note: string) => ['sh', ['-c', `echo $$ > '${note}'; exec sleep 3600`]] as const;

let folder: string;
let note: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tethered-'));
  note = join(folder, 'process');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Waits until `holds` does. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 10));
}

function noted(): number {
  try {
    return Number(readFileSync(note, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

/** Another Node that starts the patient program and stays. */
function parent(): ChildProcess {
  const module = JSON.stringify(new URL('./tethered.ts', import.meta.url).href);
  const [command, args] = patient(note);
  const script = `const { tethered } = await import(${module});
tethered(${JSON.stringify(command)}, ${JSON.stringify(args)});
setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
}

describe('a tethered program', () => {
  it('ends when it is released', async () => {
    const { release } = tethered(...patient(note));
    await until(() => noted() > 0);
    expect(isAlive(noted())).toBe(true);
    release();
    await until(() => !isAlive(noted()));
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('ends when its parent gets %s', async signal => {
    const other = parent();
    await until(() => noted() > 0);
    expect(isAlive(noted())).toBe(true);
    other.kill(signal);
    await once(other, 'exit');
    await until(() => !isAlive(noted()));
  });
});

import { type ChildProcess, spawn } from 'node:child_process';

/** Runs `"$@"` until standard input closes; signals meant for the terminal's programs do not reach it. */
const guard = 'trap "" HUP INT TERM; "$@" </dev/null & while read -r _; do :; done; kill -9 $!; wait';

/**
 * A program that never outlives this one, however this one ends: a shell holds it by a pipe from here, which
 * the system closes even where this process is killed. `release` ends it at once.
 */
export function tethered(command: string, args: readonly string[]): { readonly release: () => void } {
  const shell: ChildProcess = spawn('sh', ['-c', guard, 'sh', command, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.stdin!.on('error', () => {});
  return { release: () => shell.stdin!.end() };
}

import { spawnSync } from 'node:child_process';
import { folder } from '../../cli/run.ts';

const version = spawnSync('gator', ['version'], { encoding: 'utf8' });

/** Whether Gatekeeper's own gator is on the PATH. */
export const hasGator = version.error === undefined;

/** Stands in the names of tests, so that those that could not run say why. */
export const withGator = hasGator
  ? `gator ${/v\d[\w.]*/u.exec(version.stdout)?.[0]}`
  : 'gator (not run: no gator on the PATH)';

/** What `gator verify` says of suites; empty where all cases pass. */
export function verify(files: Readonly<Record<string, string>>): string {
  const home = folder(files);
  try {
    const { status, stdout, stderr } = spawnSync('gator', ['verify', './...'], {
      cwd: home.path,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return status === 0 ? '' : stdout + stderr;
  } finally {
    home.remove();
  }
}

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextFile } from '../../../src/bundles/index.ts';
import { folder } from '../../cli/run.ts';

const version = spawnSync('opa', ['version'], { encoding: 'utf8' });

/** Whether a real OPA is on the PATH. */
export const hasOpa = version.error === undefined;

/** Stands in the names of tests, so that those that could not run say why. */
export const withOpa = hasOpa
  ? `OPA ${/Version: (\S+)/u.exec(version.stdout)?.[1]}`
  : 'OPA (not run: no opa on the PATH)';

const directory = join(import.meta.dirname, '../../../opa');

/** The Rego that comes with what is exported. */
export const opaLibrary: readonly TextFile[] = readdirSync(directory)
  .sort()
  .map(path => ({ path, text: readFileSync(join(directory, path), 'utf8') }));

/** Runs `opa` in a directory with these files; throws what it says where it fails. */
export function opa(files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[]): string {
  const home = folder(files);
  try {
    const { status, stdout, stderr } = spawnSync('opa', args, {
      cwd: home.path,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    return stdout;
  } finally {
    home.remove();
  }
}

/** The value of a query, of rules and an input. */
export function askOpa(files: readonly TextFile[], query: string, input: unknown): unknown {
  const modules = Object.fromEntries(files.map(({ path, text }) => [`files/${path}`, text]));
  const text = opa({ ...modules, 'input.json': JSON.stringify(input) }, [
    ...[
      'eval',
      '--data',
      'files',
      '--input',
      'input.json',
      '--strict-builtin-errors=false',
      '--format',
      'json',
    ],
    query,
  ]);
  const { result } = JSON.parse(text) as { result?: { expressions: { value: unknown }[] }[] };
  return result?.[0]?.expressions[0]?.value;
}

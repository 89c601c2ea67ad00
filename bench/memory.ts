import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PolicyLibrary, readLibraryPolicy } from '../src/bundles/index.ts';
import { decide, formatVerdict, loadPolicy } from '../src/decide/index.ts';
import { libraryPaths } from '../src/dev/library-index.ts';
import { readSubmission } from '../src/manifests/index.ts';
import type { Row } from './measure.ts';
import { manifests } from './subjects.ts';

/** Two thirds for what stays, the rest for what is young, as V8 divides a heap. */
const heaps = [32, 48, 64, 96, 128].map(whole => ({
  whole,
  old: Math.floor((whole * 2) / 3),
  // What is young has three spaces of this size.
  semi: Math.floor(whole / 9),
}));

/** The smallest heap in which the large manifest is decided upon, of those that were tried. */
export function memoryRow(): Row {
  const what = 'memory: the same decision, heap that suffices';
  const found = heaps.find(({ old, semi }) => suffices(old, semi));
  if (found === undefined) return { what, ours: 'more than 128 MiB' };
  return { what, ours: `${found.whole} MiB`, note: 'in Node; a Worker has 128 MiB' };
}

/** In a process of its own, which a heap that does not suffice ends. */
function suffices(old: number, semi: number): boolean {
  const heap = [`--max-old-space-size=${old}`, `--max-semi-space-size=${semi}`];
  return spawnSync(process.execPath, [...heap, import.meta.filename], { stdio: 'ignore' }).status === 0;
}

if (import.meta.main) for (let turn = 0; turn < 5; turn++) await decideOnce();

async function decideOnce(): Promise<number> {
  const files = libraryPaths().map(path => ({ path, text: readFileSync(`policies/${path}`, 'utf8') }));
  const { policy } = loadPolicy(readLibraryPolicy('production', new PolicyLibrary(files))!.policy!);
  const submission = readSubmission({ manifests: manifests(400) });
  const options = { asOf: 0n, decisionId: 'bench', clock: () => performance.now() * 1000 };
  return formatVerdict(await decide([policy!], submission, options), 'json').body.length;
}

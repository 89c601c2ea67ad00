import { readFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { PolicyLibrary, readLibraryPolicy } from '../src/bundles/index.ts';
import { decide, formatVerdict, loadPolicy } from '../src/decide/index.ts';
import { libraryPaths } from '../src/dev/library-index.ts';
import { readSubmission } from '../src/manifests/index.ts';
import type { Row } from './measure.ts';
import { manifests } from './subjects.ts';

/** Two thirds for what stays, the rest for what is young, as V8 divides a heap. */
const heaps = [32, 48, 64, 96, 128].map(whole => ({ whole, old: (whole * 2) / 3, young: whole / 3 }));

/** The smallest heap in which the large manifest is decided upon, of those that were tried. */
export async function memoryRow(): Promise<Row> {
  const what = 'memory: the same decision, heap that suffices';
  for (const { whole, old, young } of heaps) {
    if (await suffices(old, young))
      return { what, ours: `${whole} MiB`, note: 'in Node; a Worker has 128 MiB' };
  }
  return { what, ours: 'more than 128 MiB' };
}

function suffices(old: number, young: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const worker = new Worker(new URL(import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: old, maxYoungGenerationSizeMb: young },
  });
  worker.once('message', () => resolve(true));
  worker.once('error', () => resolve(false));
  return promise.finally(() => worker.terminate());
}

if (!isMainThread) {
  for (let turn = 0; turn < 5; turn++) await decideOnce();
  parentPort!.postMessage('done');
}

async function decideOnce(): Promise<number> {
  const files = libraryPaths().map(path => ({ path, text: readFileSync(`policies/${path}`, 'utf8') }));
  const { policy } = loadPolicy(readLibraryPolicy('production', new PolicyLibrary(files))!.policy!);
  const submission = readSubmission({ manifests: manifests(400) });
  const options = { asOf: 0n, decisionId: 'bench', clock: () => performance.now() * 1000 };
  return formatVerdict(await decide([policy!], submission, options), 'json').body.length;
}

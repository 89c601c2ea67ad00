#!/usr/bin/env node
// Runs pratique.ts from source. A Node that cannot take the types out of TypeScript hands over to the
// one that is installed with the project.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const entry = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), 'pratique.ts');

if (process.features.typescript) await import('./pratique.ts');
else process.exitCode = handOver();

/** The exit code of the other Node; 2 where there is none. */
function handOver() {
  let node;
  try {
    node = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
  } catch {
    console.error(`pratique: needs Node 22.18 or later, this is ${process.version}`);
    return 2;
  }
  const { status, error } = spawnSync(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (error) console.error(`pratique: cannot run ${node}: ${error.message}`);
  return status ?? 2;
}

#!/usr/bin/env node
import { paintFor } from './colour.ts';
import { main } from './main.ts';

const { stdout, stderr, env } = process;

/** A reader that has seen enough, such as `head`, is no error. */
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2), {
    out: text => stdout.write(text),
    err: text => stderr.write(text),
    paintOut: paintFor(stdout, env),
    paintErr: paintFor(stderr, env),
  });
} catch (error) {
  stderr.write(`pratique: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpaRequest, sentAs } from './sent-as.ts';

/**
 * What OPA itself answers to the requests of `requests.json`, into `replies.json`:
 *
 *   node test/api/opa/record.ts      (an `opa` must be on the PATH)
 */
interface Requests {
  readonly modules: Readonly<Record<string, string>>;
  readonly requests: readonly OpaRequest[];
}

const folder = import.meta.dirname;
const { modules, requests } = JSON.parse(readFileSync(join(folder, 'requests.json'), 'utf8')) as Requests;
const files = mkdtempSync(join(tmpdir(), 'opa-replies-'));
for (const [path, text] of Object.entries(modules)) writeFileSync(join(files, path), text);

const address = '127.0.0.1:18281';
/** As a bundle, which no request may change. */
const server = spawn('opa', ['run', '--server', '--addr', address, '--bundle', '.'], {
  cwd: files,
  stdio: 'ignore',
});
try {
  await answering(`http://${address}/health`);
  const replies = [];
  for (const request of requests) {
    const { method, path } = request;
    const response = await fetch(`http://${address}${path}`, await sentAs(request));
    replies.push({ method, path, status: response.status, body: await response.text() });
  }
  writeFileSync(join(folder, 'replies.json'), `${JSON.stringify(replies, null, 2)}\n`);
} finally {
  server.kill();
  rmSync(files, { recursive: true });
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
  throw new Error('opa does not answer');
}

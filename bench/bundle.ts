import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export interface Bundle {
  readonly script: string;
  readonly bytes: number;
  readonly gzip: number;
}

/** The Worker as one minified module, as a deployment would have it. */
export async function bundleWorker(): Promise<Bundle> {
  const result = await build({
    entryPoints: ['src/worker.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    loader: { '.policy': 'text', '.rego': 'text', '.yaml': 'text' },
  });
  const script = result.outputFiles[0]!.text;
  return { script, bytes: Buffer.byteLength(script), gzip: gzipSync(script).byteLength };
}

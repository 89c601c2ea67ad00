import { isBuiltin } from 'node:module';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

export interface Bundle {
  readonly script: string;
  readonly bytes: number;
  readonly gzip: number;
}

/** A Worker as one minified module, as a deployment would have it: Pratique itself where no other is named. */
export async function bundleWorker(entryPoint = 'src/worker.ts'): Promise<Bundle> {
  const result = await build({
    entryPoints: [entryPoint],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    plugins: [nodeRequires],
    loader: { '.policy': 'text', '.rego': 'text', '.yaml': 'text' },
  });
  const script = result.outputFiles[0]!.text;
  return { script, bytes: Buffer.byteLength(script), gzip: gzipSync(script).byteLength };
}

/** Packages in CommonJS require modules of Node; workerd has them as modules to import, as wrangler does it. */
const nodeRequires: Plugin = {
  name: 'node-requires',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path)
        ? { path: path.replace(/^node:/u, ''), namespace: 'node-requires' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'node-requires' }, ({ path }) => ({
      contents: `import whole from 'node:${path}'; module.exports = whole;`,
    }));
  },
};

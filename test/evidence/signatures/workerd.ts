import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import type { Reply } from './ask.ts';
import type { Question } from './cases.ts';
import { toWire } from './wire.ts';

const compatibilityDate = '2026-10-01';

/** Puts questions to workerd, one after another. */
export class Workerd {
  private readonly miniflare: Miniflare;

  private constructor(miniflare: Miniflare) {
    this.miniflare = miniflare;
  }

  static async start(): Promise<Workerd> {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('./workerd-entry.ts', import.meta.url))],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      conditions: ['workerd', 'worker', 'import'],
      target: 'es2024',
      // Packages in CommonJS ask for the modules of Node by their bare names.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire('file:///worker.js');",
      },
    });
    const options = convertV4MiniflareOptions({
      modules: true,
      script: outputFiles[0]!.text,
      compatibilityDate,
      compatibilityFlags: ['nodejs_compat'],
      cf: false,
    });
    return new Workerd(new Miniflare(options));
  }

  async ask(questions: readonly Question[]): Promise<readonly Reply[]> {
    const body = `[${questions.map(toWire).join(',')}]`;
    const response = await this.miniflare.dispatchFetch('http://worker.test/', { method: 'POST', body });
    if (!response.ok) throw new Error(`workerd answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as readonly Reply[];
  }

  async stop(): Promise<void> {
    await this.miniflare.dispose();
  }
}

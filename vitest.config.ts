import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const testTimeout = 60_000;

/** The files of `policies/` as wrangler bundles them, for tests that import the store outside a Worker. */
const textModules = {
  name: 'text-modules',
  load: (path: string) =>
    /\.(?:policy|rego|yaml)$/u.test(path)
      ? `export default ${JSON.stringify(readFileSync(path, 'utf8'))};`
      : undefined,
};

export default defineConfig({
  test: {
    reporters: ['default', './test/summary.ts'],
    // The Worker's own log, a line for each request.
    onConsoleLog: text => !text.startsWith('{"time":'),
    projects: [
      {
        plugins: [textModules],
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/api/**'], testTimeout },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                MIGRATIONS: await readD1Migrations('src/store/migrations'),
                PRATIQUE_OPERATOR_TOKEN: 'operator-of-the-tests',
                PRATIQUE_SEALING_KEY: Buffer.alloc(32, 7).toString('base64'),
              },
            },
          })),
        ],
        test: {
          name: 'workerd',
          include: ['test/api/**/*.test.ts'],
          setupFiles: ['./test/api/migrations.ts'],
          testTimeout,
        },
      },
    ],
  },
});

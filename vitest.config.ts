import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const testTimeout = 60_000;

export default defineConfig({
  test: {
    reporters: ['default', './test/summary.ts'],
    // The Worker's own log, a line for each request.
    onConsoleLog: text => !text.startsWith('{"time":'),
    projects: [
      {
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/api/**'], testTimeout },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: { MIGRATIONS: await readD1Migrations('src/store/migrations') } },
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

import { readdirSync, readFileSync } from 'node:fs';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';

const compatibilityDate = '2026-10-01';
export const operator = 'operator';
const migrations = 'src/store/migrations';

/** A Worker in workerd, with the bindings that wrangler.toml gives ours and empty stores. */
export function serve(script: string): Miniflare {
  return new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script,
      compatibilityDate,
      compatibilityFlags: ['nodejs_compat'],
      d1Databases: ['DB'],
      kvNamespaces: ['PLANS'],
      queueProducers: { DECISIONS: 'decisions' },
      queueConsumers: { decisions: { maxBatchSize: 50, maxBatchTimeout: 2 } },
      ratelimits: { CALLER_RATE: rate, ORGANISATION_RATE: rate },
      bindings: { PRATIQUE_ANONYMOUS: 'evaluate', PRATIQUE_OPERATOR_TOKEN: operator },
      inspectorPort: 0,
      cf: false,
      handleStructuredLogs: () => undefined,
    }),
  );
}

const rate = { namespace_id: '1', simple: { limit: 1_000_000, period: 60 } } as const;

/** Makes the tables. */
export async function migrate(miniflare: Miniflare): Promise<void> {
  const database = await miniflare.getD1Database('DB');
  for (const file of readdirSync(migrations).sort()) {
    const text = readFileSync(`${migrations}/${file}`, 'utf8').replaceAll(/^--.*$/gmu, '');
    for (const statement of text.split(/;\s*\n/u).filter(each => each.trim() !== ''))
      await database.prepare(statement).run();
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';

const compatibilityDate = '2026-10-01';
const operator = 'operator';
const migrations = 'src/store/migrations';

/** A Worker in workerd, with the bindings that wrangler.toml gives ours, and more, and empty stores. */
export function serve(script: string, bindings: Readonly<Record<string, string>> = {}): Miniflare {
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
      bindings: { PRATIQUE_ANONYMOUS: 'evaluate', PRATIQUE_OPERATOR_TOKEN: operator, ...bindings },
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

/** What the decisions left to be written is written before the stores are gone. */
export async function settled(miniflare: Miniflare): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 3_000));
  await miniflare.dispose();
}

/** The service as the organisation `bench` uses it. */
export class Service {
  private readonly url: URL;
  private token = operator;

  constructor(url: URL) {
    this.url = url;
  }

  /** Makes the organisation and publishes its policy `signed`. */
  async open(files: Readonly<Record<string, string>>): Promise<void> {
    const { admin } = (await this.send('POST', '/v1/orgs', { name: 'bench', title: 'Bench' })) as {
      admin: { token: string };
    };
    this.token = admin.token;
    await this.send('PUT', '/v1/orgs/bench/policies/signed', { files });
    await this.send('PUT', '/v1/orgs/bench/policies/signed/channels/stable', { version: 1 });
  }

  /** Stores a signature ahead. */
  async store(digest: string, content: unknown): Promise<void> {
    const document = { type: 'cosign-signature', subject: digest, content };
    await this.send('PUT', `/v1/orgs/bench/evidence/${digest}`, [document]);
  }

  async send(method: string, path: string, body: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, this.url), {
      method,
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}

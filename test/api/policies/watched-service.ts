import { env } from 'cloudflare:workers';
import { createApp } from '../../../src/api/index.ts';
import { PolicyLibrary } from '../../../src/bundles/index.ts';
import { PolicyCache } from '../../../src/decide/index.ts';
import { libraryFiles, openDatabase, PlanStore } from '../../../src/store/index.ts';
import type { Answer } from '../client.ts';
import { WatchedDatabase, watchedNamespace } from '../watched-database.ts';

/** The service on the real stores, with every access to them noted; each has a memory of its own. */
export class WatchedService {
  readonly database = new WatchedDatabase(env.DB);
  private readonly work: Promise<unknown>[] = [];
  private readonly app = createApp({
    library: new PolicyLibrary(libraryFiles),
    cache: new PolicyCache(),
    bindings: [],
    database: openDatabase(this.database.binding),
    plans: new PlanStore(watchedNamespace(env.PLANS, this.database.accesses)),
    enqueueDecisions: async () => undefined,
    anonymous: true,
    afterwards: work => {
      this.work.push(work.catch(() => undefined));
    },
    now: () => Date.now(),
    clock: () => 0,
    log: () => undefined,
    record: () => undefined,
    version: 'test',
  });

  async call(method: string, path: string, headers: Headers, body?: unknown): Promise<Answer> {
    const all = new Headers(headers);
    all.set('content-type', 'application/json');
    const init = { method, headers: all, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await this.app.request(path, init);
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as unknown) : undefined;
    return { status: response.status, headers: response.headers, text, json };
  }

  /** What was read of the stores until the answer was given; what is done afterwards is waited for. */
  async readsOf(call: () => Promise<Answer>): Promise<readonly string[]> {
    await this.settle();
    this.database.accesses.length = 0;
    const { status, text } = await call();
    if (status !== 200) throw new Error(text);
    const reads = this.database.accesses.filter(access => access !== 'kv put');
    await this.settle();
    return reads;
  }

  private async settle(): Promise<void> {
    while (this.work.length > 0) await this.work.pop();
  }
}

import { env } from 'cloudflare:workers';
import { createApp } from '../../../src/api/index.ts';
import { PolicyLibrary } from '../../../src/bundles/index.ts';
import { PolicyCache } from '../../../src/decide/index.ts';
import { type OutsideRequest, RegistryCache } from '../../../src/evidence/index.ts';
import { openDatabase, writeDecisions } from '../../../src/store/index.ts';

/** Of every image that there is. */
export const digest = `sha256:${'d'.repeat(64)}`;

/** Has every image but `absent`; `slow.acme.io` never answers. */
function registry({ url, signal }: OutsideRequest): Promise<Response> {
  if (url.hostname === 'slow.acme.io') {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }
  if (url.pathname.includes('absent')) return Promise.resolve(new Response('', { status: 404 }));
  return Promise.resolve(new Response('{}', { headers: { 'docker-content-digest': digest } }));
}

/** The service as clusters ask it, with a registry of its own; `pending` is what it does afterwards. */
export function clusterApp(more: Partial<Parameters<typeof createApp>[0]> = {}) {
  const database = openDatabase(env.DB);
  const pending: Promise<unknown>[] = [];
  const app = createApp({
    library: new PolicyLibrary([]),
    cache: new PolicyCache(),
    bindings: [],
    database,
    enqueueDecisions: messages => writeDecisions(database, messages),
    providerDeadline: 500,
    afterwards: work => pending.push(work),
    now: () => Date.now(),
    clock: () => performance.now() * 1000,
    log: () => undefined,
    record: () => undefined,
    version: 'test',
    outside: { fetch: registry, clock: () => Date.now() },
    registry: { cache: new RegistryCache() },
    ...more,
  });
  return { app, database, pending };
}

import type { D1Database, KVNamespace } from '@cloudflare/workers-types';

/** What wrangler.toml binds; see SCHEMA.md. */
export interface Bindings {
  readonly DB: D1Database;
  readonly PLANS: KVNamespace;
  /** Hosts that policies which come with a request may reach; see docs/evidence.md. */
  readonly PRATIQUE_HTTP_HOSTS?: string;
  /** Private hosts that may be reached all the same. */
  readonly PRATIQUE_PRIVATE_HOSTS?: string;
  /** URL of a resolver of DNS over HTTPS, which names are looked up at. */
  readonly PRATIQUE_DNS_RESOLVER?: string;
}

/** How each binding is asked whether it answers; a check throws where it does not. */
export function bindingChecks({ DB, PLANS }: Bindings) {
  return [
    {
      name: 'DB',
      check: async () => {
        await DB.prepare('SELECT COUNT(*) FROM policy_versions').first();
      },
    },
    {
      name: 'PLANS',
      check: async () => {
        await PLANS.get('health');
      },
    },
  ];
}

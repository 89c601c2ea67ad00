import type { D1Database, KVNamespace } from '@cloudflare/workers-types';

/** What wrangler.toml binds; see SCHEMA.md. */
export interface Bindings {
  readonly DB: D1Database;
  readonly PLANS: KVNamespace;
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

import type { D1Database, KVNamespace, Queue, RateLimit } from '@cloudflare/workers-types';
import type { DecisionMessage } from './decision-messages.ts';

/** What wrangler.toml binds; see SCHEMA.md. */
export interface Bindings {
  readonly DB: D1Database;
  readonly PLANS: KVNamespace;
  readonly DECISIONS: Queue<DecisionMessage>;
  readonly CALLER_RATE: RateLimit;
  readonly ORGANISATION_RATE: RateLimit;
  /** `evaluate`: callers without a credential may decide by the library and by policies of their own. */
  readonly PRATIQUE_ANONYMOUS?: string;
  /** A secret: lets organisations be made, listed and deleted. */
  readonly PRATIQUE_OPERATOR_TOKEN?: string;
  /** A secret, 32 bytes in base64: what is kept of secrets is sealed with it. */
  readonly PRATIQUE_SEALING_KEY?: string;
  /** Hosts that policies which come with a request may reach; see docs/evidence.md. */
  readonly PRATIQUE_HTTP_HOSTS?: string;
  /** Private hosts that may be reached all the same. */
  readonly PRATIQUE_PRIVATE_HOSTS?: string;
  /** Registries that may be asked; every public one where it is not set. */
  readonly PRATIQUE_REGISTRIES?: string;
  /** A secret: credentials of registries, as in `.docker/config.json`. */
  readonly PRATIQUE_REGISTRY_CONFIG?: string;
  /** Registries whose credentials in that configuration serve the decisions of organisations too. */
  readonly PRATIQUE_SHARED_REGISTRIES?: string;
  /** Registries, with their ports, that are asked over http. */
  readonly PRATIQUE_PLAIN_HTTP?: string;
  /** The platform that counts of images for several; all where it is not set. */
  readonly PRATIQUE_PLATFORM?: string;
  /** A `trusted_root.json` of Sigstore in place of the public one. */
  readonly PRATIQUE_TRUST_ROOT?: string;
  /** Milliseconds after which Gatekeeper is answered; 2,000 where it is not set. */
  readonly PRATIQUE_PROVIDER_DEADLINE?: string;
  /** URL of a resolver of DNS over HTTPS, which names are looked up at. */
  readonly PRATIQUE_DNS_RESOLVER?: string;
}

/** How each binding is asked whether it answers; a check throws where it does not. */
export function bindingChecks({ DB, PLANS, DECISIONS }: Bindings) {
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
    {
      name: 'DECISIONS',
      check: async () => {
        await DECISIONS.metrics();
      },
    },
  ];
}

import type { KVNamespace } from '@cloudflare/workers-types';
import type { StoredPlan } from '../decide/index.ts';

/** Days for which a plan is kept that nobody puts there again. */
const KEPT = 30 * 86_400;

/** Compiled plans by organisation and digest of what they are made of; any of them may be gone at any time. */
export class PlanStore {
  private readonly namespace: KVNamespace;

  constructor(namespace: KVNamespace) {
    this.namespace = namespace;
  }

  /** Undefined also where what is there cannot be read: it is made again then. */
  async get(key: string): Promise<StoredPlan | undefined> {
    try {
      return (await this.namespace.get<StoredPlan>(key, 'json')) ?? undefined;
    } catch {
      return undefined;
    }
  }

  async put(key: string, plan: StoredPlan): Promise<void> {
    await this.namespace.put(key, JSON.stringify(plan), { expirationTtl: KEPT });
  }
}

import type { LoadedPolicy } from './policy.ts';

/** Loaded policies by digest, or by another key, the least recently used dropped first, so that each is compiled once. */
export class PolicyCache {
  private readonly policies = new Map<string, LoadedPolicy>();
  private readonly limit: number;

  constructor(limit = 100) {
    this.limit = limit;
  }

  get size(): number {
    return this.policies.size;
  }

  get(key: string): LoadedPolicy | undefined {
    const policy = this.policies.get(key);
    if (policy !== undefined) this.set(policy, key);
    return policy;
  }

  set(policy: LoadedPolicy, key: string = policy.identity.digest): void {
    this.policies.delete(key);
    this.policies.set(key, policy);
    if (this.policies.size <= this.limit) return;
    for (const oldest of this.policies.keys()) {
      this.policies.delete(oldest);
      return;
    }
  }
}

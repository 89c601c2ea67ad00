import type { LoadedPolicy } from './policy.ts';

/** Loaded policies by digest, the least recently used dropped first, so that each is compiled once. */
export class PolicyCache {
  private readonly policies = new Map<string, LoadedPolicy>();
  private readonly limit: number;

  constructor(limit = 100) {
    this.limit = limit;
  }

  get size(): number {
    return this.policies.size;
  }

  get(digest: string): LoadedPolicy | undefined {
    const policy = this.policies.get(digest);
    if (policy !== undefined) this.set(policy);
    return policy;
  }

  set(policy: LoadedPolicy): void {
    const { digest } = policy.identity;
    this.policies.delete(digest);
    this.policies.set(digest, policy);
    if (this.policies.size <= this.limit) return;
    for (const oldest of this.policies.keys()) {
      this.policies.delete(oldest);
      return;
    }
  }
}

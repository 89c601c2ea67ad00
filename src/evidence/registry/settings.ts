import type { RegistryCache } from './cache.ts';
import type { Credentials } from './credentials.ts';

/** What a deployment says of registries; see docs/evidence.md. */
export interface RegistrySettings {
  /** Patterns of the hosts that may be asked; where absent every one of the public internet on port 443. */
  readonly registries?: readonly string[];
  readonly credentials?: Credentials;
  /** Hosts, with the port where one is written, that are asked over http. */
  readonly plainHttp?: readonly string[];
  /** `os/architecture` or `os/architecture/variant`; where absent an index is signed only if all of it is. */
  readonly platform?: string;
  /** Outlives the decision; one of its own where absent. */
  readonly cache?: RegistryCache;
  /** A number from 0 to below 1, by which pauses differ; `Math.random` where absent. */
  readonly random?: () => number;
  /** Waits so many milliseconds, or until the signal; by a timer where absent. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

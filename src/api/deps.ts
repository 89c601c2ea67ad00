import type { PolicyLibrary, PolicySource } from '../bundles/index.ts';
import type { PolicyCache } from '../decide/index.ts';
import type { Outside, RegistrySettings, TrustRoot } from '../evidence/index.ts';

/** What the service stands on; `worker.ts` makes it of the bindings, tests make their own. */
export interface AppDeps {
  readonly library: PolicyLibrary;
  readonly cache: PolicyCache;
  readonly bindings: readonly BindingCheck[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Microseconds, from any beginning. */
  readonly clock: () => number;
  /** Takes the lines of the log, each a JSON text. */
  readonly log: (line: string) => void;
  /** Told of each policy of the library when it is first loaded; must not throw. */
  readonly record: (source: PolicySource) => void;
  readonly version: string;
  /** Of where evidence is got; without it nothing is asked. */
  readonly outside?: Outside;
  /** Of registries; see docs/evidence.md. */
  readonly registry?: RegistrySettings;
  /** In place of that of Sigstore's public good. */
  readonly trustRoots?: readonly TrustRoot[];
  /** All the hosts that policies which come with a request may reach; none where absent. */
  readonly requestHosts?: readonly string[];
}

/** One thing outside that the service needs; `check` throws where it cannot be had. */
export interface BindingCheck {
  readonly name: string;
  readonly check: () => Promise<void>;
}

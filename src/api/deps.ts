import type { PolicyLibrary, PolicySource } from '../bundles/index.ts';
import type { PolicyCache } from '../decide/index.ts';
import type { Outside, RegistrySettings, TrustRoot } from '../evidence/index.ts';
import type { Database, DecisionMessage, PlanStore, Sealer } from '../store/index.ts';
import type { RateLimiters } from './access/rates.ts';
import { ProblemError } from './problem.ts';

/** What the service stands on; `worker.ts` makes it of the bindings, tests make their own. */
export interface AppDeps {
  readonly library: PolicyLibrary;
  readonly cache: PolicyCache;
  readonly bindings: readonly BindingCheck[];
  /** Of organisations; without it there are none. */
  readonly database?: Database;
  /** Of compiled policies of organisations; without it each isolate compiles them. */
  readonly plans?: PlanStore;
  /** Hands decisions to the queue; rejects where it does not take them. */
  readonly enqueueDecisions?: (messages: readonly DecisionMessage[]) => Promise<void>;
  /** Whether callers without a credential may decide by the library and by policies that come with a request. */
  readonly anonymous?: boolean;
  /** A secret: lets organisations be made. */
  readonly operatorToken?: string;
  /** For what is kept of secrets; without it none can be. */
  readonly sealer?: Sealer;
  /** How often a caller may come; as often as it likes where absent. */
  readonly rates?: RateLimiters;
  /** Keeps the isolate alive until the work is done; the answer does not wait for it, nor for its failure. */
  readonly afterwards: (work: Promise<unknown>) => void;
  /** Milliseconds after which Gatekeeper is answered, whatever there is to say. */
  readonly providerDeadline?: number;
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
  /** Hosts of registries whose credentials in `registry` serve the decisions of every organisation too. */
  readonly sharedRegistries?: readonly string[];
  /** In place of that of Sigstore's public good. */
  readonly trustRoots?: readonly TrustRoot[];
  /** All the hosts that policies which come with a request may reach; none where absent. */
  readonly requestHosts?: readonly string[];
}

/** The database of organisations; throws a ProblemError where the deployment has none. */
export function databaseOf({ database }: AppDeps): Database {
  if (database !== undefined) return database;
  throw new ProblemError('not_configured', 'the deployment keeps no organisations', {
    hint: 'bind D1 as DB',
  });
}

/** What seals secrets; throws a ProblemError where the deployment has no key. */
export function sealerOf({ sealer }: AppDeps): Sealer {
  if (sealer !== undefined) return sealer;
  throw new ProblemError('not_configured', 'the deployment has no key to seal secrets with', {
    hint: 'set the secret PRATIQUE_SEALING_KEY to 32 random bytes in base64',
  });
}

/** One thing outside that the service needs; `check` throws where it cannot be had. */
export interface BindingCheck {
  readonly name: string;
  readonly check: () => Promise<void>;
}

import {
  type Credentials,
  RegistryCache,
  type RegistrySettings,
  readDockerConfig,
} from '../../evidence/index.ts';
import type { StoredRegistry } from '../../store/index.ts';
import { type AppDeps, sealerOf } from '../deps.ts';
import { ProblemError } from '../problem.ts';
import type { Caller } from './caller.ts';

/** Organisations whose answers of registries an isolate keeps. */
const kept = 16;
/** Bytes of the answers of registries that are kept for one. */
const keptBytes = 4 * 1024 * 1024;

/** The credentials of one organisation, and what registries have answered to them. */
interface Opened {
  /** The rows as they were sealed: new credentials begin anew. */
  readonly sealed: string;
  readonly credentials: Credentials;
  readonly cache: RegistryCache;
}

/**
 * How registries are asked for organisations: with their own credentials, and with those of the deployment only
 * where it shares them. What was answered to credentials is kept for that organisation alone; what everybody may
 * pull is kept for all that have none.
 */
export class OrganisationRegistries {
  private readonly deps: AppDeps;
  private readonly shared: Credentials;
  private readonly opened = new Map<string, Opened>();
  private readonly open = new RegistryCache(keptBytes);

  constructor(deps: AppDeps) {
    this.deps = deps;
    const { registry, sharedRegistries = [] } = deps;
    const all = [...(registry?.credentials ?? [])];
    this.shared = new Map(all.filter(([key]) => sharedRegistries.includes(hostOf(key))));
  }

  /** As the deployment has it for callers that are nobody's. */
  async settingsFor(caller: Caller | undefined): Promise<RegistrySettings | undefined> {
    const { registry } = this.deps;
    if (caller === undefined) return registry;
    if (caller.registries.length === 0 && this.shared.size === 0)
      return { ...registry, credentials: new Map(), cache: this.open };
    const { credentials, cache } = await this.openedOf(caller);
    return { ...registry, credentials, cache };
  }

  private async openedOf({ principal: { org }, registries }: Caller): Promise<Opened> {
    const sealed = registries.map(each => each.sealed).join();
    const known = this.opened.get(org);
    const opened = known?.sealed === sealed ? known : await this.read(registries, sealed);
    this.opened.delete(org);
    this.opened.set(org, opened);
    if (this.opened.size > kept) this.opened.delete(this.opened.keys().next().value!);
    return opened;
  }

  /** Whatever the deployment shares for a registry, the organisation's own credentials for it come instead. */
  private async read(registries: readonly StoredRegistry[], sealed: string): Promise<Opened> {
    const own = await Promise.all(registries.map(each => this.unsealed(each)));
    const hosts = new Set(registries.map(({ host }) => host));
    const shared = [...this.shared].filter(([key]) => !hosts.has(hostOf(key)));
    const credentials = new Map([...shared, ...own.flatMap(each => [...each])]);
    return { sealed, credentials, cache: new RegistryCache(keptBytes) };
  }

  private async unsealed({ org, host, sealed }: StoredRegistry): Promise<Credentials> {
    const sealer = sealerOf(this.deps);
    const config = await sealer.open(sealed, { org, kind: 'registry', name: host }).catch(() => {
      throw new ProblemError('not_configured', `the credentials of ${host} cannot be opened`, {
        hint: 'the key of the deployment has changed: put the credentials again',
      });
    });
    return readDockerConfig(config);
  }
}

/** The registry of a key of credentials: `ghcr.io` of `ghcr.io/acme`. */
function hostOf(key: string): string {
  return key.split('/')[0]!;
}

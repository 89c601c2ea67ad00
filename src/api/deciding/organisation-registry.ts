import { RegistryCache, type RegistrySettings, readDockerConfig } from '../../evidence/index.ts';
import { type AppDeps, sealerOf } from '../deps.ts';
import type { Caller } from './caller.ts';

/** Organisations whose answers of registries an isolate keeps. */
const kept = 16;
/** Bytes of the answers of registries that are kept for one. */
const keptBytes = 4 * 1024 * 1024;

/** How registries are asked for organisations that have credentials of their own. */
export class OrganisationRegistries {
  private readonly deps: AppDeps;
  /** One for each organisation: what one may pull, another may not see. */
  private readonly caches = new Map<string, RegistryCache>();

  constructor(deps: AppDeps) {
    this.deps = deps;
  }

  /** With the credentials of the caller's organisation, which come before those of the deployment. */
  async settingsFor(caller: Caller | undefined): Promise<RegistrySettings | undefined> {
    const { registry } = this.deps;
    if (caller === undefined || caller.registries.length === 0) return registry;
    const own = await Promise.all(caller.registries.map(each => this.open(each)));
    const credentials = new Map([...(registry?.credentials ?? []), ...own.flatMap(each => [...each])]);
    const digests = caller.registries.map(({ host, updatedAt }) => `${host} ${updatedAt}`).join();
    return { ...registry, credentials, cache: this.cacheOf(`${caller.principal.org} ${digests}`) };
  }

  private async open({ org, host, sealed }: Caller['registries'][number]) {
    return readDockerConfig(await sealerOf(this.deps).open(sealed, { org, kind: 'registry', name: host }));
  }

  private cacheOf(key: string): RegistryCache {
    const cache = this.caches.get(key) ?? new RegistryCache(keptBytes);
    this.caches.delete(key);
    this.caches.set(key, cache);
    if (this.caches.size > kept) this.caches.delete(this.caches.keys().next().value!);
    return cache;
  }
}

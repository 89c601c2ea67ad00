import { refuse } from '../look-up-error.ts';

/** A repository as the distribution API has it. */
export interface Repository {
  /** As image references name the registry: `docker.io`. */
  readonly registry: string;
  /** Where its API is asked: `registry-1.docker.io`, with a port where one is written. */
  readonly host: string;
  readonly path: string;
}

/** Docker Hub by all its names. */
const dockerHub: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The repository of an image; the parts as an image reference has them, normalised. */
export function repositoryOf(registry: string, path: string): Repository {
  return { registry, host: apiHost(registry), path };
}

/** The host that answers for a registry. */
export function apiHost(registry: string): string {
  const host = registry.toLowerCase();
  return dockerHub.has(host) ? 'registry-1.docker.io' : host;
}

/** Where the API of a repository begins; throws a LookUpError where the registry has no name of a host. */
export function apiUrl({ host, path }: Repository, rest: string, plainHttp: boolean): URL {
  const url = URL.parse(`${plainHttp ? 'http' : 'https'}://${host}/v2/${path}/${rest}`);
  return url ?? refuse(`${JSON.stringify(host)} is no host`);
}

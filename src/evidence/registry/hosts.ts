import { admitHost, hostOf, mayBeAsked, portOf } from '../admission.ts';
import { allowsHost } from '../host-pattern.ts';
import { refuse } from '../look-up-error.ts';
import type { Outside } from '../outside.ts';
import type { Repository } from './repository.ts';
import type { RegistrySettings } from './settings.ts';

const httpsPort = 443;

/** Says which hosts are asked for what registries hold. */
export class RegistryHosts {
  private readonly outside: Outside;
  /** The same, with no private host. */
  private readonly strict: Outside;
  private readonly settings: RegistrySettings;

  constructor(outside: Outside, settings: RegistrySettings) {
    this.outside = outside;
    this.strict = { ...outside, privateHosts: [] };
    this.settings = settings;
  }

  /** Whether a registry is asked over http. */
  isPlain({ host }: Repository): boolean {
    return this.settings.plainHttp?.includes(host) ?? false;
  }

  /** Whether the deployment lets a registry be asked; not whether it answers. */
  allows(url: URL, repository: Repository): boolean {
    return this.allowsRegistry(url, repository) && mayBeAsked(this.outside, hostOf(url));
  }

  /**
   * The addresses at which a URL may be asked on behalf of a registry, undefined where names cannot be
   * resolved here; throws a LookUpError where it may not be asked. The URL of the registry itself must be
   * one that the deployment allows. Where the registry sends us, for tokens or blobs, is a public host on
   * port 443, or one that the deployment allows by name: no registry leads us into a private network.
   */
  async admit(url: URL, repository: Repository, signal: AbortSignal): Promise<readonly string[] | undefined> {
    const own = url.host === apiHostOf(repository, url);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && own && this.isPlain(repository)))
      refuse(`only https is asked, not ${url.protocol.slice(0, -1)}`);
    if (url.username !== '' || url.password !== '') refuse('a URL with credentials is not asked');
    if (own) {
      if (!this.allowsRegistry(url, repository))
        refuse(`the registry ${repository.registry} is not one that may be asked here`);
      return admitHost(this.outside, url, signal);
    }
    if (this.isListed(hostOf(url), portOf(url))) return admitHost(this.outside, url, signal);
    if (portOf(url) !== httpsPort)
      refuse(`${url.host}, to which ${repository.registry} sends us, is not asked`);
    return admitHost(this.strict, url, signal);
  }

  private allowsRegistry(url: URL, repository: Repository): boolean {
    const { registry } = repository;
    const host = hostOf(url);
    const isNamed = this.isPlain(repository) || (this.outside.privateHosts?.includes(host) ?? false);
    return this.settings.registries === undefined
      ? portOf(url) === httpsPort || isNamed
      : this.isListed(host, portOf(url)) || this.isListed(registry, httpsPort);
  }

  private isListed(host: string, port: number): boolean {
    return allowsHost(this.settings.registries ?? [], host, port);
  }
}

/** The host of a repository as a URL of the same protocol has it. */
function apiHostOf({ host }: Repository, { protocol }: URL): string | undefined {
  return URL.parse(`${protocol}//${host}`)?.host;
}

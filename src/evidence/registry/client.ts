import { limits } from '../../base/index.ts';
import { LookUpError, refuse } from '../look-up-error.ts';
import type { Outside } from '../outside.ts';
import { RegistryCache } from './cache.ts';
import { digestOf, hasDigest, isDigest } from './content-digest.ts';
import { type Answer, Exchange } from './exchange.ts';
import { type Descriptor, type Manifest, manifestTypes, readManifest } from './manifest.ts';
import { apiUrl, type Repository } from './repository.ts';
import type { RegistrySettings } from './settings.ts';
import { Tokens } from './tokens.ts';

/** Milliseconds for which what can change is taken to be as it was. */
const freshness = 10_000;

/** Pages of a list of referrers. */
const mostPages = 10;

const indexType = 'application/vnd.oci.image.index.v1+json';

interface Asked {
  readonly method?: 'GET' | 'HEAD';
  readonly accept: string;
  readonly limit: number;
}

/**
 * What registries hold, by the OCI distribution API v1.1, for one decision. What is not there (404) is
 * undefined; what could not be had, or is not what it should be, is a LookUpError. What is asked for by its
 * digest has that digest, or is not given.
 */
export class RegistryClient {
  private readonly exchange: Exchange;
  private readonly tokens: Tokens;
  private readonly cache: RegistryCache;
  private readonly now: () => number;
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(outside: Outside, settings: RegistrySettings = {}) {
    const { cache = new RegistryCache(), credentials = new Map() } = settings;
    this.cache = cache;
    this.now = outside.clock;
    this.exchange = new Exchange(outside, settings);
    this.tokens = new Tokens(this.exchange, credentials, cache, this.now);
  }

  /** Whether a registry may be asked at all here. */
  mayAsk(repository: Repository): boolean {
    const { hosts } = this.exchange;
    return hosts.allows(apiUrl(repository, '', hosts.isPlain(repository)), repository);
  }

  /** The digest that a tag stands for now. */
  digestOf(repository: Repository, tag: string, signal: AbortSignal): Promise<string | undefined> {
    return this.fresh(`${nameOf(repository)}:${tag}`, () => this.askDigest(repository, tag, signal));
  }

  async manifest(repository: Repository, digest: string, signal: AbortSignal): Promise<Manifest | undefined> {
    if (!isDigest(digest)) return refuse('the digest is not valid');
    const key = `manifest ${nameOf(repository)}@${digest}`;
    const known = this.cache.get(key, this.now());
    if (known instanceof Uint8Array) return readManifest(known, digest, this.typeOf(key));
    return this.once(key, async () => {
      const asked = { accept: manifestTypes, limit: limits.manifestBytes };
      const answer = await this.ask(repository, `manifests/${digest}`, asked, signal);
      if (answer === undefined) return undefined;
      if (!hasDigest(answer.body, digest))
        refuse(`${repository.registry} answered another manifest than ${digest}`);
      const type = answer.headers.get('content-type');
      const manifest = readManifest(answer.body, digest, type);
      this.cache.set(`${key} type`, type ?? '');
      this.cache.set(key, answer.body);
      return manifest;
    });
  }

  /** The manifest that a tag stands for now. */
  async tagged(repository: Repository, tag: string, signal: AbortSignal): Promise<Manifest | undefined> {
    const digest = await this.digestOf(repository, tag, signal);
    return digest === undefined ? undefined : this.manifest(repository, digest, signal);
  }

  /** The content of a descriptor; it must be there, for a manifest says so. */
  blob(repository: Repository, { digest, size }: Descriptor, signal: AbortSignal): Promise<Uint8Array> {
    if (size > limits.blobBytes) return refuse(`${digest} is larger than ${limits.blobBytes} bytes`);
    const key = `blob ${nameOf(repository)}@${digest}`;
    const known = this.cache.get(key, this.now());
    if (known instanceof Uint8Array) return Promise.resolve(known);
    return this.once(key, async () => {
      const asked = { accept: '*/*', limit: size };
      const answer = await this.ask(repository, `blobs/${digest}`, asked, signal);
      if (answer === undefined) return refuse(`${repository.registry} does not have ${digest}`);
      if (answer.body.length !== size || !hasDigest(answer.body, digest))
        refuse(`${repository.registry} answered other content than ${digest}`);
      this.cache.set(key, answer.body);
      return answer.body;
    });
  }

  /**
   * What is attached to a digest: by the referrers API, or, where a registry has none, by the tag that
   * stands for it. Descriptors of manifests, in the order of the registry.
   */
  async referrers(
    repository: Repository,
    digest: string,
    signal: AbortSignal,
  ): Promise<readonly Descriptor[]> {
    return this.once(`referrers ${nameOf(repository)}@${digest}`, async () => {
      const listed = await this.listReferrers(repository, digest, signal);
      if (listed !== undefined) return listed;
      const index = await this.tagged(repository, fallbackTag(digest), signal);
      return index?.manifests ?? [];
    });
  }

  private async listReferrers(repository: Repository, digest: string, signal: AbortSignal) {
    const found: Descriptor[] = [];
    let path = `referrers/${digest}`;
    for (let page = 1; ; page++) {
      const asked = { accept: indexType, limit: limits.manifestBytes };
      const answer = await this.ask(repository, path, asked, signal);
      const isIndex = answer?.headers.get('content-type')?.startsWith(indexType) ?? false;
      if (answer === undefined || (page === 1 && !isIndex)) return undefined;
      found.push(...readManifest(answer.body, digest, indexType).manifests);
      const next = nextPage(answer, repository);
      if (next === undefined) return found;
      if (page === mostPages) return refuse(`${digest} has more than ${mostPages} pages of referrers`);
      path = next;
    }
  }

  private async askDigest(repository: Repository, tag: string, signal: AbortSignal) {
    const asked = { accept: manifestTypes, limit: limits.manifestBytes };
    const path = `manifests/${tag}`;
    const head = await this.ask(repository, path, { ...asked, method: 'HEAD' }, signal);
    if (head === undefined) return undefined;
    const digest = head.headers.get('docker-content-digest');
    if (digest !== null && isDigest(digest)) return digest;
    const answer = await this.ask(repository, path, asked, signal);
    return answer && digestOf(answer.body);
  }

  private typeOf(key: string): string | null {
    const type = this.cache.get(`${key} type`, this.now());
    return typeof type === 'string' ? type : null;
  }

  /** The answer, undefined for 404; any other than 200 is a LookUpError. */
  private async ask(
    repository: Repository,
    path: string,
    { method = 'GET', accept, limit }: Asked,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    const url = apiUrl(repository, path, this.exchange.hosts.isPlain(repository));
    const send = (authorization: string | undefined) => {
      const headers = new Headers({ accept, 'user-agent': 'pratique' });
      if (authorization !== undefined) headers.set('authorization', authorization);
      return this.exchange.send({ url, method, headers }, repository, limit, signal);
    };
    let answer = await send(this.tokens.known(repository));
    if (answer.status === 401 && answer.url.origin === url.origin) {
      const authorization = await this.tokens.obtain(repository, answer, signal);
      if (authorization !== undefined) answer = await send(authorization);
    }
    if (answer.status === 200) return answer;
    if (answer.status === 404) return undefined;
    throw new LookUpError(`${answer.url.host} answered ${answer.line}`, answer.status >= 500);
  }

  /** For what can change: kept for seconds. */
  private async fresh(name: string, look: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = this.cache.get(`tag ${name}`, this.now());
    if (typeof known === 'string') return known;
    return this.once(`tag ${name}`, async () => {
      const digest = await look();
      if (digest !== undefined) this.cache.set(`tag ${name}`, digest, this.now() + freshness);
      return digest;
    });
  }

  /** One look-up for all that ask the same in this decision; one that failed is made again. */
  private once<T>(key: string, look: () => Promise<T>): Promise<T> {
    const known = this.underWay.get(key);
    if (known !== undefined) return known as Promise<T>;
    const asked = look();
    this.underWay.set(key, asked);
    asked.catch(() => this.underWay.delete(key));
    return asked;
  }
}

/** The tag under which what is attached to a digest is listed where a registry has no referrers API. */
function fallbackTag(digest: string): string {
  return digest.replace(':', '-').slice(0, 128);
}

function nextPage({ headers, url }: Answer, { path }: Repository): string | undefined {
  const link = /<([^>]*)>\s*;\s*rel="?next"?/u.exec(headers.get('link') ?? '')?.[1];
  if (link === undefined) return undefined;
  const next = URL.parse(link, url.href);
  const base = `/v2/${path}/`;
  if (next === null || next.origin !== url.origin || !next.pathname.startsWith(`${base}referrers/`))
    return refuse('the list of referrers goes on somewhere else');
  return next.pathname.slice(base.length) + next.search;
}

function nameOf({ host, path }: Repository): string {
  return `${host}/${path}`;
}

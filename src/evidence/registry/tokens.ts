import { Buffer } from 'node:buffer';
import { isObject, type ObjectValue, parseJson } from '../../values/index.ts';
import { LookUpError, refuse } from '../look-up-error.ts';
import type { Hop } from '../redirect.ts';
import type { RegistryCache } from './cache.ts';
import { type Challenge, readChallenges } from './challenge.ts';
import { type Credential, type Credentials, credentialFor } from './credentials.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Repository } from './repository.ts';

const longestAnswer = 64 * 1024;

/** Seconds that a token counts where its server does not say; and at most. */
const shortestLife = 60;
const longestLife = 300;

/** A token is given up so long before its end. */
const margin = 10_000;

const tokenForm = /^[\x21-\x7e]+$/u;

/**
 * What stands in `Authorization` towards registries. Only what is needed is asked for: to pull from the one
 * repository. Credentials go to the registry that they are for, and to the server of its tokens where that
 * belongs to the same domain; never over http.
 */
export class Tokens {
  private readonly exchange: Exchange;
  private readonly credentials: Credentials;
  private readonly cache: RegistryCache;
  private readonly now: () => number;
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(exchange: Exchange, credentials: Credentials, cache: RegistryCache, now: () => number) {
    this.exchange = exchange;
    this.credentials = credentials;
    this.cache = cache;
    this.now = now;
  }

  /** What worked before; undefined where nothing did. */
  known(repository: Repository): string | undefined {
    const known = this.cache.get(this.keyOf(repository), this.now());
    return typeof known === 'string' ? known : undefined;
  }

  /** What a registry wants that answered 401; undefined where there is nothing that it could be given. */
  async obtain(repository: Repository, answer: Answer, signal: AbortSignal): Promise<string | undefined> {
    const challenges = readChallenges(answer.headers.get('www-authenticate'));
    const credential = credentialFor(this.credentials, repository);
    if (credential !== undefined && this.exchange.hosts.isPlain(repository))
      return refuse('credentials are not sent over http');
    if (credential?.kind === 'registry') return `Bearer ${credential.token}`;
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined) return this.token(repository, bearer, credential, signal);
    if (credential?.kind !== 'basic' || !challenges.some(({ scheme }) => scheme === 'basic'))
      return undefined;
    const value = basic(credential);
    this.cache.set(this.keyOf(repository), value, this.now() + longestLife * 1_000);
    return value;
  }

  /** Asked once, however many wait for it. */
  private token(
    repository: Repository,
    challenge: Challenge,
    credential: Credential | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const key = this.keyOf(repository);
    const known = this.underWay.get(key);
    if (known !== undefined) return known;
    const asked = this.ask(repository, challenge, credential, signal).finally(() =>
      this.underWay.delete(key),
    );
    this.underWay.set(key, asked);
    return asked;
  }

  private async ask(
    repository: Repository,
    { parameters }: Challenge,
    credential: Credential | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const realm = URL.parse(parameters.get('realm') ?? '') ?? refuse('the realm of tokens is no URL');
    if (credential !== undefined) refuseStranger(realm, repository);
    const hop = tokenRequest(realm, parameters.get('service'), repository, credential);
    const answer = await this.exchange.send(hop, repository, longestAnswer, signal);
    if (answer.status !== 200)
      throw new LookUpError(`${realm.host} gives no token: it answered ${answer.line}`, answer.status >= 500);
    const { token, life } = readToken(answer.body, realm.host);
    const value = `Bearer ${token}`;
    this.cache.set(this.keyOf(repository), value, this.now() + life * 1_000 - margin);
    return value;
  }

  private keyOf(repository: Repository): string {
    const credential = credentialFor(this.credentials, repository);
    const who = credential?.kind === 'basic' ? credential.user : (credential?.kind ?? '');
    return JSON.stringify(['authorization', repository.host, repository.path, who]);
  }
}

/** A credential is for the registry's own host, its parent domain and what is below that. */
function refuseStranger(realm: URL, { host, registry }: Repository): void {
  const own = URL.parse(`https://${host}`)?.hostname ?? host;
  const parent = own.slice(own.indexOf('.') + 1);
  const home = parent.includes('.') && /[a-z]/u.test(parent) ? parent : own;
  const { hostname, host: named } = realm;
  if (hostname === own || hostname === home || hostname.endsWith(`.${home}`)) return;
  refuse(`the credentials of ${registry} are not sent to ${named}`);
}

function tokenRequest(
  realm: URL,
  service: string | undefined,
  { path }: Repository,
  credential: Credential | undefined,
): Hop {
  const headers = new Headers({ accept: 'application/json', 'user-agent': 'pratique' });
  const scope = `repository:${path}:pull`;
  const url = new URL(realm);
  if (credential?.kind === 'identity') {
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: credential.token, scope });
    form.set('client_id', 'pratique');
    if (service !== undefined) form.set('service', service);
    headers.set('content-type', 'application/x-www-form-urlencoded');
    return { url, method: 'POST', headers, body: new TextEncoder().encode(form.toString()) };
  }
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  if (credential?.kind === 'basic') headers.set('authorization', basic(credential));
  return { url, method: 'GET', headers };
}

function basic({ user, password }: Credential & { readonly kind: 'basic' }): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

function readToken(body: Uint8Array, host: string): { readonly token: string; readonly life: number } {
  const answer = parseObject(body) ?? refuse(`${host} answers with no token`);
  const token = [answer.get('token'), answer.get('access_token')].find(isToken);
  if (token === undefined) return refuse(`${host} answers with no token`);
  const life = answer.get('expires_in');
  return { token, life: typeof life === 'number' ? Math.min(life, longestLife) : shortestLife };
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && tokenForm.test(value);
}

function parseObject(body: Uint8Array): ObjectValue | undefined {
  try {
    const value = parseJson(new TextDecoder().decode(body));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

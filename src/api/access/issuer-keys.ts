import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { fetchJson, LookUpError, type Outside } from '../../evidence/index.ts';

interface Issuer {
  readonly keys: JWTVerifyGetKey;
  /** Milliseconds of the clock after which it is asked anew where its keys are. */
  readonly until: number;
}

/** Milliseconds. */
export interface KeyTimes {
  /** For which keys are taken to be all there are. */
  readonly life: number;
  /** After which a key that is not among them leads to another look. */
  readonly cooldown: number;
}

const usual: KeyTimes = { life: 10 * 60_000, cooldown: 30_000 };

/** Issuers whose keys are kept; the one that was asked for first goes first. */
const mostIssuers = 100;

/**
 * The keys of issuers, by OpenID Connect Discovery 1.0. Only issuers that an organisation trusts may be
 * asked for: each is a host that a request can make us call.
 */
export class IssuerKeys {
  private readonly outside: Outside;
  private readonly times: KeyTimes;
  private readonly known = new Map<string, Issuer>();
  /** When an issuer could not be had, to leave it alone for a while. */
  private readonly failed = new Map<string, number>();

  constructor(outside: Outside, times: KeyTimes = usual) {
    this.outside = outside;
    this.times = times;
  }

  /** What finds the key of a JWT; throws a LookUpError where the issuer does not say where its keys are. */
  async of(issuer: string): Promise<JWTVerifyGetKey> {
    const now = this.outside.clock();
    const known = this.known.get(issuer);
    if (known !== undefined && known.until > now) return known.keys;
    if ((this.failed.get(issuer) ?? Number.NEGATIVE_INFINITY) > now - this.times.cooldown)
      throw new LookUpError('the issuer did not answer a moment ago', true);
    try {
      const keys = this.remoteKeys(await this.discover(issuer));
      keep(this.known, issuer, { keys, until: now + this.times.life });
      this.failed.delete(issuer);
      return keys;
    } catch (error) {
      keep(this.failed, issuer, now);
      throw error;
    }
  }

  private async discover(issuer: string): Promise<KeyPlace> {
    const base = new URL(issuer);
    const document = await fetchJson(
      this.outside,
      new URL(`${trimmed(issuer)}/.well-known/openid-configuration`),
    );
    const { issuer: named, jwks_uri: place } = Object(document) as Readonly<Record<string, unknown>>;
    if (named !== issuer) throw new LookUpError(`${base.host} says that it is another issuer`);
    const url = typeof place === 'string' ? URL.parse(place) : null;
    if (url === null) throw new LookUpError(`${base.host} does not say where its keys are`);
    return { url, ownHost: url.host === base.host };
  }

  /** An issuer may have its keys elsewhere, but cannot lead us to a private host that is not its own. */
  private remoteKeys({ url, ownHost }: KeyPlace): JWTVerifyGetKey {
    const outside = ownHost ? this.outside : { ...this.outside, privateHosts: [] };
    return createRemoteJWKSet(url, {
      cacheMaxAge: this.times.life,
      cooldownDuration: this.times.cooldown,
      [customFetch]: async () => Response.json(await fetchJson(outside, url)),
    });
  }
}

interface KeyPlace {
  readonly url: URL;
  readonly ownHost: boolean;
}

function trimmed(issuer: string): string {
  return issuer.endsWith('/') ? issuer.slice(0, -1) : issuer;
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostIssuers && oldest !== undefined) map.delete(oldest);
}

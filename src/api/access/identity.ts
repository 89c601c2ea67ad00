import { decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { StoredTrustRule } from '../../store/index.ts';
import { fitsClaims } from './claims.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import type { Grant, Principal } from './principal.ts';
import { unauthorized } from './refusals.ts';

/** Signatures by a key pair alone: what is verified with a shared secret anyone could sign who can verify. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Seconds that clocks may differ. */
const clockSkew = 60;

/** Seconds after which an identity is too old, whatever it says of its end. */
const longestLife = 24 * 60 * 60;

const longestSubject = 512;

/** Proves identities of CI (OpenID Connect) by the trust rules of an organisation. */
export class IdentityVerifier {
  private readonly keys: IssuerKeys | undefined;
  private readonly now: () => number;

  /** Without keys nobody is let in. */
  constructor(keys: IssuerKeys | undefined, now: () => number) {
    this.keys = keys;
    this.now = now;
  }

  /**
   * The principal of a JWT, with the grants of every rule that it fits. Throws `unauthorized` otherwise: what
   * the JWT alone shows to be wrong is said, and for all else one answer, the same where there is no such
   * organisation.
   */
  async principal(jwt: string, rules: readonly StoredTrustRule[]): Promise<Principal> {
    const claims = readClaims(jwt);
    refuseTimes(claims, Math.floor(this.now() / 1_000));
    const trusted = rules.filter(rule => rule.issuer === claims.iss);
    const [first] = trusted;
    if (first === undefined) throw notAccepted(claims);
    const proven = await this.verify(jwt, trusted).catch((error: unknown) => {
      throw notAccepted(claims, error);
    });
    const grants = trusted.filter(rule => fits(rule, proven)).map(grantOf);
    if (grants.length === 0 || !hasSubject(proven)) throw notAccepted(claims);
    return { identity: `oidc:${first.issuer}#${proven.sub}`, org: first.org, grants };
  }

  private async verify(jwt: string, rules: readonly StoredTrustRule[]): Promise<JWTPayload> {
    const { issuer } = rules[0]!;
    if (this.keys === undefined) throw new Error('nothing outside can be asked here');
    const { payload } = await jwtVerify(jwt, await this.keys.of(issuer), {
      algorithms,
      issuer,
      audience: rules.map(rule => rule.audience),
      clockTolerance: clockSkew,
      currentDate: new Date(this.now()),
      maxTokenAge: longestLife,
      requiredClaims: ['exp', 'iat', 'sub', 'aud'],
    });
    return payload;
  }
}

/** What the JWT says, unproven. */
function readClaims(jwt: string): JWTPayload {
  const { alg, claims } = decoded(jwt);
  if (alg === undefined || !algorithms.includes(alg))
    throw unauthorized(`the identity token is not signed by one of ${algorithms.join(', ')}`);
  return claims;
}

function decoded(jwt: string) {
  try {
    const { alg } = decodeProtectedHeader(jwt);
    return { alg: typeof alg === 'string' ? alg : undefined, claims: decodeJwt(jwt) };
  } catch {
    throw unauthorized('the identity token cannot be read');
  }
}

function refuseTimes({ exp, iat, nbf }: JWTPayload, now: number): void {
  if (typeof exp !== 'number' || typeof iat !== 'number')
    throw unauthorized('the identity token does not say when it was made and when it ends');
  if (exp <= now - clockSkew || iat < now - longestLife - clockSkew)
    throw unauthorized('the identity token has expired');
  if (iat > now + clockSkew || (nbf !== undefined && !(nbf <= now + clockSkew)))
    throw unauthorized('the identity token is not valid yet');
}

function fits({ audience, claims }: StoredTrustRule, proven: JWTPayload): boolean {
  const { aud = [] } = proven;
  return [aud].flat().includes(audience) && fitsClaims(claims, proven);
}

function hasSubject({ sub }: JWTPayload): boolean {
  return sub !== undefined && sub !== '' && sub.length <= longestSubject;
}

function grantOf({ roles, policies }: StoredTrustRule): Grant {
  return { roles, ...(policies !== null && { policies }) };
}

function notAccepted({ iss, sub, aud }: JWTPayload, cause?: unknown) {
  const said = JSON.stringify({ issuer: iss, audience: aud, subject: sub }).slice(0, 1_000);
  return unauthorized('no trust rule accepts this identity', {
    hint: `compare the trust rules of the organisation with what the identity says: ${said}`,
    cause,
  });
}

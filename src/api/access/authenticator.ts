import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import { hashSecret, type StoredToken, type StoredTrustRule } from '../../store/index.ts';
import type { Credential } from './credential.ts';
import type { IdentityVerifier } from './identity.ts';
import type { Principal } from './principal.ts';
import { unauthorized } from './refusals.ts';

/** What is stored of a credential. */
export interface CredentialRows {
  /** Of the token's id. */
  readonly token?: StoredToken;
  /** Of the organisation that is asked for. */
  readonly trustRules?: readonly StoredTrustRule[];
}

/** Proves who makes a request. */
export class Authenticator {
  private readonly identities: IdentityVerifier;
  private readonly now: () => number;

  constructor(identities: IdentityVerifier, now: () => number) {
    this.identities = identities;
    this.now = now;
  }

  /** The principal; throws `unauthorized` unless the credential proves one. */
  async prove(credential: Credential, { token, trustRules = [] }: CredentialRows): Promise<Principal> {
    if (credential.kind === 'operator')
      throw unauthorized('the credential is neither a token nor the identity of a CI job');
    if (credential.kind === 'identity') return this.identities.principal(credential.jwt, trustRules);
    return this.tokenPrincipal(credential.secret, token);
  }

  private async tokenPrincipal(secret: string, token: StoredToken | undefined): Promise<Principal> {
    const isRight = await hasHash(secret, token?.hash ?? '');
    if (token === undefined || !isRight) throw unauthorized('there is no such token');
    if (token.revokedAt !== null) throw unauthorized('the token was revoked');
    if (token.expiresAt <= this.now()) throw unauthorized('the token has expired');
    const { id, org, roles, policies } = token;
    return { identity: `token:${id}`, org, grants: [{ roles, ...(policies !== null && { policies }) }] };
  }
}

/** Whether a secret has that SHA-256 (hex), in a time that does not depend on how much of it is right. */
export async function hasHash(secret: string, hash: string): Promise<boolean> {
  const found = Buffer.from(await hashSecret(secret));
  const wanted = Buffer.alloc(found.length);
  wanted.write(hash);
  return timingSafeEqual(found, wanted) && hash.length === found.length;
}

import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { Outside, OutsideRequest } from '../../../src/evidence/index.ts';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

interface Signing {
  readonly kid?: string;
  readonly alg?: string;
  /** The name of the key that really signs. */
  readonly signedBy?: string;
}

/** An issuer of identities, as a test wants it. The Worker itself does not ask one below `.internal`. */
export class TestIssuer {
  readonly url: string;
  /** Every URL that was asked for. */
  readonly asked: string[] = [];
  /** The discovery document; whatever it is. */
  discovery: unknown;
  /** What is answered for keys; a number is the status of a failure. */
  jwks: { keys: JWK[] } | number = { keys: [] };
  private readonly keys = new Map<string, Key>();
  private publicText = '';

  constructor(url = 'https://ci.acme.io') {
    this.url = url;
    this.discovery = { issuer: url, jwks_uri: `${url}/keys` };
  }

  /** Adds a key, or puts it in place of all there were. */
  async addKey(kid: string, { alg = 'RS256', alone = false } = {}): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    this.keys.set(kid, privateKey);
    this.publicText = await exportSPKI(publicKey);
    const known = typeof this.jwks === 'number' || alone ? [] : this.jwks.keys;
    this.jwks = { keys: [...known, { ...(await exportJWK(publicKey)), kid, alg }] };
  }

  /** A JWT with these claims in place of usual ones; a claim that is undefined is left out. */
  sign(claims: JWTPayload = {}, { kid = 'a', alg = 'RS256', signedBy }: Signing = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const usual = {
      ...{ iss: this.url, aud: 'pratique', iat: now, exp: now + 300 },
      ...{ sub: 'repo:acme/api:ref:refs/heads/main', repository: 'acme/api', ref: 'refs/heads/main' },
    };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg, kid })
      .sign(this.keys.get(signedBy ?? kid)!);
  }

  /** A JWT that is signed with the public key as if it were a shared secret. */
  signByPublicKey(claims: JWTPayload): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'a' })
      .sign(new TextEncoder().encode(this.publicText));
  }

  /** The outside in which there is nothing but this issuer. */
  get outside(): Outside {
    return { clock: () => Date.now(), fetch: request => Promise.resolve(this.answer(request)) };
  }

  private answer({ url }: OutsideRequest): Response {
    this.asked.push(url.href);
    if (url.href === `${this.url}/.well-known/openid-configuration`) return Response.json(this.discovery);
    if (url.pathname !== '/keys') return new Response('', { status: 404 });
    return typeof this.jwks === 'number' ? new Response('', { status: this.jwks }) : Response.json(this.jwks);
  }
}

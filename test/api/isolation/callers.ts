import { env } from 'cloudflare:workers';
import {
  createToken,
  createTrustRule,
  openDatabase,
  type Role,
  revokeToken,
} from '../../../src/store/index.ts';
import type { TestIssuer } from '../access/issuer.ts';
import { bearer, newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';

const database = openDatabase(env.DB);
const day = 86_400_000;

/** Every kind of caller of one organisation, with what it sends along. */
export interface Callers {
  readonly org: TestOrganisation;
  readonly roles: Readonly<Record<Role, Headers>>;
  /** Has every role, for the policy `web` alone. */
  readonly limited: Headers;
  /** A job of CI that may evaluate. */
  readonly identity: Headers;
  readonly refused: Readonly<Record<string, Headers>>;
}

/** The roles that a caller may have and still be let in where one is asked for. */
export const fulfil: Readonly<Record<Role, readonly Role[]>> = {
  evaluate: ['evaluate', 'publish', 'approve', 'admin'],
  publish: ['publish', 'admin'],
  approve: ['approve', 'admin'],
  admin: ['admin'],
};

export async function callersOf(name: string, issuer: TestIssuer): Promise<Callers> {
  const org = await newOrganisation(name);
  const repository = `${name}/api`;
  await createTrustRule(
    database,
    {
      ...{ org: name, label: 'x', issuer: issuer.url, audience: 'pratique', createdBy: 'operator' },
      ...{ claims: { repository: `${name}/*` }, roles: ['evaluate'] },
    },
    Date.now(),
  );
  return {
    org,
    roles: {
      evaluate: await tokenOf(org, ['evaluate']),
      publish: await tokenOf(org, ['publish']),
      approve: await tokenOf(org, ['approve']),
      admin: await tokenOf(org, ['admin']),
    },
    limited: await tokenOf(org, ['evaluate', 'publish', 'approve', 'admin'], ['web']),
    identity: bearer(await issuer.sign({ repository })),
    refused: await refusedOf(name, issuer),
  };
}

async function refusedOf(org: string, issuer: TestIssuer): Promise<Callers['refused']> {
  const now = Date.now();
  const token = { org, label: 'x', roles: ['admin'], createdBy: 'operator' } as const;
  const expired = await createToken(database, { ...token, expiresAt: now - 1 }, now);
  const revoked = await createToken(database, { ...token, expiresAt: now + day }, now);
  await revokeToken(database, { org, id: revoked.id, actor: 'operator' }, now);
  const live = await createToken(database, { ...token, expiresAt: now + day }, now);
  return {
    'an expired token': bearer(expired.text),
    'a revoked token': bearer(revoked.text),
    'a token with another secret': bearer(`pqt_${live.id}_${revoked.text.slice(-43)}`),
    'a token with its last character changed': bearer(
      live.text.slice(0, -1) + (live.text.endsWith('A') ? 'E' : 'A'),
    ),
    'an unknown token': bearer(`pqt_${'0'.repeat(16)}_${'A'.repeat(43)}`),
    'half a token': bearer('pqt_x'),
    'no token at all': bearer('hello'),
    'a user and a password': new Headers({ authorization: `Basic ${btoa('a:b')}` }),
    'an identity of a stranger': bearer(await issuer.sign({ repository: 'stranger/api' })),
    'an identity that has expired': bearer(await issuer.sign({ exp: 1, iat: 0 })),
  };
}

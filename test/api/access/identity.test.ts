import type { JWTPayload } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { IdentityVerifier } from '../../../src/api/access/identity.ts';
import { IssuerKeys } from '../../../src/api/access/issuer-keys.ts';
import { problemOf } from '../../../src/api/problem.ts';
import type { StoredTrustRule } from '../../../src/store/index.ts';
import { TestIssuer } from './issuer.ts';

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = new TestIssuer();
  await issuer.addKey('a');
});

function rule(fields: Partial<StoredTrustRule> = {}): StoredTrustRule {
  return {
    ...{ org: 'acme', id: 'r', label: 'r', issuer: issuer.url, audience: 'pratique' },
    claims: { repository: 'acme/*' },
    ...{ roles: ['publish'], policies: null, createdAt: 0, createdBy: 'operator', revokedAt: null },
    ...fields,
  };
}

function verifier(times = { life: 60_000, cooldown: 0 }, outside = issuer.outside) {
  return new IdentityVerifier(new IssuerKeys(outside, times), () => Date.now());
}

/** The detail of the problem that a JWT is refused with; an error where it is let in. */
async function refusal(jwt: string, rules = [rule()], by = verifier()): Promise<string> {
  const principal = await by.principal(jwt, rules).catch((error: unknown) => error);
  if (!(principal instanceof Error)) throw new Error('it was let in');
  const { code, detail } = problemOf(principal);
  expect(code).toBe('unauthorized');
  return detail;
}

const now = () => Math.floor(Date.now() / 1_000);
const strangers = 'no trust rule accepts this identity';

describe('an identity of CI', () => {
  it('is let in by a rule that it fits, with the roles of that rule', async () => {
    expect(await verifier().principal(await issuer.sign(), [rule({ policies: ['web'] })])).toEqual({
      identity: `oidc:${issuer.url}#repo:acme/api:ref:refs/heads/main`,
      org: 'acme',
      grants: [{ roles: ['publish'], policies: ['web'] }],
    });
  });

  it.each(['PS256', 'ES256', 'EdDSA'])('may be signed by %s', async alg => {
    await issuer.addKey('b', { alg });
    const principal = await verifier().principal(await issuer.sign({}, { kid: 'b', alg }), [rule()]);
    expect(principal.org).toBe('acme');
  });

  it('has the grants of every rule that it fits, and of no other', async () => {
    const rules = [
      rule({ roles: ['evaluate'] }),
      rule({ roles: ['admin'], claims: { repository: 'acme/other' } }),
      rule({ roles: ['publish'], claims: { repository: 'acme/api', ref: 'refs/heads/**' } }),
    ];
    const { grants } = await verifier().principal(await issuer.sign(), rules);
    expect(grants).toEqual([{ roles: ['evaluate'] }, { roles: ['publish'] }]);
  });

  it('keeps the keys', async () => {
    const by = verifier();
    await by.principal(await issuer.sign(), [rule()]);
    await by.principal(await issuer.sign(), [rule()]);
    expect(issuer.asked).toHaveLength(2);
  });
});

describe('refused is an identity', () => {
  it.each([
    ['of another audience', { aud: 'other' }, strangers],
    ['of no audience', { aud: undefined }, strangers],
    ['of another issuer', { iss: 'https://evil.io' }, strangers],
    ['of an issuer with a slash more', { iss: 'https://ci.acme.io/' }, strangers],
    ['without a subject', { sub: undefined }, strangers],
    ['with an empty subject', { sub: '' }, strangers],
    ['that has expired', { exp: now() - 61 }, 'the identity token has expired'],
    [
      'that never ends',
      { exp: undefined },
      'the identity token does not say when it was made and when it ends',
    ],
    [
      'that does not say since when',
      { iat: undefined },
      'the identity token does not say when it was made and when it ends',
    ],
    ['that is too old, though it has not ended', { iat: now() - 90_000 }, 'the identity token has expired'],
    ['that is not valid yet', { nbf: now() + 120 }, 'the identity token is not valid yet'],
    ['that was made in the future', { iat: now() + 120 }, 'the identity token is not valid yet'],
  ])('%s', async (_, claims, detail) => {
    expect(await refusal(await issuer.sign(claims as JWTPayload))).toBe(detail);
  });

  it.each([
    ['another organisation', { repository: 'acme-evil/api' }],
    ['a repository one deeper', { repository: 'acme/api/evil' }],
    ['a repository that ends in a look-alike', { repository: 'evil/acme/api' }],
    ['another case', { repository: 'Acme/api' }],
    ['a line before', { repository: 'x\nacme/api' }],
    ['an object', { repository: { toString: 'acme/api' } }],
    ['nothing', { repository: undefined }],
    ['an empty list', { repository: [] }],
    ['null', { repository: null }],
  ])('whose claim is %s', async (_, claims) => {
    expect(await refusal(await issuer.sign(claims as JWTPayload))).toBe(strangers);
  });

  it('where a condition is of a name of Object.prototype', async () => {
    const claims = JSON.parse('{"__proto__": "**", "repository": "acme/*"}');
    expect(await refusal(await issuer.sign(), [rule({ claims })])).toBe(strangers);
    expect(await refusal(await issuer.sign(), [rule({ claims: { constructor: '**' } })])).toBe(strangers);
  });

  it('where a rule has no condition at all', async () => {
    expect(await refusal(await issuer.sign(), [rule({ claims: {} })])).toBe(strangers);
  });

  it('that nobody signed', async () => {
    const [, claims] = (await issuer.sign()).split('.');
    const header = btoa('{"alg":"none"}').replaceAll('=', '');
    expect(await refusal(`${header}.${claims}.`)).toContain('is not signed by one of');
    expect(await refusal(`${header}.${claims}.x`)).toContain('is not signed by one of');
  });

  it('that is signed with the public key as a shared secret', async () => {
    const jwt = await issuer.signByPublicKey({
      iss: issuer.url,
      aud: 'pratique',
      sub: 'x',
      iat: now(),
      exp: now() + 60,
    });
    expect(await refusal(jwt)).toContain('is not signed by one of');
  });

  it('whose claims were changed', async () => {
    const [header, , signature] = (await issuer.sign()).split('.');
    const [, claims] = (await issuer.sign({ repository: 'acme/admin' })).split('.');
    expect(await refusal(`${header}.${claims}.${signature}`)).toBe(strangers);
  });

  it('that is signed by another key under the same name', async () => {
    const other = new TestIssuer();
    await other.addKey('a');
    expect(await refusal(await other.sign())).toBe(strangers);
  });

  it('of a key that the issuer does not have, however often it comes', async () => {
    await issuer.addKey('b', { alone: true });
    const jwt = await issuer.sign({}, { kid: 'unknown', signedBy: 'a' });
    const by = verifier({ life: 60_000, cooldown: 60_000 });
    for (let i = 0; i < 5; i++) expect(await refusal(jwt, [rule()], by)).toBe(strangers);
    expect(issuer.asked.filter(url => url.endsWith('/keys'))).toHaveLength(1);
  });

  it('of an issuer that nobody trusts, which is not asked', async () => {
    expect(await refusal(await issuer.sign(), [])).toBe(strangers);
    expect(issuer.asked).toEqual([]);
  });
});

describe('keys of an issuer', () => {
  it('are read again where one is new', async () => {
    const by = verifier();
    await by.principal(await issuer.sign(), [rule()]);
    await issuer.addKey('b', { alone: true });
    expect(await by.principal(await issuer.sign({}, { kid: 'b' }), [rule()])).toMatchObject({ org: 'acme' });
    expect(await refusal(await issuer.sign(), [rule()], by)).toBe(strangers);
  });

  it.each([500, 404, 302])('let nobody in where they are answered with %i', async status => {
    const jwt = await issuer.sign();
    issuer.jwks = status;
    expect(await refusal(jwt)).toBe(strangers);
  });

  it('are had again when the issuer is up again', async () => {
    const by = verifier();
    const jwt = await issuer.sign();
    const { jwks } = issuer;
    issuer.jwks = 503;
    expect(await refusal(jwt, [rule()], by)).toBe(strangers);
    issuer.jwks = jwks;
    expect(await by.principal(jwt, [rule()])).toMatchObject({ org: 'acme' });
  });

  it.each([
    ['another issuer', { issuer: 'https://evil.io', jwks_uri: 'https://ci.acme.io/keys' }],
    ['no place of keys', { issuer: 'https://ci.acme.io' }],
    ['keys over http', { issuer: 'https://ci.acme.io', jwks_uri: 'http://ci.acme.io/keys' }],
    ['keys at a private host', { issuer: 'https://ci.acme.io', jwks_uri: 'https://127.0.0.1/keys' }],
    ['keys at another port', { issuer: 'https://ci.acme.io', jwks_uri: 'https://ci.acme.io:22/keys' }],
    ['no object', 'x'],
    ['null', null],
  ])('are not taken where discovery says %s', async (_, discovery) => {
    issuer.discovery = discovery;
    expect(await refusal(await issuer.sign())).toBe(strangers);
    expect(issuer.asked).toHaveLength(1);
  });

  it('are not looked for at a private host, unless the deployment names it', async () => {
    issuer = new TestIssuer('https://gitlab.internal:8443');
    await issuer.addKey('a');
    expect(await refusal(await issuer.sign())).toBe(strangers);
    expect(issuer.asked).toEqual([]);
    const outside = { ...issuer.outside, privateHosts: ['gitlab.internal'] };
    const by = verifier(undefined, outside);
    expect(await by.principal(await issuer.sign(), [rule()])).toMatchObject({ org: 'acme' });
  });

  it('of a private host that is not the issuer are not taken even where the deployment names it', async () => {
    issuer.discovery = { issuer: issuer.url, jwks_uri: 'https://db.internal/keys' };
    const outside = { ...issuer.outside, privateHosts: ['db.internal'] };
    expect(await refusal(await issuer.sign(), [rule()], verifier(undefined, outside))).toBe(strangers);
    expect(issuer.asked).toHaveLength(1);
  });

  it('are not asked for again and again where discovery fails', async () => {
    issuer.discovery = null;
    const by = verifier({ life: 60_000, cooldown: 60_000 });
    for (let i = 0; i < 3; i++) expect(await refusal(await issuer.sign(), [rule()], by)).toBe(strangers);
    expect(issuer.asked).toHaveLength(1);
  });
});

import { exports } from 'cloudflare:workers';
import { OPAClient } from '@open-policy-agent/opa';
import { HTTPClient } from '@open-policy-agent/opa/lib/http.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganisation, tokenOf } from '../organisations.ts';
import { publishFiles } from '../published.ts';

/** OPA's own client, as its documents use it, with the address of a policy in place of that of an OPA. */
const rego = `package authz

default allow := false

allow if {
	input.user == "alice"
	input.roles[_] == "admin"
}

why contains "not an admin" if not "admin" in input.roles
`;

/** Sends to the Worker as it runs in workerd. */
const fetcher = (request: unknown) => exports.default.fetch(request as Request);

const main = 'package system\n\nmain := {"allowed": data.authz.allow}\n';

let client: OPAClient;
beforeAll(async () => {
  const org = await newOrganisation('opa-sdk');
  await publishFiles('opa-sdk/authz', { 'authz.rego': rego, 'main.rego': main });
  const headers = Object.fromEntries(await tokenOf(org, ['evaluate'], ['authz']));
  client = new OPAClient('http://pratique.test/opa/opa-sdk/authz', {
    headers,
    sdk: { httpClient: new HTTPClient({ fetcher }) },
  });
});

describe('the client of OPA', () => {
  it('evaluates a rule for an input', async () => {
    expect(await client.evaluate('authz/allow', { user: 'alice', roles: ['admin'] })).toBe(true);
    expect(await client.evaluate('authz/allow', { user: 'alice', roles: [] })).toBe(false);
  });

  it('evaluates a set', async () => {
    expect(await client.evaluate('authz/why', { roles: ['dev'] })).toEqual(['not an admin']);
  });

  it('evaluates the default decision', async () => {
    expect(await client.evaluateDefault({ user: 'alice', roles: ['admin'] })).toEqual({ allowed: true });
  });

  it('evaluates a batch one by one', async () => {
    const inputs = { a: { user: 'alice', roles: ['admin'] }, b: { user: 'bob', roles: [] } };
    expect(await client.evaluateBatch('authz/allow', inputs, { fallback: true })).toEqual({
      a: true,
      b: false,
    });
  });

  it('finds nothing where nothing is', async () => {
    expect(await client.evaluate('authz/nothing', { user: 'x' })).toBeUndefined();
  });

  it('is refused without a token', async () => {
    const stranger = new OPAClient('http://pratique.test/opa/opa-sdk/authz', {
      sdk: { httpClient: new HTTPClient({ fetcher }) },
    });
    await expect(stranger.evaluate('authz/allow', { user: 'alice' })).rejects.toThrow();
  });
});

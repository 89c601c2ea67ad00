import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { type AppDeps, createApp } from '../../../src/api/index.ts';
import { PolicyLibrary } from '../../../src/bundles/index.ts';
import { PolicyCache } from '../../../src/decide/index.ts';
import { createTrustRule, openDatabase } from '../../../src/store/index.ts';
import { bearer, newOrganisation } from '../organisations.ts';
import { TestIssuer } from './issuer.ts';

function appOf(deps: Partial<AppDeps>) {
  return createApp({
    library: new PolicyLibrary([]),
    cache: new PolicyCache(),
    bindings: [],
    afterwards: () => undefined,
    now: () => Date.now(),
    clock: () => 0,
    log: () => undefined,
    record: () => undefined,
    version: 'test',
    ...deps,
  });
}

it('the reason why an identity was refused is in the log, and not in the answer', async () => {
  const issuer = new TestIssuer();
  await issuer.addKey('a');
  const lines: string[] = [];
  const database = openDatabase(env.DB);
  const app = appOf({ database, outside: issuer.outside, log: line => lines.push(line) });
  const { name } = await newOrganisation('logged');
  const rule = { org: name, label: 'x', issuer: issuer.url, audience: 'pratique', createdBy: 'operator' };
  await createTrustRule(
    database,
    { ...rule, claims: { repository: 'acme/*' }, roles: ['evaluate'] },
    Date.now(),
  );
  issuer.jwks = 503;
  const jwt = await issuer.sign();
  const response = await app.request('/v1/orgs/logged', { headers: bearer(jwt) });
  expect(response.status).toBe(401);
  expect(await response.text()).not.toContain('503');
  expect(JSON.parse(lines[0]!)).toMatchObject({ code: 'unauthorized', reason: 'ci.acme.io answered 503' });
  expect(lines[0]).not.toContain(jwt);
});

it('without PRATIQUE_ANONYMOUS nobody decides without a credential', async () => {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      policy: { modules: { 'a.policy': 'package a\n\ndeny tag "x"\n' } },
      images: ['a:1'],
    }),
  };
  for (const path of ['/v1/evaluate', '/v1/check']) {
    const all = {
      ...init,
      ...(path === '/v1/check' && { body: init.body.replace(',"images":["a:1"]', '') }),
    };
    expect((await appOf({ anonymous: true }).request(path, all)).status).toBe(200);
    expect((await appOf({}).request(path, all)).status).toBe(401);
  }
});

it('a deployment that is not set up says what to set', async () => {
  const { name, admin } = await newOrganisation('not-set-up');
  const database = openDatabase(env.DB);
  const put = (app: ReturnType<typeof appOf>) =>
    app.request(`/v1/orgs/${name}/registries/ghcr.io`, {
      method: 'PUT',
      headers: { ...Object.fromEntries(admin), 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'u', password: 'p' }),
    });
  const make = (app: ReturnType<typeof appOf>) => app.request('/v1/orgs', { headers: bearer('operator') });
  for (const [response, what] of [
    [await put(appOf({ database })), 'PRATIQUE_SEALING_KEY'],
    [await put(appOf({})), 'bind D1 as DB'],
    [await make(appOf({ database })), 'PRATIQUE_OPERATOR_TOKEN'],
  ] as const) {
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      code: 'not_configured',
      hint: expect.stringContaining(what),
    });
  }
});

import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import {
  auditListAnswer,
  organisationAnswer,
  registryListAnswer,
  tokenListAnswer,
} from '../../src/api/schemas/organisations.ts';
import { countUse, mostTokens, openDatabase, type QuotaKind, quotas } from '../../src/store/index.ts';
import { type Answer, problemOf, send } from './client.ts';
import { bearer, newOrganisation, type TestOrganisation, tokenOf } from './organisations.ts';

const operator = bearer('operator-of-the-tests');
const soon = () => new Date(Date.now() + 3_600_000).toISOString();

function call(method: string, path: string, headers: Headers, body?: unknown): Promise<Answer> {
  const all = new Headers(headers);
  if (body !== undefined) all.set('content-type', 'application/json');
  return send(path, { method, headers: all, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

async function newToken({ name, admin }: TestOrganisation, fields: object = {}) {
  const body = { label: 'ci', roles: ['evaluate'], expires_at: soon(), ...fields };
  const { status, json } = await call('POST', `/v1/orgs/${name}/tokens`, admin, body);
  expect(status).toBe(201);
  return json as { readonly id: string; readonly token: string };
}

describe('an organisation', () => {
  it('is made by the operator, with a token that may do everything', async () => {
    const made = await call('POST', '/v1/orgs', operator, { name: 'made', title: 'Made' });
    expect(made).toMatchObject({ status: 201, json: { name: 'made', created_by: 'operator' } });
    const { token } = (made.json as { admin: { token: string } }).admin;
    expect(token).toMatch(/^pqt_[\da-z]{16}_[\w-]{43}$/u);
    const read = await call('GET', '/v1/orgs/made', bearer(token));
    expect(read.status).toBe(200);
    expect(organisationAnswer.safeParse(read.json).error).toBeUndefined();
    const list = await call('GET', '/v1/orgs?limit=200', operator);
    expect(list.text).toContain('"made"');
  });
});

describe('a token', () => {
  it('is listed without its secret, and refused once revoked', async () => {
    const org = await newOrganisation('tokens-a');
    const { id, token } = await newToken(org);
    const list = await call('GET', '/v1/orgs/tokens-a/tokens', org.admin);
    expect(tokenListAnswer.safeParse(list.json).error).toBeUndefined();
    expect(list.text).toContain(id);
    expect(list.text).not.toContain(token.slice(-43));
    expect((await call('GET', '/v1/orgs/tokens-a', bearer(token))).status).toBe(200);
    expect((await call('DELETE', `/v1/orgs/tokens-a/tokens/${id}`, org.admin)).status).toBe(204);
    const refused = await call('GET', '/v1/orgs/tokens-a', bearer(token));
    expect(problemOf(refused)).toMatchObject({ code: 'unauthorized', detail: 'the token was revoked' });
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    await tokenOf(org, ['evaluate']);
  });
});

describe('settings', () => {
  it('are changed one by one, however many change them at once', async () => {
    const { name, admin } = await newOrganisation('settings-a');
    const changes = [{ retention_days: 30 }, { input: 'digest' }, { mask: ['/input/context/user'] }];
    const answers = await Promise.all(
      changes.map(decision_log => call('PATCH', `/v1/orgs/${name}`, admin, { decision_log })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await call('GET', `/v1/orgs/${name}`, admin)).json).toMatchObject({
      title: name,
      decision_log: { input: 'digest', mask: ['/input/context/user'], retention_days: 30 },
      exemption_days: 365,
      quotas: { decisions: { used: 0 } },
    });
  });

  it.each([
    [{ decision_log: { retention_days: 0 } }, '/decision_log/retention_days'],
    [{ decision_log: { mask: ['input'] } }, '/decision_log/mask/0'],
    [{ name: 'other' }, '/name'],
    [{ settings: {} }, '/settings'],
  ])('may not be %j', async (body, pointer) => {
    const { name, admin } = await newOrganisation(`settings-${crypto.randomUUID()}`);
    expect(problemOf(await call('PATCH', `/v1/orgs/${name}`, admin, body))).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer }],
    });
  });
});

describe('the name of an organisation', () => {
  const create = (name: string) => call('POST', '/v1/orgs', operator, { name, title: 'x' });

  it.each(['', 'A', '-a', 'a-', 'a/b', 'a_b', 'a'.repeat(65), '../x', 'ä'])('may not be %j', async name => {
    expect(problemOf(await create(name)).code).toBe('invalid_request');
  });

  it.each(['tags', 'sets'])('may not be %s, where the library has its policies', async name => {
    expect(problemOf(await create(name))).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/name' }],
    });
  });

  it('is given out once, also to two at a time, and not again after the end', async () => {
    const answers = await Promise.all([create('once'), create('once'), create('once')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { token } = (answers.find(({ status }) => status === 201)!.json as { admin: { token: string } })
      .admin;
    expect((await call('DELETE', '/v1/orgs/once', operator)).status).toBe(204);
    expect(problemOf(await create('once')).code).toBe('conflict');
    expect(problemOf(await call('DELETE', '/v1/orgs/once', operator)).code).toBe('not_found');
    expect(problemOf(await call('GET', '/v1/orgs/once', bearer(token))).code).toBe('unauthorized');
  });
});

describe('a new token', () => {
  it.each([
    ['without an end', { expires_at: undefined }, '/expires_at'],
    ['that has ended', { expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
    ['that lasts too long', { expires_at: '2999-01-01T00:00:00Z' }, '/expires_at'],
    ['without roles', { roles: [] }, '/roles'],
    ['with a role that there is not', { roles: ['owner'] }, '/roles/0'],
    ['for no policy', { policies: [] }, '/policies'],
    ['for a policy that cannot be', { policies: ['acme/web'] }, '/policies/0'],
    ['with a line break in its label', { label: 'a\nb' }, '/label'],
  ])('%s is refused', async (_, fields, pointer) => {
    const { name, admin } = await newOrganisation(`new-token-${crypto.randomUUID()}`);
    const body = { label: 'ci', roles: ['evaluate'], expires_at: soon(), ...fields };
    expect(problemOf(await call('POST', `/v1/orgs/${name}/tokens`, admin, body))).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer }],
    });
  });

  it('is refused where there are too many, but not for those that have ended', async () => {
    const org = await newOrganisation('full-of-tokens');
    const ended = await newToken(org);
    await call('DELETE', `/v1/orgs/${org.name}/tokens/${ended.id}`, org.admin);
    for (let count = 1; count < mostTokens; count++) await tokenOf(org, ['evaluate']);
    const body = { label: 'ci', roles: ['evaluate'], expires_at: soon() };
    expect(problemOf(await call('POST', `/v1/orgs/${org.name}/tokens`, org.admin, body)).code).toBe(
      'conflict',
    );
  });

  it('says when it was last used, to the minute', async () => {
    const org = await newOrganisation('used-token');
    const { id, token } = await newToken(org);
    const used = async () => {
      const { json } = await call('GET', `/v1/orgs/${org.name}/tokens`, org.admin);
      const { items } = json as { items: { id: string; last_used_at?: string }[] };
      return items.find(item => item.id === id)?.last_used_at;
    };
    expect(await used()).toBeUndefined();
    await call('GET', `/v1/orgs/${org.name}`, bearer(token));
    await expect.poll(used).toBeTypeOf('string');
    const first = await used();
    await call('GET', `/v1/orgs/${org.name}`, bearer(token));
    expect(await used()).toBe(first);
  });
});

describe('credentials of a registry', () => {
  it('are listed by host alone, and kept sealed', async () => {
    const { name, admin } = await newOrganisation('registries-a');
    const path = `/v1/orgs/${name}/registries`;
    const put = (host: string, body: unknown) => call('PUT', `${path}/${host}`, admin, body);
    expect((await put('ghcr.io', { username: 'u', password: 'very-secret' })).status).toBe(204);
    expect((await put('docker.io', { identitytoken: 'very-secret' })).status).toBe(204);
    const auths = { 'registry.acme.io:5000/team': { auth: btoa('u:very-secret') } };
    expect((await put('registry.acme.io:5000', { auths })).status).toBe(204);
    const list = await call('GET', path, admin);
    expect(registryListAnswer.safeParse(list.json).error).toBeUndefined();
    const hosts = (list.json as { items: { host: string }[] }).items.map(({ host }) => host);
    expect(hosts).toEqual(['ghcr.io', 'registry-1.docker.io', 'registry.acme.io:5000']);
    const stored = await env.DB.prepare('SELECT * FROM registries').all();
    const audit = await call('GET', `/v1/orgs/${name}/audit`, admin);
    for (const text of [list.text, JSON.stringify(stored.results), audit.text])
      expect(text).not.toContain('very-secret');
    expect((await call('DELETE', `${path}/docker.io`, admin)).status).toBe(204);
    expect(problemOf(await call('DELETE', `${path}/docker.io`, admin)).code).toBe('not_found');
  });

  it.each([
    ['of another registry', 'ghcr.io', { auths: { 'quay.io': { auth: btoa('u:p') } } }],
    [
      'of a registry that only begins alike',
      'ghcr.io',
      { auths: { 'ghcr.io.evil.io': { auth: btoa('u:p') } } },
    ],
    ['of no registry', 'ghcr.io', { auths: {} }],
    ['that leave it to a program', 'ghcr.io', { auths: {}, credHelpers: { 'ghcr.io': 'x' } }],
    ['without a password', 'ghcr.io', { username: 'u' }],
    ['for a wildcard', '*.acme.io', { username: 'u', password: 'p' }],
    ['for what is no host', 'a b', { username: 'u', password: 'p' }],
  ])('%s are refused', async (_, host, body) => {
    const { name, admin } = await newOrganisation(`registries-${crypto.randomUUID()}`);
    const path = `/v1/orgs/${name}/registries/${encodeURIComponent(host)}`;
    expect(problemOf(await call('PUT', path, admin, body)).code).toBe('invalid_request');
  });
});

describe('the audit log', () => {
  it('has every change with who made it, the newest first, in pages', async () => {
    const org = await newOrganisation('audited');
    const { id } = await newToken(org, { label: 'pipelines', policies: ['web'] });
    await call('DELETE', `/v1/orgs/audited/tokens/${id}`, org.admin);
    await call('PATCH', '/v1/orgs/audited', org.admin, { title: 'Audited' });
    const actions: string[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { json }: Answer = await call('GET', `/v1/orgs/audited/audit?limit=2${after}`, org.admin);
      expect(auditListAnswer.safeParse(json).error).toBeUndefined();
      const { items, next } = json as { items: { action: string; actor: string }[]; next?: string };
      expect(items.length).toBeLessThanOrEqual(2);
      actions.push(...items.map(({ action, actor }) => `${action} by ${actor.replace(/:.*/u, '')}`));
      after = next === undefined ? undefined : `&after=${next}`;
    }
    expect(actions.slice(0, 3)).toEqual([
      'organisation.change by token',
      'token.revoke by token',
      'token.create by token',
    ]);
    expect(actions.slice(3).sort()).toEqual(['organisation.create by operator', 'token.create by operator']);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'limt=1', 'limit=1&limit=2'])(
    'is not asked for by %s',
    async query => {
      const { name, admin } = await newOrganisation(`audit-${crypto.randomUUID()}`);
      expect(problemOf(await call('GET', `/v1/orgs/${name}/audit?${query}`, admin)).code).toBe(
        'invalid_query',
      );
    },
  );
});

describe('a quota that is used up', () => {
  const useUp = async (org: string, kind: QuotaKind) =>
    countUse(openDatabase(env.DB), { org, kind, amount: quotas[kind] }, Date.now());

  it('refuses changes until the day is over, and lets read', async () => {
    const { name, admin } = await newOrganisation('used-up');
    await useUp(name, 'changes');
    const refused = await call('PATCH', `/v1/orgs/${name}`, admin, { title: 'changed' });
    expect(problemOf(refused)).toMatchObject({ status: 429, code: 'quota_exceeded' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const read = await call('GET', `/v1/orgs/${name}`, admin);
    expect(read).toMatchObject({ status: 200, json: { title: name } });
    const other = await newOrganisation('not-used-up');
    expect((await call('PATCH', '/v1/orgs/not-used-up', other.admin, { title: 'changed' })).status).toBe(200);
  });

  it('refuses decisions of the organisation, and of no other', async () => {
    const policy = { modules: { 'a.policy': 'package a\n\ndeny tag "latest"\n' } };
    const decide = (headers: Headers) => call('POST', '/v1/evaluate', headers, { policy, images: ['a:1'] });
    const { name, admin } = await newOrganisation('decided-enough');
    expect((await decide(admin)).status).toBe(200);
    await useUp(name, 'decisions');
    expect(problemOf(await decide(admin)).code).toBe('quota_exceeded');
    const other = await newOrganisation('decides-on');
    expect((await decide(other.admin)).status).toBe(200);
  });
});

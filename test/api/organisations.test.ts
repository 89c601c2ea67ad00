import { describe, expect, it } from 'vitest';
import { organisationAnswer, tokenListAnswer } from '../../src/api/schemas/organisations.ts';
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

import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/api/index.ts';
import { routes } from '../../../src/api/routes/index.ts';
import { PolicyLibrary } from '../../../src/bundles/index.ts';
import { PolicyCache } from '../../../src/decide/index.ts';
import { openDatabase, type Role, Sealer } from '../../../src/store/index.ts';
import { TestIssuer } from '../access/issuer.ts';
import { bearer } from '../organisations.ts';
import { type Callers, callersOf, fulfil } from './callers.ts';
import { doorRows, tokenDoorRows } from './door-rows.ts';
import { type Call, type Row, rows } from './rows.ts';

const issuer = new TestIssuer();
const operator = bearer('operator');
const app = createApp({
  library: new PolicyLibrary([]),
  cache: new PolicyCache(),
  bindings: [],
  database: openDatabase(env.DB),
  anonymous: true,
  operatorToken: 'operator',
  sealer: new Sealer(btoa('k'.repeat(32))),
  afterwards: () => undefined,
  now: () => Date.now(),
  clock: () => 0,
  log: () => undefined,
  record: () => undefined,
  version: 'test',
  outside: issuer.outside,
});

let own: Callers;
let other: Callers;
beforeAll(async () => {
  await issuer.addKey('a');
  own = await callersOf('own-organisation', issuer);
  other = await callersOf('other-organisation', issuer);
});

async function send(route: string, { path, body }: Call, sent: Headers = new Headers()) {
  const headers = new Headers(sent);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const [method = ''] = route.split(' ');
  const response = await app.request(path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const code =
    response.headers.get('content-type') === 'application/problem+json' ? JSON.parse(text).code : undefined;
  return { status: response.status, code, text, challenge: response.headers.get('www-authenticate') };
}

/** Sends what a row has, about that organisation. */
async function ask(route: string, org: string, headers?: Headers) {
  return send(route, await rows[route]!.call(org), headers);
}

const table = Object.entries(rows);
const forRoles = table.filter(([, { lets }]) => lets in fulfil) as [string, Row & { lets: Role }][];
const forOne = table.filter(([, { absent }]) => absent !== undefined) as [
  string,
  Row & Required<Pick<Row, 'absent'>>,
][];
const forOperator = table.filter(([, { lets }]) => lets === 'operator');
const forAnyone = table.filter(([, { lets }]) => lets === 'anyone');
const roleNames = Object.keys(fulfil) as Role[];

it('every route has a row, and every row a route', () => {
  const all = { ...rows, ...doorRows, ...tokenDoorRows };
  expect(Object.keys(all).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

describe.each(forRoles)('%s', (route, row) => {
  it.each(roleNames)('by the role %s of the organisation', async role => {
    const answer = await ask(route, own.org.name, own.roles[role]);
    if (fulfil[row.lets].includes(role)) expect(answer).toMatchObject({ status: row.status });
    else expect(answer).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('by a job of CI that may evaluate', async () => {
    const status = row.lets === 'evaluate' ? row.status : 403;
    expect(await ask(route, own.org.name, own.identity)).toMatchObject({ status });
  });

  it('by a token for one policy', async () => {
    const status = row.limited ?? row.status;
    expect(await ask(route, own.org.name, own.limited)).toMatchObject({ status });
  });

  it('by nobody, and by the operator', async () => {
    const anonymous = await ask(route, own.org.name);
    expect(anonymous).toMatchObject({
      status: 401,
      code: 'unauthorized',
      challenge: expect.stringContaining('Bearer'),
    });
    expect(await ask(route, own.org.name, operator)).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it('by a credential that does not count', async () => {
    for (const [what, headers] of Object.entries(own.refused)) {
      const answer = await ask(route, own.org.name, headers);
      expect({ what, ...answer }).toMatchObject({ what, status: 401, code: 'unauthorized' });
    }
  });

  it('of another organisation is as if it were not there', async () => {
    const absent = (call: Call) => ({
      ...call,
      path: call.path.replace(other.org.name, 'absent-organisation'),
    });
    const call = await row.call(other.org.name);
    for (const headers of [...Object.values(own.roles), own.limited, own.identity]) {
      const foreign = await send(route, call, headers);
      expect(foreign.status).toBe(headers === own.identity ? 401 : 404);
      expect(foreign).toEqual(await send(route, absent(call), headers));
      expect(foreign.text).not.toContain(other.org.name);
    }
    expect(await send(route, call)).toEqual(await send(route, absent(call)));
  });
});

describe.each(forOne)('%s', (route, { call, absent }) => {
  it('answers for what is not there as for what is not yours', async () => {
    const missing = await send(route, absent(own.org.name), own.roles.admin);
    expect(missing.status).toBe(404);
    expect(missing).toEqual(await send(route, await call(other.org.name), own.roles.admin));
  });
});

describe.each(forOne.filter(([, { shared }]) => shared !== true))('%s', (route, { call }) => {
  it('does not find what is another organisation’s in its own', async () => {
    const { path, body } = await call(other.org.name);
    const moved = { path: path.replace(other.org.name, own.org.name), body };
    expect(await send(route, moved, own.roles.admin)).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe.each(forOperator)('%s', (route, row) => {
  it('by the operator', async () => {
    expect(await ask(route, own.org.name, operator)).toMatchObject({ status: row.status });
  });

  it('by nobody else', async () => {
    const others = [...Object.values(own.roles), own.limited, own.identity, ...Object.values(own.refused)];
    for (const headers of [undefined, ...others, bearer('operato'), bearer('operator2')])
      expect(await ask(route, own.org.name, headers)).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});

describe.each(forAnyone)('%s', (route, row) => {
  it('by nobody', async () => {
    expect(await ask(route, own.org.name)).toMatchObject({ status: row.status });
  });

  it.each(roleNames)('by the role %s', async role => {
    expect(await ask(route, own.org.name, own.roles[role])).toMatchObject({ status: row.status });
  });
});

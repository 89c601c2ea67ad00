import { beforeAll, describe, expect, it } from 'vitest';
import { TestIssuer } from '../access/issuer.ts';
import { send } from '../client.ts';
import { bearer } from '../organisations.ts';
import { type Callers, callersOf, fulfil } from './callers.ts';
import { doorRows, tokenDoorRows } from './door-rows.ts';
import type { Call } from './rows.ts';

const issuer = new TestIssuer('https://ci.internal');
let own: Callers;
let other: Callers;
beforeAll(async () => {
  await issuer.addKey('a');
  own = await callersOf('own-doors', issuer);
  other = await callersOf('other-doors', issuer);
});

async function ask(route: string, { path, body }: Call, sent: Headers = new Headers()) {
  const headers = new Headers(sent);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const [method = ''] = route.split(' ');
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const { status, text } = await send(path, init);
  return { status, text };
}

const roles = Object.keys(fulfil) as (keyof typeof fulfil)[];
/** Of these the answer says nothing that could be refused: there is no such document or text. */
const empty = /mutate|POST \/opa\/\{org\}\/\{policy\}$|policies\/\{path/u;

describe.each(Object.entries(doorRows))('%s', (route, { call, refuses }) => {
  it.each(empty.test(route) ? [] : roles)('by the role %s', async role => {
    const { status, text } = await ask(route, await call('own-doors'), own.roles[role]);
    expect({ status, refused: status !== 200 || (text.startsWith('{') && refuses(status, text)) }).toEqual({
      status: 200,
      refused: false,
    });
  });

  it('by nobody, the operator, a token for another policy, and credentials that do not count', async () => {
    const refused = [undefined, bearer('operator'), own.limited, ...Object.values(own.refused)];
    for (const headers of refused) {
      const { status, text } = await ask(route, await call('own-doors'), headers);
      expect({ text, refused: refuses(status, text) }).toEqual({ text, refused: true });
    }
  });

  it('of another organisation is as if it were not there', async () => {
    const foreign = await call('other-doors');
    const absent = { ...foreign, path: foreign.path.replace('other-doors', 'absent-org') };
    for (const headers of [...Object.values(own.roles), own.limited]) {
      const answer = await ask(route, foreign, headers);
      expect(refuses(answer.status, answer.text)).toBe(true);
      const same = await ask(route, absent, headers);
      expect({ ...answer, text: answer.text.replaceAll('other-doors', 'absent-org') }).toEqual(same);
    }
    expect(other.org.name).toBe('other-doors');
  });
});

describe.each(Object.entries(tokenDoorRows))('%s', (route, { call, refuses }) => {
  it('does not let in what is no token, whatever the header has', async () => {
    for (const headers of [undefined, own.roles.admin]) {
      const { status, text } = await ask(route, await call('own-doors'), headers);
      expect(refuses(status, text)).toBe(true);
    }
  });

  it('lets in the token in the path', async () => {
    const { path, body } = await call('own-doors');
    const token = own.roles.evaluate.get('authorization')!.replace('Bearer ', '');
    const { status, text } = await ask(route, { path: path.replace(/[^/]+$/u, token), body });
    expect(status).toBe(200);
    expect(text).not.toContain('no such token');
    if (!route.includes('mutate')) expect(refuses(status, text)).toBe(false);
  });
});

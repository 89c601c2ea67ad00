import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { changePolicy, openDatabase, subscribe, type Visibility } from '../../../src/store/index.ts';
import { TestIssuer } from '../access/issuer.ts';
import { postJson, problemOf, send } from '../client.ts';
import { bearer, tokenOf } from '../organisations.ts';
import { publish } from '../published.ts';
import { type Callers, callersOf } from './callers.ts';

const database = openDatabase(env.DB);
const visibilities: readonly Visibility[] = ['private', 'org', 'public'];
const doors = ['/v1/evaluate', '/v1/batch', '/v1/check'] as const;

let own: Callers;
let other: Callers;
/** For the private policy alone. */
let named: Headers;

beforeAll(async () => {
  const issuer = new TestIssuer('https://ci.internal');
  await issuer.addKey('a');
  own = await callersOf('own-policies', issuer);
  other = await callersOf('other-policies', issuer);
  named = await tokenOf(own.org, ['evaluate'], ['private']);
  for (const { org } of [own, other]) await publishAll(org.name);
  await publish('other-policies/followed', 'package followed\n\ndeny tag "canary"\n');
  await show('other-policies', 'followed', 'public');
  const followed = {
    org: 'other-policies',
    name: 'followed',
    selector: { kind: 'channel', value: 'stable' },
  } as const;
  await subscribe(database, { org: 'own-policies', to: followed, actor: 'operator' }, Date.now());
});

async function publishAll(org: string): Promise<void> {
  for (const visibility of visibilities) {
    await publish(`${org}/${visibility}`, `package p.${visibility}\n\ndeny tag "canary"\n`);
    await show(org, visibility, visibility);
  }
}

function show(org: string, name: string, visibility: Visibility) {
  return changePolicy(database, { org, name, visibility, actor: 'operator' }, undefined, Date.now());
}

function ask(door: (typeof doors)[number], policy: string, headers = new Headers()) {
  const images = ['nginx:1.27'];
  const what = {
    '/v1/evaluate': { images },
    '/v1/batch': { submissions: { a: { images } } },
    '/v1/check': {},
  };
  return postJson(door, { policy, ...what[door] }, Object.fromEntries(headers));
}

function publishOver(files: object, headers: Headers) {
  const all = { ...Object.fromEntries(headers), 'content-type': 'application/json' };
  return send('/v1/orgs/own-policies/policies/over', {
    method: 'PUT',
    headers: all,
    body: JSON.stringify({ files }),
  });
}

describe.each(doors)('%s by a policy of the organisation', door => {
  it.each([
    ['private', 404],
    ['org', 200],
    ['public', 200],
  ])('that is %s, for a caller that may only evaluate', async (policy, status) => {
    expect((await ask(door, `own-policies/${policy}`, own.roles.evaluate)).status).toBe(status);
  });

  it.each(visibilities)('that is %s, for those who do more', async policy => {
    for (const role of ['publish', 'approve', 'admin'] as const)
      expect((await ask(door, `own-policies/${policy}`, own.roles[role])).status).toBe(200);
  });

  it('that is private, for a token that names it, which has no other', async () => {
    expect((await ask(door, 'own-policies/private', named)).status).toBe(200);
    for (const policy of ['own-policies/org', 'own-policies/public', 'other-policies/followed'])
      expect((await ask(door, policy, named)).status).toBe(404);
    for (const policy of visibilities)
      expect((await ask(door, `own-policies/${policy}`, own.limited)).status).toBe(404);
  });

  it('for nobody, and for credentials that do not count', async () => {
    for (const headers of [undefined, bearer('operator-of-the-tests'), ...Object.values(own.refused)])
      for (const policy of ['own-policies/public', 'own-policies/absent', 'absent/absent'])
        expect(problemOf(await ask(door, policy, headers)).code).toBe('unauthorized');
  });
});

describe.each(doors)('%s by a policy of another organisation', door => {
  it('that is public and followed', async () => {
    expect((await ask(door, 'other-policies/followed', own.roles.evaluate)).status).toBe(200);
    expect((await ask(door, 'other-policies/followed@1', own.roles.evaluate)).status).toBe(200);
  });

  it.each([...visibilities, 'private@1', 'org@stable', 'public@9', 'public@edge'])(
    '%s answers as if it were not there, whoever asks',
    async policy => {
      for (const headers of [...Object.values(own.roles), own.limited, named]) {
        const answers = [];
        for (const org of ['other-policies', 'absent-policies']) {
          const { status, text } = await ask(door, `${org}/${policy}`, headers);
          answers.push({ status, text: text.replaceAll(org, 'ORG') });
        }
        expect(answers[0]!.status).toBe(404);
        expect(answers[0]).toEqual(answers[1]);
      }
    },
  );
});

it('a policy that extends another organisation’s is refused as if there were none', async () => {
  const refusals = [];
  for (const base of [
    'other-policies/private',
    'other-policies/org',
    'other-policies/absent',
    'absent-policies/x',
  ]) {
    const files = { 'a.policy': 'package a\n\ndeny tag "x"\n', 'policy.yaml': `extends: [${base}]\n` };
    const { status, text } = await publishOver(files, own.roles.publish);
    refusals.push({ status, text: text.replaceAll(base, 'BASE') });
  }
  expect(refusals[0]!.status).toBe(422);
  for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
});

it('a token that counts is needed where one is sent, also where nobody needs one', async () => {
  const policy = { modules: { 'a.policy': 'package a\n\ndeny tag "latest"\n' } };
  for (const headers of Object.values(own.refused)) {
    const body = { policy, images: ['nginx:1.27'] };
    const answer = await postJson('/v1/evaluate', body, Object.fromEntries(headers));
    expect(problemOf(answer).code).toBe('unauthorized');
  }
});

import { beforeAll, describe, expect, it } from 'vitest';
import {
  catalogueAnswer,
  subscriptionAnswer,
  subscriptionListAnswer,
} from '../../../src/api/schemas/policies.ts';
import { problemOf } from '../client.ts';
import { newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';
import { call, denies, evaluate, pathOf, promote, publish, release } from './calls.ts';

let platform: TestOrganisation;
let team: TestOrganisation;
beforeAll(async () => {
  platform = await newOrganisation('platform');
  team = await newOrganisation('team');
});

async function shared(name: string): Promise<string> {
  const reference = `platform/${name}`;
  await release(reference, platform.admin, denies('latest', name));
  await call('PATCH', pathOf(reference), platform.admin, { visibility: 'public' });
  return reference;
}

const follow = (reference: string, body: object = {}) =>
  call('PUT', `/v1/orgs/team/subscriptions/${reference}`, team.admin, body);

describe('a public policy', () => {
  it('decides for another organisation that has subscribed to it, as long as both hold', async () => {
    const reference = await shared('followed');
    const before = await evaluate(reference, team.admin);
    const absent = await evaluate('platform/absent', team.admin);
    expect(before.status).toBe(404);
    expect(before.text.replaceAll('followed', 'absent')).toBe(absent.text);
    const followed = await follow(reference);
    expect(subscriptionAnswer.safeParse(followed.json).error).toBeUndefined();
    expect((await evaluate(reference, team.admin)).json).toMatchObject({ decision: 'deny' });
    const list = await call('GET', '/v1/orgs/team/subscriptions', team.admin);
    expect(subscriptionListAnswer.safeParse(list.json).error).toBeUndefined();
    await call('PATCH', pathOf(reference), platform.admin, { visibility: 'org' });
    expect((await evaluate(reference, team.admin)).status).toBe(404);
    await call('PATCH', pathOf(reference), platform.admin, { visibility: 'public' });
    expect((await evaluate(reference, team.admin)).status).toBe(200);
    const path = `/v1/orgs/team/subscriptions/${reference}`;
    expect((await call('DELETE', path, team.admin)).status).toBe(204);
    expect((await evaluate(reference, team.admin)).status).toBe(404);
    expect((await call('DELETE', path, team.admin)).status).toBe(404);
  });

  it('stands for what the subscription pins, where no selector is given', async () => {
    const reference = await shared('pinned');
    await follow(reference, { selector: '1' });
    await release(reference, platform.admin, denies('other', 'pinned'));
    const version = async (asked: string) => (await evaluate(asked, team.admin)).json;
    expect(await version(reference)).toMatchObject({ policy: [{ version: 1 }] });
    expect(await version(`${reference}@stable`)).toMatchObject({ policy: [{ version: 2 }] });
    expect(await version(reference)).not.toMatchObject({ policy: [{ channel: 'stable' }] });
  });

  it('can be extended by those who follow it, and fails their policies where it is public no more', async () => {
    const reference = await shared('extended');
    const files = { ...denies('dev', 'above'), 'policy.yaml': `extends: ["${reference}"]\n` };
    expect((await publish('team/above', team.admin, files)).status).toBe(422);
    await follow(reference);
    await release('team/above', team.admin, files);
    expect((await evaluate('team/above', team.admin)).json).toMatchObject({
      violations: [{ layer: 'platform/extended@1' }],
    });
    await call('PATCH', pathOf(reference), platform.admin, { visibility: 'private' });
    const broken = problemOf(await evaluate('team/above', team.admin));
    expect(broken).toMatchObject({ status: 422, code: 'policy_error' });
    expect(broken.detail).toContain('there is no platform/extended@stable that may be used');
  });

  it('says nothing of what stands in its files to those who follow it, when its layers come apart', async () => {
    await release('platform/inside', platform.admin, denies('latest', 'inside'));
    const open = { ...denies('dev', 'open'), 'policy.yaml': 'extends: [platform/inside]\n' };
    await release('platform/open', platform.admin, open);
    await call('PATCH', pathOf('platform/open'), platform.admin, { visibility: 'public' });
    await follow('platform/open');
    const files = { ...denies('x', 'mine'), 'policy.yaml': 'extends: [platform/open]\n' };
    await release('team/mine', team.admin, files);
    const clash = { 'x.policy': 'package mine\n\ndeny tag "secret-tag"\n' };
    await release('platform/inside', platform.admin, clash);
    const broken = await evaluate('team/mine', team.admin);
    expect(problemOf(broken)).toMatchObject({ status: 422, code: 'policy_error' });
    expect(broken.text).not.toContain('secret-tag');
    expect(problemOf(broken).diagnostics?.map(({ file }) => file)).toEqual(['team/mine@1/mine.policy']);
  });

  it('cannot be followed unless it is public, nor be one’s own', async () => {
    await release('platform/inner', platform.admin, denies('latest', 'inner'));
    const inner = await follow('platform/inner');
    expect(inner.text).toBe((await follow('platform/absent')).text);
    await release('team/own', team.admin, denies('latest', 'own'));
    expect((await follow('team/own')).status).toBe(404);
    expect(problemOf(await follow(await shared('selected'), { selector: '@x' })).code).toBe(
      'invalid_request',
    );
  });
});

describe('the catalogue', () => {
  it('has the public policies of others, with what they are', async () => {
    const reference = await shared('listed');
    await release('platform/unlisted', platform.admin, denies('latest', 'unlisted'));
    const list = await call('GET', '/v1/orgs/team/catalogue?limit=200', team.admin);
    expect(catalogueAnswer.safeParse(list.json).error).toBeUndefined();
    expect(list.text).toContain(`"${reference}"`);
    expect(list.text).not.toContain('unlisted');
    const entry = await call('GET', `/v1/orgs/team/catalogue/${reference}`, team.admin);
    expect(entry.json).toMatchObject({ name: reference, latest: { rules: [{ name: 'listed.deny_tag' }] } });
    const version = await call('GET', `/v1/orgs/team/catalogue/${reference}/versions/stable`, team.admin);
    expect(version.json).toMatchObject({ version: 1, files: denies('latest', 'listed') });
    const hidden = await call('GET', '/v1/orgs/team/catalogue/platform/unlisted', team.admin);
    expect(hidden.text).toBe((await call('GET', '/v1/orgs/team/catalogue/platform/absent', team.admin)).text);
  });
});

describe('a private policy', () => {
  it('is seen by tokens that name it, and by those who do more than evaluate', async () => {
    await release('team/secret', team.admin, denies('latest', 'secret'));
    await call('PATCH', pathOf('team/secret'), team.admin, { visibility: 'private' });
    const [plain, named, publisher] = [
      await tokenOf(team, ['evaluate']),
      await tokenOf(team, ['evaluate'], ['secret']),
      await tokenOf(team, ['publish']),
    ];
    const seen = async (headers: Headers) => [
      (await evaluate('team/secret', headers)).status,
      (await call('GET', pathOf('team/secret'), headers)).status,
      (await call('GET', '/v1/orgs/team/policies', headers)).text.includes('team/secret'),
    ];
    expect(await seen(plain)).toEqual([404, 404, false]);
    expect(await seen(named)).toEqual([200, 200, true]);
    expect(await seen(publisher)).toEqual([200, 200, true]);
    expect((await promote('team/secret', 'stable', 1, plain)).status).toBe(403);
  });
});

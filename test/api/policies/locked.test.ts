import { beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../client.ts';
import { newOrganisation, type TestOrganisation } from '../organisations.ts';
import { call, denies, evaluate, type Files, release } from './calls.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('locking');
});

const base = (locked: string): Files => ({
  ...denies('latest', 'base'),
  'policy.yaml': `title: Base\n${locked}`,
});
const team: Files = { ...denies('dev', 'team'), 'policy.yaml': 'extends: [locking/base]\n' };

function exempt(rule: string) {
  return call('POST', '/v1/orgs/locking/exemptions', org.admin, {
    policy: 'locking/team',
    owner: 'team-shop',
    reason: 'for a while',
    images: ['nginx'],
    rules: [rule],
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  });
}

describe('a rule that a layer below has locked', () => {
  it('is not lifted, not even by an exemption that is older than the lock', async () => {
    await release('locking/base', org.admin, base(''));
    await release('locking/team', org.admin, team);
    expect((await exempt('base.deny_tag')).status).toBe(201);
    expect((await exempt('team.deny_tag')).status).toBe(201);
    expect((await evaluate('locking/team', org.admin)).json).toMatchObject({ decision: 'allow' });
    await release('locking/base', org.admin, base('locked: [base.deny_tag]\n'));
    expect((await evaluate('locking/team', org.admin)).json).toMatchObject({
      decision: 'deny',
      violations: [
        {
          rule: 'base.deny_tag',
          exempted: null,
          not_exempted: expect.stringContaining('locked by locking/base@2'),
        },
      ],
    });
    const own = await evaluate('locking/team', org.admin, { images: ['nginx:dev'] });
    expect(own.json).toMatchObject({ decision: 'allow' });
    expect(problemOf(await exempt('base.deny_tag')).code).toBe('invalid_request');
    await release('locking/base', org.admin, base('locked: true\n'));
    expect((await evaluate('locking/team', org.admin)).json).toMatchObject({ decision: 'deny' });
  });

  it('is not lifted by a statement of a layer above', async () => {
    await release('locking/base', org.admin, base(''));
    const statement = 'exempt "nginx" from deny_tag until "2999-01-01" because "no"\n';
    const files = { ...team, 'team.policy': `${team['team.policy']}\n${statement}` };
    await release('locking/statement', org.admin, files);
    const decision = async (image: string) =>
      (await evaluate('locking/statement', org.admin, { images: [image] })).json;
    expect(await decision('nginx:dev')).toMatchObject({ decision: 'allow' });
    expect(await decision('nginx:latest')).toMatchObject({ decision: 'deny' });
  });
});

describe('a policy that comes with a request', () => {
  it('extends nothing', async () => {
    const answer = await evaluate('locking/team', org.admin, { policy: { modules: team } });
    expect(problemOf(answer)).toMatchObject({ code: 'policy_error' });
    expect(problemOf(answer).detail).toContain('only a policy that is published can extend others');
  });

  it('cannot be given data of a policy of an organisation', async () => {
    const policy = { name: 'locking/team', data: { parameters: {} } };
    expect(problemOf(await evaluate('', org.admin, { policy })).code).toBe('invalid_request');
  });
});

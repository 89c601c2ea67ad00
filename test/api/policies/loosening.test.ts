import { beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../client.ts';
import { newOrganisation, type TestOrganisation } from '../organisations.ts';
import { call, denies, evaluate, publish, release } from './calls.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('loosening');
});

const parameter = `# METADATA
# custom:
#   parameters:
#     allowed: { type: array }
`;
const baseline = `${parameter}package base.rules

import data.parameters

allow registry parameters.allowed
`;

describe('a layer', () => {
  it('gives no locked parameter by declaring and locking it too', async () => {
    const locked = 'locked: [parameters.allowed]\n';
    await release('loosening/base', org.admin, { 'base.policy': baseline, 'policy.yaml': locked });
    const files = {
      'team.policy': `${parameter}package team\n\ndeny tag "dev"\n`,
      'policy.yaml': `extends: [loosening/base]\n${locked}data: { parameters: { allowed: ["**"] } }\n`,
    };
    const problem = problemOf(await publish('loosening/team', org.admin, files));
    expect(problem.diagnostics?.[0]?.message).toMatch(/is locked by loosening\/base@1/u);
  });

  it('unlocks no policy of the library by joining it in a layer beside', async () => {
    const joins = 'policies: [disallowed-tags]\n';
    const beside = { ...denies('a', 'beside'), 'policy.yaml': joins };
    await release('loosening/z-beside', org.admin, beside);
    const extending = (bases: string) => ({
      ...denies('dev', 'top'),
      'policy.yaml': `extends: [${bases}]\n`,
    });
    await release('loosening/top', org.admin, extending('loosening/z-beside'));
    const exemption = await call('POST', '/v1/orgs/loosening/exemptions', org.admin, {
      policy: 'loosening/top',
      owner: 'team-shop',
      reason: 'for a while',
      images: ['nginx'],
      rules: ['pratique.tags.disallowed_tags.deny_tag'],
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(exemption.status).toBe(201);
    expect((await evaluate('loosening/top', org.admin)).json).toMatchObject({ decision: 'allow' });
    await release('loosening/a-locks', org.admin, {
      ...denies('b', 'locks'),
      'policy.yaml': `${joins}locked: true\n`,
    });
    await release('loosening/top', org.admin, extending('loosening/a-locks, loosening/z-beside'));
    expect((await evaluate('loosening/top', org.admin)).json).toMatchObject({
      decision: 'deny',
      violations: [{ not_exempted: expect.stringContaining('locked by loosening/a-locks@1') }],
    });
  });

  it('has no package whose rules are called as those of another', async () => {
    const base = { 'base.policy': 'package acme.named.rules\n\ndeny tag "a"\n' };
    await release('loosening/named', org.admin, base);
    const files = {
      'team.policy': 'package acme["named.rules"]\n\ndeny tag "dev"\n',
      'policy.yaml': 'extends: [loosening/named]\n',
    };
    const problem = problemOf(await publish('loosening/namesake', org.admin, files));
    expect(problem.diagnostics?.[0]).toMatchObject({ code: 'layer_error', file: 'team.policy' });
    expect(problem.diagnostics?.[0]?.message).toMatch(/is a package of loosening\/named@1/u);
  });
});

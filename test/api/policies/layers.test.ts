import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/api/problem.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import { problemOf } from '../client.ts';
import { newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';
import { denies, evaluate, type Files, promote, publish, release } from './calls.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('layering');
});

const baseline = `# METADATA
# custom:
#   parameters:
#     allowed: { type: array, items: { type: string } }
#     note: what is said
package base.rules

import data.parameters

deny tag "latest"

allow registry parameters.allowed
`;

/** A baseline with a name of its own, so that tests do not meet. */
async function base(name: string, more: Files = {}): Promise<string> {
  await release(`layering/${name}`, org.admin, { 'baseline.policy': baseline, ...more });
  return `layering/${name}`;
}

const team = (extended: string, more = '') => ({
  ...denies('dev', 'team'),
  'policy.yaml': `extends: ["${extended}"]\n${more}`,
});

const given = 'data: { parameters: { allowed: ["docker.io/library/*"] } }\n';

describe('a policy that extends another', () => {
  it('decides by the rules of both, and says which layer each is of', async () => {
    const below = await base('plain');
    await release('layering/team', org.admin, team(`${below}@stable`, given));
    const answer = await evaluate('layering/team', org.admin, {
      images: ['nginx', 'nginx:dev', 'ghcr.io/x/y:1', 'nginx:1'],
    });
    const { images, violations, policy } = answer.json as Verdict;
    expect(images.map(({ decision }) => decision)).toEqual(['deny', 'deny', 'deny', 'allow']);
    expect(violations.map(({ rule, layer }) => [rule, layer])).toEqual([
      ['base.rules.allow_registry', 'layering/plain@1'],
      ['base.rules.deny_tag', 'layering/plain@1'],
      ['team.deny_tag', 'layering/team@1'],
    ]);
    expect(policy[0]?.layers).toMatchObject([
      { name: 'layering/team', version: 1 },
      { name: 'layering/plain', version: 1 },
    ]);
  });

  it('follows a channel of the layer below, and stays with a version', async () => {
    const below = await base('moving');
    await release('layering/follows', org.admin, team(below, given));
    await release('layering/pinned', org.admin, team(`${below}@1`, given));
    await release(below, org.admin, { 'baseline.policy': `${baseline}\ndeny tag "1"\n` });
    const decisions = ['layering/follows', 'layering/pinned'].map(async policy => {
      const { json } = await evaluate(policy, org.admin, { images: ['nginx:1'] });
      return (json as Verdict).decision;
    });
    expect(await Promise.all(decisions)).toEqual(['deny', 'allow']);
  });

  it('joins policies of the library, which are layers too', async () => {
    const files = { 'policy.yaml': 'policies: [disallowed-tags]\nlocked: true\n' };
    await release('layering/joins', org.admin, files);
    const { json } = await evaluate('layering/joins', org.admin);
    expect(json).toMatchObject({
      decision: 'deny',
      policy: [{ layers: [{ name: 'layering/joins' }, { name: 'policies/tags/disallowed-tags' }] }],
      violations: [
        { rule: 'pratique.tags.disallowed_tags.deny_tag', layer: 'policies/tags/disallowed-tags' },
      ],
    });
  });
});

describe('a layer is refused', () => {
  const refused: readonly (readonly [what: string, files: (below: string) => Files, message: RegExp])[] = [
    [
      'that extends nothing there is',
      () => team('layering/absent'),
      /no layering\/absent@stable that may be used/u,
    ],
    ['that extends what is no reference', () => team('layering'), /is no reference/u],
    [
      'of another organisation that is not followed',
      () => team('stranger/x@1'),
      /no stranger\/x@1 that may be used/u,
    ],
    [
      'with a package of the other',
      below => ({ ...team(below, given), 'x.policy': 'package base.rules\ndeny tag "x"' }),
      /package base\.rules is a package of/u,
    ],
    [
      'with a package below',
      below => ({ ...team(below, given), 'x.policy': 'package base.rules.more\ndeny tag "x"' }),
      /inside or around base\.rules/u,
    ],
    [
      'with a package above',
      below => ({ ...team(below, given), 'x.policy': 'package base\ndeny tag "x"' }),
      /inside or around base\.rules/u,
    ],
    [
      'with a package for parameters',
      below => ({ ...team(below), 'x.rego': 'package parameters\nallowed := ["**"]' }),
      /reserved place data\.parameters/u,
    ],
    [
      'with a package of the library',
      below => ({ ...team(below, given), 'x.rego': 'package pratique.x\ny := 1' }),
      /reserved place data\.pratique/u,
    ],
    [
      'with data in a package of the other',
      below => ({ ...team(below, given), 'base/rules/data.json': '{"deny_tag": []}' }),
      /the place of a package of/u,
    ],
    [
      'with data in place of a package',
      below => ({ ...team(below, given), 'base/data.json': '{"rules": 1}' }),
      /the place of a package of/u,
    ],
    [
      'with a parameter that nobody declares',
      below => team(below, 'data: { parameters: { alowed: [] } }\n'),
      /declared by no layer/u,
    ],
    [
      'with a parameter that does not fit',
      below => team(below, 'data: { parameters: { allowed: [1] } }\n'),
      /does not fit its schema/u,
    ],
    [
      'with parameters that are no object',
      below => team(below, 'data: { parameters: [] }\n'),
      /data\.parameters must be an object, found array/u,
    ],
    [
      'with data in the place of the library',
      below => ({ ...team(below, given), 'data.json': '{"pratique": {"tags": {}}}' }),
      /reserved place data\.pratique/u,
    ],
    [
      'that locks what it has not',
      below => team(below, `${given}locked: [base.rules.deny_tag]\n`),
      /has no base\.rules\.deny_tag/u,
    ],
  ];

  it.each(refused)('%s', async (_, files, message) => {
    const below = await base('refusing');
    const problem = problemOf(await publish('layering/refused', org.admin, files(below)));
    expect(problem).toMatchObject({ status: 422, code: 'policy_error' });
    const { diagnostics = [] } = problem;
    const found = diagnostics.find(each => message.test(each.message));
    expect({ found: found?.code, diagnostics }).toMatchObject({ found: 'layer_error' });
  });

  it('that extends itself, by way of another', async () => {
    await release('layering/circle-a', org.admin, denies('a', 'circle_a'));
    await release('layering/circle-b', org.admin, {
      ...denies('b', 'circle_b'),
      'policy.yaml': 'extends: [layering/circle-a]\n',
    });
    const again = { ...denies('c', 'circle_a'), 'policy.yaml': 'extends: [layering/circle-b]\n' };
    const problem = problemOf(await publish('layering/circle-a', org.admin, again));
    expect(problem.diagnostics?.[0]?.message).toMatch(/extend one another: layering\/circle-a/u);
    expect(problem.diagnostics?.[0]).toMatchObject({ file: 'policy.yaml', code: 'layer_error', line: 1 });
  });

  it('on more than can be resolved', async () => {
    const many = Array.from({ length: 2_100 }, (_, index) => `layering/many-${index}`);
    const files = { ...denies('x', 'many'), 'policy.yaml': `extends: ${JSON.stringify(many)}\n` };
    const problem = problemOf(await publish('layering/many', org.admin, files));
    expect(problem).toMatchObject({ status: 422, code: 'limit_exceeded' });
  });

  it('on more than eight others', async () => {
    let below = '';
    let last: Problem | undefined;
    for (let depth = 0; depth <= 9; depth++) {
      const files = denies('x', `deep${depth}`);
      const set = below === '' ? {} : { 'policy.yaml': `extends: ["${below}"]\n` };
      const answer = await publish(`layering/deep-${depth}`, org.admin, { ...files, ...set });
      if (answer.status === 201) below = `layering/deep-${depth}@1`;
      else last = problemOf(answer);
    }
    expect(below).toBe('layering/deep-8@1');
    expect(last?.diagnostics?.[0]?.message).toMatch(/more than 8 layers/u);
  });
});

describe('what a layer below has settled', () => {
  it('parameters cannot be given twice, nor where they are locked', async () => {
    const settled = await base('settled', { 'policy.yaml': `title: x\n${given}` });
    const twice = problemOf(await publish('layering/twice', org.admin, team(settled, given)));
    expect(twice.diagnostics?.[0]?.message).toMatch(/is given by layering\/settled@1 already/u);
    const locked = await base('locked', { 'policy.yaml': 'locked: [parameters.allowed]\n' });
    const more = problemOf(await publish('layering/locked-too', org.admin, team(locked, given)));
    expect(more.diagnostics?.[0]?.message).toMatch(/is locked by layering\/locked@1/u);
  });

  it('data that its rules read cannot come from above', async () => {
    const reads = { 'r.rego': 'package reads\n\ndeny contains "no" if not data.keys.open\n' };
    await release('layering/reads', org.admin, reads);
    const files = { ...team('layering/reads'), 'data.json': '{"keys": {"open": true}}' };
    const problem = problemOf(await publish('layering/answers', org.admin, files));
    expect(problem.diagnostics?.[0]).toMatchObject({ code: 'layer_error', file: 'data.json' });
    expect(problem.diagnostics?.[0]?.message).toMatch(/data\.keys is read by layering\/reads@1/u);
    const rule = { ...team('layering/reads'), 'k.rego': 'package keys\n\nopen := true\n' };
    const ruled = problemOf(await publish('layering/answers', org.admin, rule));
    expect(ruled.diagnostics?.[0]).toMatchObject({ code: 'layer_error', file: 'k.rego', line: 1 });
    expect(ruled.diagnostics?.[0]?.message).toMatch(/data\.keys is read by layering\/reads@1/u);
    const own = { ...team('layering/reads'), 'team/data.json': '{"keys": {"open": true}}' };
    expect((await publish('layering/answers', org.admin, own)).status).toBe(201);
  });
});

describe('a channel of a layer below', () => {
  it('does not move to where a dependent of the organisation could not decide', async () => {
    const below = await base('careful');
    await release('layering/depends', org.admin, team(below, given));
    const other = baseline.replaceAll('base.rules', 'team');
    const published = await publish(below, org.admin, { 'baseline.policy': other });
    expect(published.status).toBe(201);
    const problem = problemOf(await promote(below, 'stable', 2, org.admin));
    expect(problem).toMatchObject({
      status: 409,
      code: 'conflict',
      errors: [{ pointer: 'layering/depends@stable' }],
    });
    const limited = await tokenOf(org, ['publish'], ['careful']);
    const seenByFew = await promote(below, 'stable', 2, limited);
    expect(problemOf(seenByFew)).toMatchObject({ code: 'conflict', errors: [] });
    expect(seenByFew.text).not.toContain('depends');
    expect((await evaluate('layering/depends', org.admin)).status).toBe(200);
    expect((await promote(below, 'canary', 2, org.admin)).status).toBe(200);
  });
});

import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { exemptionAnswer, exemptionListAnswer } from '../../../src/api/schemas/exemptions.ts';
import { verdictBody } from '../../../src/api/schemas/verdict.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import { openDatabase, subscribe } from '../../../src/store/index.ts';
import { problemOf, verdictOf } from '../client.ts';
import { newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';
import { call } from '../policies/calls.ts';
import { publish, publishFiles } from '../published.ts';

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

interface Exemption {
  readonly id: string;
  readonly [name: string]: unknown;
}

let acme: TestOrganisation;
let approver: Headers;
beforeAll(async () => {
  acme = await newOrganisation('exempt-acme');
  approver = await tokenOf(acme, ['approve']);
  await publish('exempt-acme/production', 'package acme\n\ndeny tag "latest"\n');
});

const policy = 'exempt-acme/production';
const address = '/v1/orgs/exempt-acme/exemptions';

const wanted = (fields: object = {}) => ({
  policy,
  owner: 'team-shop',
  reason: 'moves next sprint',
  images: ['nginx'],
  rules: ['acme.deny_tag'],
  expires_at: inDays(30),
  ...fields,
});

async function exempt(fields: object = {}, headers = approver): Promise<Exemption> {
  const answer = await call('POST', address, headers, wanted(fields));
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.json as Exemption;
}

async function evaluate(images: readonly string[], more: object = {}): Promise<Verdict> {
  const body = { policy, images, ...more };
  const verdict = verdictOf(await call('POST', '/v1/evaluate', acme.admin, body));
  expect(verdictBody.safeParse(verdict).error).toBeUndefined();
  return verdict;
}

async function listed(query: string): Promise<readonly string[]> {
  const { json } = await call('GET', `${address}?limit=200&${query}`, approver);
  expect(exemptionListAnswer.safeParse(json).error).toBeUndefined();
  return (json as { items: readonly Exemption[] }).items.map(({ id }) => id);
}

describe('an exemption', () => {
  it('is honoured at once, named in the verdict, and ends at once when it is revoked', async () => {
    expect((await evaluate(['nginx'])).decision).toBe('deny');
    const exemption = await exempt({ ticket: 'OPS-212' });
    expect(exemptionAnswer.safeParse(exemption).error).toBeUndefined();
    const verdict = await evaluate(['nginx', 'redis']);
    expect(verdict.images.map(({ decision }) => decision)).toEqual(['allow', 'deny']);
    expect(verdict.images[0]!.violations[0]!.exempted).toMatchObject({
      ...{ id: exemption.id, owner: 'team-shop', ticket: 'OPS-212', because: 'moves next sprint' },
    });
    const revoked = await call('DELETE', `${address}/${exemption.id}`, approver);
    expect(revoked.status).toBe(204);
    expect((await evaluate(['nginx'])).decision).toBe('deny');
    expect((await call('GET', `${address}/${exemption.id}`, approver)).json).toMatchObject({
      state: 'revoked',
      revoked_by: expect.stringContaining('token:'),
    });
  });

  it('of another organisation for the same policy counts for that alone', async () => {
    const other = await newOrganisation('exempt-other');
    await env.DB.prepare("UPDATE policies SET visibility = 'public' WHERE org = 'exempt-acme'").run();
    await subscribe(
      openDatabase(env.DB),
      {
        ...{ org: other.name, actor: 'operator' },
        to: { org: 'exempt-acme', name: 'production', selector: { kind: 'channel', value: 'stable' } },
      },
      Date.now(),
    );
    const theirs = await call('POST', `/v1/orgs/${other.name}/exemptions`, other.admin, wanted());
    expect(theirs.status).toBe(201);
    expect((await evaluate(['nginx'])).decision).toBe('deny');
    const answer = await call('POST', '/v1/evaluate', other.admin, { policy, images: ['nginx'] });
    expect(verdictOf(answer).decision).toBe('allow');
  });

  it('that has not begun lifts nothing, whatever time the caller names', async () => {
    const exemption = await exempt({ starts_at: inDays(10), images: ['busybox'] });
    expect(exemption['state']).toBe('planned');
    expect((await evaluate(['busybox'])).decision).toBe('deny');
    expect((await evaluate(['busybox'], { options: { as_of: inDays(11) } })).decision).toBe('deny');
  });

  it('that has ended lifts nothing, whatever time the caller names', async () => {
    const { id } = await exempt({ images: ['mongo'] });
    expect((await evaluate(['mongo'], { options: { as_of: inDays(31) } })).decision).toBe('deny');
    expect((await evaluate(['mongo'])).decision).toBe('allow');
    await env.DB.prepare('UPDATE exemptions SET expires_at = ? WHERE id = ?').bind(Date.now(), id).run();
    expect((await evaluate(['mongo'])).decision).toBe('deny');
    expect((await evaluate(['mongo'], { options: { as_of: inDays(-1) } })).decision).toBe('deny');
  });

  it('is in the audit log', async () => {
    const { id } = await exempt({ images: ['audited'] });
    await call('DELETE', `${address}/${id}`, approver);
    await call('DELETE', `${address}/${id}`, approver);
    const { results } = await env.DB.prepare('SELECT action FROM audit WHERE target = ? ORDER BY id')
      .bind(id)
      .run<{ action: string }>();
    expect(results.map(({ action }) => action).sort()).toEqual(['exemption.create', 'exemption.revoke']);
  });
});

describe('at the same time', () => {
  it('each exemption that is made is there, and none more', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) => exempt({ images: [`parallel-${i}`] })),
    );
    const there = await listed('state=active');
    expect(made.filter(({ id }) => !there.includes(id))).toEqual([]);
  });

  it('it is revoked once', async () => {
    const { id } = await exempt({ images: ['revoked-often'] });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call('DELETE', `${address}/${id}`, approver)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    const { results } = await env.DB.prepare(
      "SELECT id FROM audit WHERE target = ? AND action = 'exemption.revoke'",
    )
      .bind(id)
      .run();
    expect(results).toHaveLength(1);
  });
});

describe('a locked rule', () => {
  it('is exempted by none, neither asked for nor there already', async () => {
    const rules = ['locked.deny_tag'];
    const locked = 'exempt-acme/locked';
    const text = 'package locked\n\ndeny tag "latest"\n';
    await publish(locked, text);
    const { id } = await exempt({ policy: locked, rules });
    await publishFiles(locked, { 'policy.policy': text, 'policy.yaml': 'locked: [locked.deny_tag]\n' });
    const { errors } = problemOf(await call('POST', address, approver, wanted({ policy: locked, rules })));
    expect(errors![0]!.message).toContain('locked.deny_tag is locked');
    const verdict = verdictOf(
      await call('POST', '/v1/evaluate', acme.admin, { policy: locked, images: ['nginx'] }),
    );
    expect(verdict).toMatchObject({ decision: 'deny', violations: [{ exempted: null }] });
    expect(verdict.violations[0]!.not_exempted).toBe(`exemption ${id}: locked by exempt-acme/locked@2`);
  });
});

describe('refused is an exemption', () => {
  it.each<[string, object, string, RegExp]>([
    ['from a rule that is not there', { rules: ['acme.deny_tags'] }, '/rules/0', /no rule acme\.deny_tags/u],
    ['from a rule without its package', { rules: ['deny_tag'] }, '/rules/0', /no rule deny_tag/u],
    ['from no rule', { rules: [] }, '/rules', /./u],
    ['of no image', { images: [] }, '/images', /an image or a digest/u],
    ['of a pattern that is none', { images: ['nginx:[a'] }, '/images/0', /./u],
    ['of a digest that is none', { digests: ['sha256:1'] }, '/digests/0', /a digest/u],
    ['of a digest among patterns', { images: [`sha256:${'a'.repeat(64)}`] }, '/images/0', /"digests"/u],
    ['that never ends', { expires_at: undefined }, '/expires_at', /./u],
    ['that is over', { expires_at: inDays(-1) }, '/expires_at', /already over/u],
    ['that ends before it begins', { starts_at: inDays(40) }, '/expires_at', /before it begins/u],
    ['that lasts too long', { expires_at: inDays(366) }, '/expires_at', /more than 365 days/u],
    ['for a version', { policy: `${policy}@1` }, '/policy', /no @/u],
    ['for a policy of the library', { policy: 'production' }, '/policy', /of an organisation/u],
    ['in no namespace', { namespaces: [] }, '/namespaces', /./u],
    ['of a field that is not known', { until: '2027-01-01' }, '/until', /./u],
  ])('%s', async (_, fields, pointer, message) => {
    const { code, errors } = problemOf(await call('POST', address, approver, wanted(fields)));
    expect(code).toBe('invalid_request');
    expect(errors![0]).toMatchObject({ pointer, message: expect.stringMatching(message) });
  });

  it('from a rule that is nearly there, with what it is called', async () => {
    const { errors } = problemOf(
      await call('POST', address, approver, wanted({ rules: ['acme.deny_tags'] })),
    );
    expect(errors![0]!.hint).toBe('did you mean "acme.deny_tag"?');
  });

  it('for a policy that is not there, or another’s, or not its own', async () => {
    await newOrganisation('exempt-hidden');
    await publish('exempt-hidden/production', 'package acme\n\ndeny tag "latest"\n');
    const limited = await tokenOf(acme, ['approve'], ['staging']);
    const asked = [
      call('POST', address, approver, wanted({ policy: 'exempt-acme/absent' })),
      call('POST', address, approver, wanted({ policy: 'exempt-hidden/production' })),
      call('POST', address, approver, wanted({ policy: 'exempt-nobody/production' })),
      call('POST', address, limited, wanted()),
    ];
    const answers = await Promise.all(asked);
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.text).toBe(answers[0]!.text);
    }
  });

  it('that the settings of the organisation do not allow', async () => {
    await call('PATCH', '/v1/orgs/exempt-acme', acme.admin, { exemption_days: 7 });
    const { errors } = problemOf(await call('POST', address, approver, wanted()));
    expect(errors![0]!.message).toContain('more than 7 days');
    await call('PATCH', '/v1/orgs/exempt-acme', acme.admin, { exemption_days: 365 });
  });
});

describe('exemptions', () => {
  it('are listed by what is asked for', async () => {
    const soon = await exempt({ expires_at: inDays(3), images: ['soon'] });
    const later = await exempt({ expires_at: inDays(60), images: ['later'] });
    const planned = await exempt({ starts_at: inDays(1), images: ['planned'] });
    const expiring = await listed('expiring=7d');
    expect(expiring).toContain(soon.id);
    expect(expiring).not.toContain(later.id);
    expect(await listed('state=planned')).toContain(planned.id);
    expect(await listed('state=active')).not.toContain(planned.id);
    expect(await listed(`policy=${encodeURIComponent(policy)}`)).toContain(later.id);
    expect(await listed('policy=exempt-acme/other')).toEqual([]);
  });

  it('that nothing needs are listed, and no longer once a decision needed one', async () => {
    const { id } = await exempt({ images: ['needed'] });
    expect(await listed('unused')).toContain(id);
    expect(await listed('unused=30d')).not.toContain(id);
    const old = Date.now() - 40 * day;
    await env.DB.prepare('UPDATE exemptions SET starts_at = ? WHERE id = ?').bind(old, id).run();
    expect(await listed('unused=30d')).toContain(id);
    expect((await evaluate(['needed'])).decision).toBe('allow');
    await vi.waitUntil(async () => !(await listed('unused=30d')).includes(id), {
      timeout: 40_000,
      interval: 100,
    });
    const { json } = await call('GET', `${address}/${id}`, approver);
    expect(Date.parse((json as { last_used_at: string }).last_used_at) % 60_000).toBe(0);
  });

  it('go on where a page ends', async () => {
    for (let i = 0; i < 3; i++) await exempt({ images: [`page-${i}`] });
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { json } = await call('GET', `${address}?limit=2${after}`, approver);
      const { items, next } = json as { items: readonly Exemption[]; next?: string };
      seen.push(...items.map(({ id }) => id));
      if (next === undefined) break;
      after = `&after=${next}`;
    }
    expect(seen).toEqual(await listed(''));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are seen by a token for some policies only for these', async () => {
    const { id } = await exempt({ images: ['limited'] });
    const limited = await tokenOf(acme, ['evaluate', 'approve'], ['staging']);
    expect((await call('GET', address, limited)).json).toEqual({ items: [] });
    expect((await call('GET', `${address}/${id}`, limited)).status).toBe(404);
    expect((await call('DELETE', `${address}/${id}`, limited)).status).toBe(404);
    const own = await tokenOf(acme, ['evaluate'], ['production']);
    expect((await call('GET', `${address}/${id}`, own)).status).toBe(200);
  });

  it('for a private policy are seen by those who see the policy', async () => {
    await publish('exempt-acme/hidden', 'package acme\n\ndeny tag "latest"\n');
    await env.DB.prepare(
      "UPDATE policies SET visibility = 'private' WHERE org = 'exempt-acme' AND name = 'hidden'",
    ).run();
    const { id } = await exempt({ policy: 'exempt-acme/hidden' });
    const evaluator = await tokenOf(acme, ['evaluate']);
    expect(JSON.stringify((await call('GET', address, evaluator)).json)).not.toContain('hidden');
    expect((await call('GET', `${address}/${id}`, evaluator)).status).toBe(404);
    expect((await call('GET', `${address}/${id}`, approver)).status).toBe(200);
  });

  it.each(['state=done', 'expiring=soon', 'unused=1', 'owner=me'])('refuse the query %s', async query => {
    expect(problemOf(await call('GET', `${address}?${query}`, approver)).code).toBe('invalid_query');
  });

  it('are a limited number', async () => {
    await newOrganisation('exempt-full');
    const full = await newOrganisation('exempt-fuller');
    await publish('exempt-fuller/p', 'package acme\n\ndeny tag "latest"\n');
    await env.DB.prepare(
      `INSERT INTO exemptions (org, id, policy, owner, reason, images, rules, indeterminate, starts_at, expires_at,
        created_at, created_by)
      SELECT 'exempt-fuller', value, 'exempt-fuller/p', 'x', 'x', '[]', '[]', 0, 0, ?, 0, 'x'
      FROM json_each(?)`,
    )
      .bind(Date.now() + day, JSON.stringify(Array.from({ length: 1_000 }, (_, i) => `e${i}`)))
      .run();
    const body = wanted({ policy: 'exempt-fuller/p' });
    const { code } = problemOf(await call('POST', '/v1/orgs/exempt-fuller/exemptions', full.admin, body));
    expect(code).toBe('quota_exceeded');
  });
});

import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { decisionAnswer, decisionListAnswer } from '../../../src/api/schemas/decisions.ts';
import type { Verdict } from '../../../src/decide/index.ts';
import { type Answer, deployment, problemOf, send, verdictOf } from '../client.ts';
import { newOrganisation, type TestOrganisation, tokenOf } from '../organisations.ts';
import { publish } from '../published.ts';
import { countOf } from './entries.ts';

interface Summary {
  readonly id: string;
  readonly decision: string;
  readonly [name: string]: unknown;
}

let acme: TestOrganisation;
const verdicts: Verdict[] = [];
const digest = `sha256:${'d'.repeat(64)}`;

function get(path: string, headers: Headers = acme.admin): Promise<Answer> {
  return send(path, { headers });
}

async function evaluate(body: object, headers: Headers = acme.admin): Promise<Verdict> {
  const all = new Headers(headers);
  all.set('content-type', 'application/json');
  const answer = await send('/v1/evaluate', { method: 'POST', headers: all, body: JSON.stringify(body) });
  return verdictOf(answer);
}

async function search(query: string, headers?: Headers): Promise<readonly Summary[]> {
  const { json } = await get(`/v1/orgs/log-acme/decisions?${query}`, headers);
  expect(decisionListAnswer.safeParse(json).error).toBeUndefined();
  return (json as { items: readonly Summary[] }).items;
}

const ids = (list: readonly Summary[]) => list.map(({ id }) => id);

beforeAll(async () => {
  acme = await newOrganisation('log-acme');
  await publish('log-acme/production', 'package acme\n\ndeny tag "latest"\n');
  await publish('log-acme/staging', 'package acme\n\ndeny registry "quay.io"\n');
  const production = 'log-acme/production';
  const context = { environment: 'production', user: 'me' };
  verdicts.push(await evaluate({ policy: production, images: ['nginx'], context }));
  verdicts.push(await evaluate({ policy: production, images: [`ghcr.io/acme/api@${digest}`] }));
  verdicts.push(await evaluate({ policy: 'log-acme/staging', manifests: deployment }));
  verdicts.push(await evaluate({ policy: [production, 'log-acme/staging'], images: ['redis:7'] }));
  await vi.waitUntil(async () => (await countOf('log-acme')) === 4, { timeout: 40_000, interval: 100 });
}, 50_000);

describe('the decision log', () => {
  it('has every decision, the newest first', async () => {
    expect(ids(await search(''))).toEqual(verdicts.map(verdict => verdict.decision_id).toReversed());
  });

  it.each([
    ['policy=log-acme/production', [3, 1, 0]],
    ['policy=log-acme/other', []],
    ['image=nginx', [2, 0]],
    ['image=docker.io/library/nginx', [2, 0]],
    ['image=docker.io/library/nginx:latest', [2, 0]],
    ['image=nginx:1.27', []],
    ['image=redis:7', [3]],
    [`image=${digest}`, [1]],
    ['image=ghcr.io/acme/api', [1]],
    ['decision=deny', [0]],
    ['decision=allow', [3, 2, 1]],
    ['decision=allow&policy=log-acme/production', [3, 1]],
    ['from=2100-01-01T00:00:00Z', []],
    ['to=2020-01-01T00:00:00Z', []],
    ['from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z', [3, 2, 1, 0]],
  ])('is searched by %s', async (query, found) => {
    expect(ids(await search(query))).toEqual(found.map(index => verdicts[index]!.decision_id));
  });

  it('is searched to the millisecond', async () => {
    const [first] = (await search('')).toReversed();
    const at = encodeURIComponent(String(first!['at']));
    expect(ids(await search(`from=${at}&to=${at}`))).toContain(first!.id);
  });

  it('goes on where a page ends', async () => {
    const { json } = await get('/v1/orgs/log-acme/decisions?limit=3');
    const { items, next } = json as { items: readonly Summary[]; next: string };
    const rest = await search(`after=${next}`);
    expect([...ids(items), ...ids(rest)]).toEqual(ids(await search('')));
    expect(rest).toHaveLength(1);
  });

  it.each(['decision=maybe', 'from=yesterday', 'format=csv', 'image=a&image=b', 'query=x', 'limit=0'])(
    'refuses the query %s',
    async query => {
      const { code } = problemOf(await get(`/v1/orgs/log-acme/decisions?${query}`));
      expect(code).toBe('invalid_query');
    },
  );
});

describe('a decision', () => {
  it('is kept with all that it was', async () => {
    const [verdict] = verdicts;
    const { json } = await get(`/v1/orgs/log-acme/decisions/${verdict!.decision_id}`);
    expect(decisionAnswer.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({
      door: 'evaluate',
      requester: expect.stringMatching(/^token:/u),
      decision: 'deny',
      policy: [{ name: 'log-acme/production', version: 1, channel: 'stable' }],
      verdict: { decision: 'deny' },
      input: { images: [{ ref: 'nginx' }], context: { user: 'me' } },
      input_digest: expect.stringMatching(/^sha256:/u),
      masked: [],
    });
    expect((json as { verdict: unknown }).verdict).toEqual(verdict);
  });

  it('is masked as the organisation has chosen, and no longer than that it is kept', async () => {
    const org = await newOrganisation('log-masked');
    await publish('log-masked/production', 'package acme\n\ndeny tag "latest"\n');
    const headers = new Headers(org.admin);
    headers.set('content-type', 'application/json');
    const mask = ['/input/context/user', '/verdict/as_of'];
    const settings = { decision_log: { mask, retention_days: 1 } };
    await send('/v1/orgs/log-masked', { method: 'PATCH', headers, body: JSON.stringify(settings) });
    const { decision_id } = await evaluate(
      { policy: 'log-masked/production', images: ['nginx'], context: { user: 'me' } },
      org.admin,
    );
    await vi.waitUntil(async () => (await countOf('log-masked')) === 1, { timeout: 40_000, interval: 100 });
    const { json, text } = await get(`/v1/orgs/log-masked/decisions/${decision_id}`, org.admin);
    expect(text).not.toContain('"me"');
    const { at, expires_at, ...rest } = json as { at: string; expires_at: string };
    expect(rest).toMatchObject({ masked: mask, input: { context: { user: '(masked)' } } });
    const { text: event } = await get('/v1/orgs/log-masked/decisions?format=opa', org.admin);
    expect(JSON.parse(event)).toMatchObject({
      masked: ['/input/context/user', '/result/as_of'],
      result: { as_of: '(masked)' },
    });
    expect(Date.parse(expires_at) - Date.parse(at)).toBe(86_400_000);
  });

  it('may be a document that OPA’s Data API was asked for', async () => {
    const org = await newOrganisation('log-data');
    await publish('log-data/production', 'package acme\n\ndeny tag "latest"\n\nlevel := input.level\n');
    const headers = new Headers(org.admin);
    headers.set('content-type', 'application/json');
    const ask = (path: string, input: object) =>
      send(`/opa/log-data/production/v1/data/${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ input }),
      });
    expect((await ask('acme/level', { level: 3, env: [{ name: 'A', value: 'hunter2' }] })).json).toEqual({
      result: 3,
    });
    expect((await ask('acme/level', {})).json).toEqual({});
    await vi.waitUntil(async () => (await countOf('log-data')) === 2, { timeout: 40_000, interval: 100 });
    const { text } = await get('/v1/orgs/log-data/decisions?format=ndjson', org.admin);
    const [second, first] = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(decisionAnswer.safeParse(first).error).toBeUndefined();
    expect(first).toMatchObject({
      ...{ door: 'data', decision: 'indeterminate', path: ['acme', 'level'], result: 3 },
      policy: [{ name: 'log-data/production', version: 1 }],
      input: { level: 3, env: [{ name: 'A', value: '(masked)' }] },
      masked: ['/input/env/0/value'],
    });
    expect(second).not.toHaveProperty('result');
    const events = await get('/v1/orgs/log-data/decisions?format=opa', org.admin);
    expect(
      events.text
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([
      { path: 'acme/level', input: {} },
      { path: 'acme/level', result: 3 },
    ]);
  });

  it('of a batch is kept by itself', async () => {
    const org = await newOrganisation('log-batch');
    await publish('log-batch/production', 'package acme\n\ndeny tag "latest"\n');
    const headers = new Headers(org.admin);
    headers.set('content-type', 'application/json');
    const submissions = { a: { images: ['nginx'] }, b: { images: ['nginx:1'] }, c: {} };
    const body = JSON.stringify({ policy: 'log-batch/production', submissions });
    const { json } = await send('/v1/batch', { method: 'POST', headers, body });
    const { results } = json as { results: Record<string, Verdict> };
    await vi.waitUntil(async () => (await countOf('log-batch')) === 2, { timeout: 40_000, interval: 100 });
    const { items } = (await get('/v1/orgs/log-batch/decisions', org.admin)).json as { items: Summary[] };
    expect(items.map(({ id, door }) => [id, door]).sort()).toEqual(
      [results['a']!, results['b']!].map(({ decision_id }) => [decision_id, 'batch']).sort(),
    );
  });

  it('of other policies is not for a token that is for some', async () => {
    const limited = await tokenOf(acme, ['evaluate'], ['production']);
    const visible = [verdicts[1]!, verdicts[0]!].map(({ decision_id }) => decision_id);
    expect(ids(await search('', limited))).toEqual(visible);
    const status = async (index: number) =>
      (await get(`/v1/orgs/log-acme/decisions/${verdicts[index]!.decision_id}`, limited)).status;
    expect(await Promise.all([0, 1, 2, 3].map(status))).toEqual([200, 200, 404, 404]);
  });

  it('by a private policy is for those who see the policy', async () => {
    await publish('log-acme/hidden', 'package acme\n\ndeny tag "latest"\n');
    await env.DB.prepare(
      "UPDATE policies SET visibility = 'private' WHERE org = 'log-acme' AND name = 'hidden'",
    ).run();
    const { decision_id } = await evaluate({ policy: 'log-acme/hidden', images: ['hidden'] });
    const kept = async () => ids(await search('image=hidden')).includes(decision_id);
    await vi.waitUntil(kept, { timeout: 40_000, interval: 100 });
    const evaluator = await tokenOf(acme, ['evaluate']);
    const named = await tokenOf(acme, ['evaluate'], ['hidden']);
    expect(await search('image=hidden', evaluator)).toEqual([]);
    expect(ids(await search('image=hidden', named))).toEqual([decision_id]);
    const path = `/v1/orgs/log-acme/decisions/${decision_id}`;
    expect((await get(path, evaluator)).status).toBe(404);
    expect((await get(path, named)).status).toBe(200);
    expect((await get(path, await tokenOf(acme, ['approve']))).status).toBe(200);
    expect((await get(path.slice(0, -1), named)).status).toBe(404);
  });

  it('of another organisation is as if it were not there', async () => {
    const other = await newOrganisation('log-stranger');
    const found = await get(`/v1/orgs/log-stranger/decisions/${verdicts[0]!.decision_id}`, other.admin);
    const absent = await get('/v1/orgs/log-stranger/decisions/01ABSENT', other.admin);
    expect(found).toMatchObject({ status: 404, text: absent.text });
    const { json } = await get('/v1/orgs/log-stranger/decisions', other.admin);
    expect(json).toEqual({ items: [] });
  });

  it('by nobody that is known is on no record', async () => {
    const before = await env.DB.prepare('SELECT COUNT(*) AS n FROM decisions').first<{ n: number }>();
    const inline = { modules: { 'a.policy': 'package a\n\ndeny tag "latest"\n' } };
    await evaluate({ policy: inline, images: ['nginx'] }, new Headers());
    const known = await evaluate({ policy: 'log-acme/staging', images: ['nginx'] });
    await vi.waitUntil(async () => ids(await search('')).includes(known.decision_id), {
      timeout: 40_000,
      interval: 100,
    });
    const after = await env.DB.prepare('SELECT COUNT(*) AS n FROM decisions').first<{ n: number }>();
    expect(after!.n - before!.n).toBe(1);
  });
});

describe('the export', () => {
  async function lines(format: string): Promise<readonly Record<string, unknown>[]> {
    const answer = await get(
      `/v1/orgs/log-acme/decisions?format=${format}&to=${encodeURIComponent(until())}`,
    );
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.text.endsWith('\n')).toBe(true);
    return answer.text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
  }

  /** When the last of the decisions was made that this file begins with. */
  const until = () => new Date(Date.now() + 1_000).toISOString();

  it('has whole records as lines', async () => {
    const records = await lines('ndjson');
    for (const record of records) expect(decisionAnswer.safeParse(record).error).toBeUndefined();
    expect(records.map(record => record['id'])).toEqual(ids(await search('')));
  });

  it('has them as OPA’s decision-log events', async () => {
    const events = await lines('opa');
    const first = events.at(-1)!;
    expect(first).toMatchObject({
      labels: { id: 'log-acme' },
      decision_id: verdicts[0]!.decision_id,
      bundles: { 'log-acme/production': { revision: verdicts[0]!.policy[0]!.digest } },
      path: 'log-acme/production',
      input: { images: [{ ref: 'nginx' }] },
      result: { decision: 'deny' },
      requested_by: expect.stringMatching(/^token:/u),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
    });
    expect(first).not.toHaveProperty('masked');
  });

  it('says where the next page is', async () => {
    const { headers, text } = await get('/v1/orgs/log-acme/decisions?format=ndjson&limit=1&decision=allow');
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    const [, address] = /^<([^>]+)>; rel="next"$/u.exec(headers.get('link') ?? '') ?? [];
    const next = await get(address!);
    expect(next.text).not.toBe(text);
    expect(JSON.parse(next.text)).toMatchObject({ decision: 'allow' });
  });
});

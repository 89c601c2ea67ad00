import { beforeAll, describe, expect, it } from 'vitest';
import { policyAnswer, publishedAnswer, versionAnswer } from '../../../src/api/schemas/policies.ts';
import { problemOf, send } from '../client.ts';
import { newOrganisation, type TestOrganisation } from '../organisations.ts';
import { call, denies, evaluate, promote, publish } from './calls.ts';

let org: TestOrganisation;
beforeAll(async () => {
  org = await newOrganisation('publishing');
});

describe('PUT a policy', () => {
  it('publishes a version, which decides once a channel points at it', async () => {
    const published = await publish('publishing/first', org.admin, denies('latest'));
    expect(published.status).toBe(201);
    expect(publishedAnswer.safeParse(published.json).error).toBeUndefined();
    expect(published.json).toMatchObject({
      policy: 'publishing/first',
      version: 1,
      rules: [{ name: 'acme.deny_tag', kind: 'statement', severity: 'error' }],
      packages: ['acme'],
      tests: 0,
    });
    const early = await evaluate('publishing/first', org.admin);
    expect(problemOf(early)).toMatchObject({ status: 404, code: 'unknown_channel', available: ['1'] });
    const { digest } = published.json as { readonly digest: string };
    for (const selector of ['1', digest]) {
      const { json } = await evaluate(`publishing/first@${selector}`, org.admin);
      expect(json).toMatchObject({
        decision: 'deny',
        policy: [{ name: 'publishing/first', version: 1, digest }],
      });
    }
    expect((await promote('publishing/first', 'stable', 1, org.admin)).status).toBe(200);
    expect((await evaluate('publishing/first', org.admin)).json).toMatchObject({
      decision: 'deny',
      policy: [{ channel: 'stable', layers: [{ name: 'publishing/first', version: 1, digest }] }],
      violations: [
        {
          rule: 'acme.deny_tag',
          layer: 'publishing/first@1',
          source: { file: 'publishing/first@1/acme.policy', line: 3 },
        },
      ],
    });
  });

  it('answers the same files with the version that they are', async () => {
    const first = await publish('publishing/same', org.admin, { ...denies('a'), 'data.json': '{}' });
    const second = await publish('publishing/same', org.admin, { 'data.json': '{}', ...denies('a') });
    expect([first.status, second.status]).toEqual([201, 200]);
    const { warnings: _, ...before } = first.json as Record<string, unknown>;
    expect(second.json).toMatchObject(before);
    expect((await publish('publishing/same', org.admin, denies('b'))).json).toMatchObject({ version: 2 });
    const again = await publish('publishing/same', org.admin, { ...denies('a'), 'data.json': '{}' });
    expect(again).toMatchObject({ status: 200, json: { version: 1 } });
  });

  it('gives what was published, with ETag and 304', async () => {
    await publish('publishing/read', org.admin, denies('a'));
    const path = '/v1/orgs/publishing/policies/read';
    const head = await call('GET', path, org.admin);
    expect(policyAnswer.safeParse(head.json).error).toBeUndefined();
    const version = await call('GET', `${path}/versions/1`, org.admin);
    expect(versionAnswer.safeParse(version.json).error).toBeUndefined();
    expect(version.json).toMatchObject({ files: denies('a') });
    for (const [at, answer] of [
      [path, head],
      [`${path}/versions/1`, version],
    ] as const) {
      const etag = answer.headers.get('etag')!;
      const again = await call('GET', at, org.admin, undefined, { 'if-none-match': etag });
      expect([again.status, again.text]).toEqual([304, '']);
    }
    expect((await call('GET', `${path}/versions`, org.admin)).json).toMatchObject({
      items: [{ version: 1 }],
    });
    expect((await call('GET', '/v1/orgs/publishing/policies', org.admin)).text).toContain('publishing/read');
  });

  it('takes a form of files', async () => {
    const form = new FormData();
    form.append('file', new File([denies('latest')['acme.policy']!], 'acme.policy'));
    form.append('note', 'by form');
    const headers = new Headers(org.admin);
    const path = '/v1/orgs/publishing/policies/form';
    const { status, json } = await send(path, { method: 'PUT', headers, body: form });
    expect({ status, json }).toMatchObject({ status: 201, json: { version: 1, note: 'by form' } });
  });
});

describe('a version that fails does not exist', () => {
  const wrong: readonly (readonly [what: string, files: Record<string, string>, problem: object])[] = [
    [
      'syntax',
      { 'a.policy': 'package a\n\ndeny tag\n' },
      { code: 'policy_error', diagnostics: [{ file: 'a.policy', line: 3 }] },
    ],
    ['nothing decided', { 'a.rego': 'package a\n' }, { code: 'policy_error' }],
    [
      'a test that fails',
      {
        ...denies('latest'),
        'acme_test.rego': 'package acme_test\n\ntest_never if data.acme.nothing\n\ntest_always if true\n',
      },
      {
        code: 'tests_failed',
        tests: [{ name: 'data.acme_test.test_never', file: 'acme_test.rego', line: 3 }],
      },
    ],
    [
      'a test that does not compile',
      { ...denies('a'), 'a_test.rego': 'package a_test\ntest_x if {' },
      { code: 'policy_error' },
    ],
    ['a file that is no part of it', { ...denies('a'), 'notes.txt': '' }, { code: 'invalid_request' }],
    ['a path that leads out', { '../a.policy': 'package a' }, { code: 'invalid_request' }],
    ['no files', {}, { code: 'invalid_request' }],
    ['an unknown key', { ...denies('a'), 'policy.yaml': 'tilte: x\n' }, { code: 'policy_error' }],
    [
      'more than a version holds',
      { ...denies('a'), 'data.json': JSON.stringify({ acme_data: 'x'.repeat(1_500_000) }) },
      { code: 'limit_exceeded', limit: 'versionBytes' },
    ],
  ];

  it.each(wrong)('%s', async (what, files, problem) => {
    const policy = `publishing/wrong-${what.replaceAll(' ', '-')}`;
    const answer = await publish(policy, org.admin, files);
    expect(problemOf(answer)).toMatchObject(problem);
    const { status } = await call('GET', `/v1/orgs/publishing/policies/${policy.split('/')[1]}`, org.admin);
    expect(status).toBe(404);
  });

  it('runs its tests with the clock and within the steps that are left to each', async () => {
    const loop = 'some a in numbers.range(1, 20000)\n\tsome b in numbers.range(1, 20000)\n\ta + b < 0';
    const files = { ...denies('a'), 'a_test.rego': `package a_test\n\ntest_long if {\n\t${loop}\n}\n` };
    const answer = await publish('publishing/long', org.admin, files);
    expect(problemOf(answer)).toMatchObject({ code: 'tests_failed', tests: [{ outcome: 'error' }] });
  });
});

describe('preconditions', () => {
  it('guard against lost updates', async () => {
    const once = { 'if-none-match': '*' };
    const first = await publish('publishing/guarded', org.admin, denies('a'), once);
    expect(first.status).toBe(201);
    expect(problemOf(await publish('publishing/guarded', org.admin, denies('b'), once)).status).toBe(412);
    const etag = first.headers.get('etag')!;
    expect((await publish('publishing/guarded', org.admin, denies('b'), { 'if-match': etag })).status).toBe(
      201,
    );
    const late = await publish('publishing/guarded', org.admin, denies('c'), { 'if-match': etag });
    expect(problemOf(late)).toMatchObject({ status: 412, code: 'precondition_failed' });
    const missing = await publish('publishing/absent', org.admin, denies('a'), { 'if-match': '"1"' });
    expect(missing.status).toBe(412);
    expect((await call('GET', '/v1/orgs/publishing/policies/absent', org.admin)).status).toBe(404);
    const versions = await call('GET', '/v1/orgs/publishing/policies/guarded/versions', org.admin);
    expect(versions.json).toMatchObject({ items: [{ version: 2 }, { version: 1 }] });
  });
});

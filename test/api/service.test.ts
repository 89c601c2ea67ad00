import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes/index.ts';
import { batchAnswer, checkAnswer, healthAnswer } from '../../src/api/schemas/answers.ts';
import { noLatest, post, postJson, problemOf, send } from './client.ts';

describe('POST /v1/batch', () => {
  const submissions = {
    good: { images: ['nginx:1.27'] },
    bad: { images: ['nginx'] },
    broken: { manifests: 'a: [1' },
    empty: {},
    wrong: { images: 7 },
    misspelt: { image: 'nginx' },
  };

  it('answers each id on its own', async () => {
    const { status, json } = await postJson('/v1/batch', { policy: noLatest, submissions });
    expect(status).toBe(200);
    expect(batchAnswer.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({
      summary: { allow: 1, deny: 1, indeterminate: 0, failed: 4 },
      results: {
        good: { decision: 'allow' },
        bad: { decision: 'deny' },
        broken: { code: 'submission_error' },
        empty: { code: 'nothing_to_decide' },
        wrong: { code: 'invalid_request' },
        misspelt: { code: 'invalid_request', errors: [{ hint: 'did you mean "images"?' }] },
      },
    });
  });

  it('answers ids that are names of Object.prototype', async () => {
    const body = `{"policy": ${JSON.stringify(noLatest)}, "submissions": {"__proto__": {"images": ["nginx"]}, "toString": {"images": ["a:1"]}}}`;
    const { json, text } = await postJson('/v1/batch', body);
    expect(json).toMatchObject({ summary: { allow: 1, deny: 1 } });
    expect(text).toContain('"__proto__":{"decision_id"');
  });

  it('answers with on_deny unless every submission is allowed', async () => {
    const body = { policy: noLatest, submissions: { good: submissions.good } };
    expect((await postJson('/v1/batch?on_deny=409', body)).status).toBe(200);
    const more = { policy: noLatest, submissions: { ...body.submissions, broken: submissions.broken } };
    expect((await postJson('/v1/batch?on_deny=409', more)).status).toBe(409);
  });

  it('refuses no submissions, a broken policy and other bodies', async () => {
    const code = async (body: unknown) => problemOf(await postJson('/v1/batch', body)).code;
    expect(await code({ policy: noLatest, submissions: {} })).toBe('invalid_request');
    expect(await code({ policy: { modules: { 'a.rego': 'x' } }, submissions })).toBe('policy_error');
    expect(problemOf(await post('/v1/batch', 'a: 1', 'application/yaml')).code).toBe(
      'unsupported_media_type',
    );
  });
});

describe('POST /v1/check', () => {
  it('lists rules and the evidence that they ask for', async () => {
    const text =
      '# METADATA\n# title: Ours\npackage acme\n\nrequire signature by data.acme.release\n\ndeny tag "latest"\n';
    const { json } = await postJson('/v1/check', { policy: { modules: { 'a.policy': text } } });
    expect(checkAnswer.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({
      ok: true,
      diagnostics: [],
      policies: [{ packages: [{ path: 'acme', title: 'Ours' }], evidence: ['signature.verified'] }],
    });
    expect(JSON.stringify(json)).toContain('"deny_tag"');
  });

  it('says what is wrong with a policy, and answers 200', async () => {
    const { status, json } = await post('/v1/check', 'package a\n\ndeny tag\n', 'text/plain');
    expect(status).toBe(200);
    expect(json).toMatchObject({ ok: false, diagnostics: [{ file: 'body.policy', line: 3 }], policies: [] });
  });

  it('refuses parameters that it does not have', async () => {
    expect(problemOf(await post('/v1/check?on_deny=422', 'package a\n', 'text/plain')).code).toBe(
      'invalid_query',
    );
  });
});

describe('the library', () => {
  it('decides by name, and puts the version on record', async () => {
    const answer = await postJson('/v1/evaluate?policy=production', { images: ['nginx'] });
    expect(answer.json).toMatchObject({ decision: 'deny', policy: [{ name: 'production' }] });
    const { digest } = (answer.json as { policy: { digest: string }[] }).policy[0]!;
    await expect
      .poll(() => env.DB.prepare('SELECT name FROM policy_versions WHERE digest = ?').bind(digest).first())
      .toEqual({ name: 'production' });
  });
});

describe('parameters of a policy of the library', () => {
  const parameters = { allowed_registries: ['ghcr.io/acme/*'] };
  const images = ['ghcr.io/acme/api:1.4'];

  it('come in a JSON body', async () => {
    const evaluate = async (policy: unknown) => (await postJson('/v1/evaluate', { policy, images })).json;
    expect(await evaluate({ name: 'allowed-registries' })).toMatchObject({ decision: 'deny' });
    expect(await evaluate({ name: 'allowed-registries', data: { parameters } })).toMatchObject({
      decision: 'allow',
    });
    expect(await evaluate({ name: 'allowed-registries', dat: {} })).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/policy/dat', hint: 'did you mean "data"?' }],
    });
  });

  it('come as a file of a form', async () => {
    const form = new FormData();
    form.append('policy', 'allowed-registries');
    form.append('data', new File([JSON.stringify({ parameters })], 'data.json'));
    form.append('file', new File([images.join('\n')], 'images.txt'));
    expect((await post('/v1/evaluate', form)).json).toMatchObject({ decision: 'allow' });
  });
});

describe('GET /health', () => {
  it('has the state of each binding', async () => {
    const { status, json } = await send('/health');
    expect(status).toBe(200);
    expect(healthAnswer.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({ status: 'ok', bindings: { DB: 'ok', PLANS: 'ok', DECISIONS: 'ok' } });
  });
});

describe('GET /metrics', () => {
  it('counts requests by route and decisions', async () => {
    await postJson('/v1/evaluate', { policy: noLatest, images: ['nginx'] });
    await send('/no/such/address');
    const { text } = await send('/metrics');
    expect(text).toMatch(/^pratique_decisions_total\{decision="deny"\} \d+$/mu);
    expect(text).toMatch(
      /^pratique_requests_total\{method="POST",route="\/v1\/evaluate",status="200"\} \d+$/mu,
    );
    expect(text).not.toContain('/no/such/address');
  });
});

describe('the reference', () => {
  it('describes every route and refers to nothing that is not there', async () => {
    const { json, text } = await send('/openapi.json');
    const document = json as {
      openapi: string;
      paths: Record<string, object>;
      components: { schemas: object };
    };
    expect(document.openapi).toBe('3.1.0');
    const written = routes.map(route => route.path.replace('*}', '}'));
    expect(Object.keys(document.paths)).toEqual([...new Set(written)]);
    const names = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/gu)].map(match => match[1]!));
    expect([...names].filter(name => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
    expect(text).not.toContain('$defs');
  });

  it('says of every route who may call it', async () => {
    const { json } = await send('/openapi.json');
    const { paths } = json as {
      paths: Record<string, Record<string, { security: unknown; responses: object }>>;
    };
    const of = (method: string, path: string) => paths[path]![method]!;
    expect(of('get', '/health').security).toEqual([]);
    expect(of('post', '/v1/evaluate').security).toEqual([{}, { credential: [] }]);
    const tokens = of('post', '/v1/orgs/{org}/tokens');
    expect(tokens).toMatchObject({ security: [{ credential: [] }] });
    expect(Object.keys(tokens.responses)).toEqual(expect.arrayContaining(['401', '403', '404', '429']));
    expect(tokens).toMatchObject({ description: expect.stringContaining('Needs the role `admin`.') });
  });

  it('is a page that loads nothing', async () => {
    const { headers, text } = await send('/docs');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|<link|src=|https?:/u);
    for (const route of routes) expect(text).toContain(route.path);
    const targets = [...text.matchAll(/href="#(\w+)"/gu)].map(match => match[1]!);
    expect(targets.filter(target => !text.includes(`id="${target}"`))).toEqual([]);
  });
});

describe('every answer', () => {
  it('carries security headers and a request id', async () => {
    const { headers } = await send('/health', { headers: { 'x-request-id': 'build-7' } });
    expect(headers.get('x-request-id')).toBe('build-7');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    const odd = await send('/no', { headers: { 'x-request-id': '<b>' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/u);
    expect(odd.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

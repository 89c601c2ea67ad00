import { describe, expect, it } from 'vitest';
import { verdictBody } from '../../src/api/schemas/verdict.ts';
import { deployment, noLatest, post, postJson, problemOf, verdictOf } from './client.ts';

describe('POST /v1/evaluate', () => {
  it('denies an image of a JSON list, and names rule, policy line and reason', async () => {
    const verdict = verdictOf(
      await postJson('/v1/evaluate', { policy: noLatest, images: ['nginx', 'nginx:1.27'] }),
    );
    expect(verdict.decision).toBe('deny');
    expect(verdict.images.map(image => image.decision)).toEqual(['deny', 'allow']);
    expect(verdict.violations).toMatchObject([
      { rule: 'acme.deny_tag', because: 'it moves', source: { file: 'acme.policy', line: 3, column: 1 } },
    ]);
  });

  it('answers what is documented', async () => {
    const { json } = await postJson('/v1/evaluate', {
      policy: noLatest,
      manifests: deployment,
      images: ['a b'],
    });
    expect(verdictBody.safeParse(json).error).toBeUndefined();
  });

  it('reads manifests as text, as one object and as a list of objects', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    };
    for (const manifests of [deployment, pod, [pod]]) {
      const verdict = verdictOf(await postJson('/v1/evaluate', { policy: noLatest, manifests }));
      expect(verdict.images.map(image => image.name)).toEqual(['docker.io/library/nginx:latest']);
    }
  });

  it('gives the line of a YAML body', async () => {
    const form = new FormData();
    form.append('file', new File([deployment], 'web.yaml'));
    form.append('policy', new File([noLatest.modules['acme.policy']], 'own.policy'));
    const verdict = verdictOf(await post('/v1/evaluate', form));
    expect(verdict.images[0]?.locations).toMatchObject([
      {
        file: 'web.yaml',
        line: 11,
        object: { kind: 'Deployment', name: 'web', namespace: 'shop' },
        container: 'web',
      },
    ]);
    expect(verdict.violations[0]?.source).toMatchObject({ file: 'own.policy', line: 3 });
  });

  it('reads Dockerfiles and compose files', async () => {
    const verdict = verdictOf(
      await postJson('/v1/evaluate', {
        policy: noLatest,
        dockerfile: 'FROM golang:1.24 AS build\nFROM alpine\n',
        compose: 'services:\n  db:\n    image: postgres:17\n',
      }),
    );
    expect(verdict.images.map(image => [image.ref, image.decision])).toEqual([
      ['golang:1.24', 'allow'],
      ['alpine', 'deny'],
      ['postgres:17', 'allow'],
    ]);
  });

  it('hands context and data to the policy with every digit', async () => {
    const policy = {
      modules: { 'a.rego': 'package a\n\ndeny contains "equal" if input.context.n == data.n\n' },
      data: { n: 'N' },
    };
    const body = JSON.stringify({ policy, images: ['nginx'], context: { n: 'N' } });
    const exact = body.replace('"N"', '9007199254740993').replace('"N"', '9007199254740993');
    const near = body.replace('"N"', '9007199254740993').replace('"N"', '9007199254740992');
    expect(verdictOf(await postJson('/v1/evaluate', exact)).decision).toBe('deny');
    expect(verdictOf(await postJson('/v1/evaluate', near)).decision).toBe('allow');
  });

  it('takes keys such as __proto__ for plain data', async () => {
    const policy = {
      modules: { 'a.rego': 'package a\n\ndeny contains input.context["__proto__"].constructor\n' },
    };
    const body = `{"policy": ${JSON.stringify(policy)}, "images": ["nginx"], "context": {"__proto__": {"constructor": "seen"}}}`;
    expect(verdictOf(await postJson('/v1/evaluate', body)).violations.map(each => each.message)).toEqual([
      'seen',
    ]);
  });

  it('decides as of the time that is asked for', async () => {
    const policy = {
      modules: {
        'a.rego':
          'package a\n\ndeny contains "late" if time.now_ns() >= time.parse_rfc3339_ns("2030-01-01T00:00:00Z")\n',
      },
    };
    const decision = async (as_of: string) =>
      verdictOf(await postJson('/v1/evaluate', { policy, images: ['nginx'], options: { as_of } })).decision;
    expect(await decision('2029-12-31T23:59:59Z')).toBe('allow');
    expect(await decision('2030-01-01T01:00:00+01:00')).toBe('deny');
  });

  it('reads a list of references with comments, and context from the query string', async () => {
    const form = new FormData();
    form.append(
      'policy',
      new File(['package a\n\ndeny tag "latest" unless input.context.environment == "dev"\n'], 'a.policy'),
    );
    form.append('images', new File(['# ours\nnginx # web\n'], 'images.txt'));
    const strict = verdictOf(await post('/v1/evaluate?context.environment=production', form));
    expect(strict.decision).toBe('deny');
    expect(strict.images[0]?.locations).toMatchObject([{ file: 'images.txt', line: 2 }]);
    expect(verdictOf(await post('/v1/evaluate?context.environment=dev', form)).decision).toBe('allow');
  });

  it('is content only where every policy is', async () => {
    const other = { modules: { 'b.policy': 'package b\n\nallow registry "ghcr.io"\n' } };
    const verdict = verdictOf(
      await postJson('/v1/evaluate', {
        policy: [noLatest, other],
        images: ['nginx:1.27', 'ghcr.io/acme/api:1'],
      }),
    );
    expect(verdict.images.map(image => image.decision)).toEqual(['deny', 'allow']);
  });

  it('denies a reference that is not valid, whatever the policy says', async () => {
    const verdict = verdictOf(await postJson('/v1/evaluate', { policy: noLatest, images: ['NGINX:1.27'] }));
    expect(verdict.decision).toBe('deny');
  });

  it('is indeterminate where a policy runs out of steps', async () => {
    const policy = {
      modules: {
        'a.rego':
          'package a\n\ndeny contains "x" if {\n\tn := numbers.range(1, 20000)\n\tsome a in n\n\tsome b in n\n\ta + b < 0\n}\n',
      },
    };
    const verdict = verdictOf(await postJson('/v1/evaluate', { policy, images: ['nginx:1'] }));
    expect(verdict.decision).toBe('indeterminate');
    expect(verdict.errors).toMatchObject([{ code: 'eval_budget_error' }]);
  });
});

describe('explain', () => {
  it('lists the rules that were content, and what was printed', async () => {
    const modules = {
      'a.policy':
        'package a\n\ndeny tag "latest"\n\ndeny contains "never" if {\n\tprint("looked")\n\tinput.no\n}\n',
    };
    const body = { policy: { modules }, images: ['nginx'], options: { explain: true } };
    const { json } = await postJson('/v1/evaluate', body);
    expect(verdictBody.safeParse(json).error).toBeUndefined();
    expect(json).toMatchObject({
      explanation: {
        rules: [
          { rule: 'a.deny_tag', violations: 1, source: { line: 3 } },
          { rule: 'a.deny', violations: 0, source: { line: 5 } },
        ],
        printed: ['looked'],
      },
    });
    expect((await postJson('/v1/evaluate', { ...body, options: {} })).text).not.toContain('explanation');
  });
});

describe('extractors in the data of a policy', () => {
  const manifests = 'apiVersion: acme.io/v1\nkind: Robot\nmetadata:\n  name: r\nspec:\n  brain: nginx\n';

  it('find images in further kinds of objects', async () => {
    const data = { pratique: { extractors: [{ kind: 'Robot', paths: ['spec.brain'] }] } };
    const verdict = verdictOf(await postJson('/v1/evaluate', { policy: { ...noLatest, data }, manifests }));
    expect(verdict.images.map(image => [image.ref, image.decision])).toEqual([['nginx', 'deny']]);
  });

  it('are refused where they are none', async () => {
    const data = { pratique: { extractors: [{ kind: 'Robot' }] } };
    const answer = await postJson('/v1/evaluate', { policy: { ...noLatest, data }, manifests });
    expect(problemOf(answer)).toMatchObject({ status: 422, code: 'policy_error' });
  });
});

describe('the status of a denial', () => {
  it('is 200, or what on_deny asks for', async () => {
    const body = { policy: noLatest, images: ['nginx'] };
    expect((await postJson('/v1/evaluate', body)).status).toBe(200);
    const denied = await postJson('/v1/evaluate?on_deny=422', body);
    expect(denied.status).toBe(422);
    expect(denied.json).toMatchObject({ decision: 'deny' });
    expect((await postJson('/v1/evaluate?on_deny=422', { ...body, images: ['nginx:1'] })).status).toBe(200);
  });

  it('is never one outside 400 to 499', async () => {
    for (const status of ['200', '399', '500', '4e2', '-1', '']) {
      const answer = await postJson(`/v1/evaluate?on_deny=${status}`, {
        policy: noLatest,
        images: ['nginx'],
      });
      expect([answer.status, problemOf(answer).code]).toEqual([400, 'invalid_query']);
    }
  });
});

describe('the form of a verdict', () => {
  const types: readonly (readonly [format: string, type: string, begins: RegExp])[] = [
    ['json', 'application/json', /^\{/u],
    ['text', 'text/plain; charset=utf-8', /^DENY/u],
    ['sarif', 'application/sarif+json', /^\{/u],
    ['junit', 'application/xml; charset=utf-8', /^<\?xml/u],
    ['github', 'text/plain; charset=utf-8', /^::error /u],
    ['markdown', 'text/markdown; charset=utf-8', /^#/u],
    ['policyreport', 'application/json', /^\{/u],
  ];

  it.each(types)('%s', async (format, type, begins) => {
    const answer = await postJson(`/v1/evaluate?format=${format}`, { policy: noLatest, images: ['nginx'] });
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.text).toMatch(begins);
  });

  it.each([
    ['application/sarif+json', 'application/sarif+json'],
    ['text/html, text/markdown;q=0.9, */*;q=0.1', 'text/markdown; charset=utf-8'],
    ['*/*', 'application/json'],
    ['text/*', 'text/plain; charset=utf-8'],
    ['application/json;q=0, text/plain', 'text/plain; charset=utf-8'],
  ])('Accept: %s', async (accept, type) => {
    const answer = await postJson('/v1/evaluate', { policy: noLatest, images: ['nginx'] }, { accept });
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it('is refused where only other types are accepted', async () => {
    const answer = await postJson(
      '/v1/evaluate',
      { policy: noLatest, images: ['nginx'] },
      { accept: 'image/png' },
    );
    expect([answer.status, problemOf(answer).code]).toEqual([406, 'not_acceptable']);
  });
});

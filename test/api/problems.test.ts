import { describe, expect, it } from 'vitest';
import { problemBody } from '../../src/api/schemas/answers.ts';
import { limits } from '../../src/base/index.ts';
import { deployment, noLatest, post, postJson, problemOf, send } from './client.ts';

const good = { policy: noLatest, images: ['nginx'] };

async function problem(body: unknown, path = '/v1/evaluate') {
  const answer = await postJson(path, body);
  const found = problemOf(answer);
  expect(found.status).toBe(answer.status);
  expect(problemBody.safeParse(found).error).toBeUndefined();
  return found;
}

describe('a JSON body', () => {
  it('with a number too long to be exact', async () => {
    const text = `{"policy": ${JSON.stringify(noLatest)}, "images": ["a"], "context": {"x": ${'9'.repeat(10_001)}}}`;
    expect(await problem(text)).toMatchObject({ code: 'limit_exceeded', limit: 'numberDigits' });
  });

  it('with a long number in data, which stays one', async () => {
    const modules = { 'a.rego': 'package a\ndeny contains "number" if is_number(data.x)' };
    const text = `{"policy": {"modules": ${JSON.stringify(modules)}, "data": {"x": ${'9'.repeat(2_000)}}}, "images": ["a"]}`;
    const { json } = await postJson('/v1/evaluate', text);
    expect(json).toMatchObject({ violations: [{ message: 'number' }] });
  });

  it.each([
    ['{"images": ["nginx",]}', 1, 21],
    ['{\n  "images": [\n}', 3, 1],
    ['', 1, 1],
    ['{"images": tru}', 1, 12],
    ['{"images": "a\nb"}', 1, 14],
    ['nope', 1, 1],
    [`{${'\n'.repeat(1_000_000)}"é😀" x`, 1_000_001, 6],
  ])('that is broken (%#)', async (text, line, column) => {
    expect(await problem(text)).toMatchObject({ status: 400, code: 'invalid_json', line, column });
  });

  it.each([
    ['{"submissions": {"a": {"images": ["evil"]}, "a": {"images": ["ok"]}}}', '/submissions/a', 1, 45],
    ['{"policy": "production",\n "policy": "x"}', '/policy', 2, 2],
    ['{"policy": {"modules": {"a.rego": "", "\\u0061.rego": ""}}}', '/policy/modules/a.rego', 1, 39],
    ['{"context": [1, [{}, {"a/b": ["}", ":"], "a/b": 1}]]}', '/context/1/1/a~1b', 1, 42],
    ['{"context": {"__proto__": 1, "__proto__": 2}}', '/context/__proto__', 1, 30],
  ])('in which a key stands twice: %s', async (text, pointer, line, column) => {
    expect(await problem(text, text.includes('submissions') ? '/v1/batch' : '/v1/evaluate')).toMatchObject({
      status: 400,
      code: 'invalid_request',
      line,
      column,
      errors: [{ pointer, message: expect.stringContaining('stands twice in one object') }],
    });
  });

  it.each([
    ['a misspelt field', { ...good, contxt: {} }, '/contxt', 'did you mean "context"?'],
    [
      'a misspelt option',
      { ...good, options: { asof: '2030-01-01T00:00:00Z' } },
      '/options/asof',
      'did you mean "as_of"?',
    ],
    [
      'a misspelt key of a policy',
      { ...good, policy: { modules: {}, dat: {} } },
      '/policy/dat',
      'did you mean "data"?',
    ],
    ['a policy of the wrong type', { ...good, policy: 7 }, '/policy', undefined],
    [
      'a module that is no text',
      { ...good, policy: { modules: { 'a.rego': 1 } } },
      '/policy/modules/a.rego',
      undefined,
    ],
    ['images of the wrong type', { ...good, images: 'nginx' }, '/images', undefined],
    ['one image of the wrong type', { ...good, images: ['nginx', 5] }, '/images/1', undefined],
    ['manifests of the wrong type', { ...good, manifests: [1] }, '/manifests/0', undefined],
    ['a context that is no object', { ...good, context: [] }, '/context', undefined],
    [
      'a time that is none',
      { ...good, options: { as_of: '2030-02-30T00:00:00Z' } },
      '/options/as_of',
      undefined,
    ],
    ['a body that is no object', [good], '', undefined],
    ['null', null, '', undefined],
  ])('with %s', async (_what, body, pointer, hint) => {
    const found = await problem(body);
    expect(found).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(found.errors).toMatchObject([{ pointer, ...(hint !== undefined && { hint }) }]);
  });

  it('nested too deep', async () => {
    const deep = `{"images": ["nginx"], "context": {"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect(await problem(deep)).toMatchObject({ status: 422, code: 'limit_exceeded', limit: 'nesting' });
  });

  it('with the same thing in the query string', async () => {
    expect(await problem(good, '/v1/evaluate?policy=production')).toMatchObject({ code: 'invalid_request' });
    const timed = { ...good, options: { as_of: '2030-01-01T00:00:00Z' } };
    expect(await problem(timed, '/v1/evaluate?as_of=2031-01-01T00:00:00Z')).toMatchObject({
      code: 'invalid_request',
    });
    expect(await problem({ ...good, context: {} }, '/v1/evaluate?context.a=b')).toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('a query string', () => {
  it.each([
    ['on_dney=422', 'on_dney', 'did you mean "on_deny"?'],
    ['format=sarf', 'format', 'did you mean "sarif"?'],
    ['as_of=yesterday', 'as_of', undefined],
    ['explain=maybe', 'explain', undefined],
    ['on_deny=422&on_deny=423', 'on_deny', undefined],
    ['context.=x', 'context.', undefined],
    ['context.a=1&context.a=2', 'context.a', undefined],
  ])('%s', async (query, pointer, hint) => {
    const found = await problem(good, `/v1/evaluate?${query}`);
    expect(found).toMatchObject({ status: 400, code: 'invalid_query' });
    expect(found.errors).toMatchObject([{ pointer, ...(hint !== undefined && { hint }) }]);
  });
});

describe('a policy', () => {
  it('that was not named', async () => {
    const found = await problem({ images: ['nginx'] });
    expect(found).toMatchObject({ status: 400, code: 'policy_missing' });
    expect(found.available).toContain('production');
  });

  it('that there is not', async () => {
    const found = await problem({ ...good, policy: 'prodution' });
    expect(found).toMatchObject({ status: 404, code: 'unknown_policy', hint: 'did you mean "production"?' });
  });

  it.each(['__proto__', 'constructor', '../production', 'lib'])('called %s', async name => {
    expect(await problem({ ...good, policy: name })).toMatchObject({ status: 404, code: 'unknown_policy' });
  });

  it('of an organisation, without a credential', async () => {
    const found = await problem({ ...good, policy: 'acme/production@stable' });
    expect(found).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it('with several syntax errors, all with line and frame', async () => {
    const text = 'package a\n\ndeny contains "x" if {\n\tinput.x ==\n}\n\nallow tag "latest" if\n';
    const found = await problem({ ...good, policy: { modules: { 'a.policy': text } } });
    expect(found).toMatchObject({ status: 422, code: 'policy_error' });
    expect(found.diagnostics?.length).toBeGreaterThan(1);
    expect(found.diagnostics?.[0]).toMatchObject({
      code: 'rego_parse_error',
      file: 'a.policy',
      severity: 'error',
    });
    expect(found.diagnostics?.[0]?.frame).toContain('^');
  });

  it('with an unsafe variable', async () => {
    const modules = { 'a.rego': 'package a\n\ndeny contains x if not x\n' };
    const found = await problem({ ...good, policy: { modules } });
    expect(found.diagnostics).toMatchObject([{ code: 'rego_unsafe_var_error', line: 3 }]);
  });

  it('that is too long', async () => {
    const modules = { 'a.rego': `package a\n${'#'.repeat(limits.policyBytes)}\n` };
    expect(await problem({ ...good, policy: { modules } })).toMatchObject({
      code: 'limit_exceeded',
      limit: 'policyBytes',
    });
  });

  it.each([
    ['no module', {}],
    ['a module that decides nothing', { 'a.rego': 'package a\n\nx := 1\n' }],
    ['a file that is no policy by its name', { 'a.txt': 'package a\n\ndeny tag "latest"\n' }],
    ['only a test', { 'a_test.rego': 'package a\n\ndeny contains "x"\n' }],
  ])('with %s', async (_what, modules) => {
    expect(['policy_error', 'invalid_request']).toContain(
      (await problem({ ...good, policy: { modules } })).code,
    );
  });
});

describe('hints', () => {
  const form = (...fields: readonly (readonly [string, string | File])[]) => {
    const made = new FormData();
    for (const [name, value] of fields) made.append(name, value);
    return made;
  };

  it.each([
    [form(['policy', 'production'], ['file', 'web.yaml']), 'file=@web.yaml'],
    [form(['policy', 'acme.policy'], ['file', new File([deployment], 'web.yaml')]), 'policy=@acme.policy'],
    [form(['policy', 'production'], ['file', './build/Dockerfile']), 'file=@./build/Dockerfile'],
  ])('of an @ that was forgotten (%#)', async (body, hint) => {
    expect(problemOf(await post('/v1/evaluate', body))).toMatchObject({
      code: 'invalid_request',
      hint: `an @ sends the file: -F ${hint}`,
    });
  });

  it.each([
    [deployment, 'looks like a manifest', 'application/yaml'],
    ['services:\n  web:\n    image: nginx\n', 'looks like a manifest', 'application/yaml'],
    ['FROM nginx\nRUN true\n', 'looks like a Dockerfile', '-F file=@Dockerfile'],
  ])('of text that is no list of images (%#)', async (text, detail, hint) => {
    expect(problemOf(await post('/v1/evaluate?policy=production', text, 'text/plain'))).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringContaining(detail),
      hint: expect.stringContaining(hint),
    });
  });

  it('of data in YAML', async () => {
    const body = form(['policy', 'production'], ['data', new File(['a: 1'], 'data.yaml')]);
    expect(problemOf(await post('/v1/evaluate', body))).toMatchObject({
      code: 'invalid_json',
      detail: expect.stringContaining('the field data, data.yaml: line 1, column 1'),
      hint: expect.stringContaining('one JSON object'),
    });
  });

  it('of fields that do not go together', async () => {
    const { errors } = await problem({ ...good, policy: { ...noLatest, name: 'production' } });
    expect(errors).toEqual([
      {
        pointer: '/policy',
        message: 'the fields "name" and "modules" do not go together: leave one of them out',
      },
    ]);
  });
});

describe('a problem as text', () => {
  const modules = { 'acme.policy': 'package acme\n\ndeny tog "latest"\n' };
  const body = { policy: { modules }, images: ['nginx'] };

  it.each([
    ['by format', '/v1/evaluate?format=text', {}],
    ['by Accept', '/v1/evaluate', { accept: 'text/plain' }],
  ])('%s shows the lines with carets', async (_title, path, headers) => {
    const { status, headers: answered, text } = await postJson(path, body, headers);
    expect({ status, type: answered.get('content-type') }).toEqual({
      status: 422,
      type: 'text/plain; charset=utf-8',
    });
    expect(text).toMatch(/^error\[policy_error\]: the policy has an error/u);
    expect(text).toMatch(/^acme\.policy:3:6: error\[.+\n3 \| deny tog "latest"\n {2}\| +\^+$/mu);
  });

  it('stays JSON where that is asked for', async () => {
    for (const [path, accept] of [
      ['/v1/evaluate', '*/*'],
      ['/v1/evaluate?format=json', 'text/plain'],
    ] as const)
      expect(problemOf(await postJson(path, body, { accept })).code).toBe('policy_error');
  });
});

describe('a submission', () => {
  it.each([
    ['nothing', { policy: noLatest }],
    ['an empty list', { policy: noLatest, images: [] }],
    ['empty manifests', { policy: noLatest, manifests: '---\n# nothing\n' }],
    ['no objects', { policy: noLatest, manifests: [] }],
    ['an empty object', { policy: noLatest, manifests: {} }],
    ['an empty object as text', { policy: noLatest, manifests: '{}' }],
    ['nothing recognisable', { policy: noLatest, manifests: [{ a: 1 }, {}] }],
    ['an empty compose file', { policy: noLatest, compose: '{}' }],
  ])('with %s', async (_what, body) => {
    expect(await problem(body)).toMatchObject({ status: 400, code: 'nothing_to_decide' });
  });

  it('with broken YAML says the line', async () => {
    const found = problemOf(
      await post('/v1/evaluate?policy=production', `${deployment}  oops: [1\n`, 'application/yaml'),
    );
    expect(found).toMatchObject({ status: 422, code: 'submission_error' });
    expect(found.diagnostics?.[0]?.line).toBeGreaterThan(10);
  });

  it('with a YAML alias bomb', async () => {
    const levels = Array.from({ length: 20 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(10)}]`);
    const found = await problem({ policy: noLatest, manifests: `l0: &l0 [x]\n${levels.join('\n')}\n` });
    expect(found).toMatchObject({ status: 422, code: 'limit_exceeded' });
  });

  it('nested too deep', async () => {
    const found = await problem({ policy: noLatest, manifests: '['.repeat(50_000) });
    expect(found).toMatchObject({ status: 422, code: 'limit_exceeded' });
  });

  it('with too many images', async () => {
    const images = Array.from({ length: limits.images + 1 }, (_, i) => `a:${i}`);
    expect((await problem({ policy: noLatest, images })).status).toBeGreaterThanOrEqual(400);
  });
});

describe('a body', () => {
  it('that is not UTF-8', async () => {
    for (const type of ['application/json', 'application/yaml', 'text/plain']) {
      const answer = await post('/v1/evaluate?policy=production', new Uint8Array([0x61, 0xff, 0x62]), type);
      expect(problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_encoding' });
    }
    const form = new FormData();
    form.append('file', new File([new Uint8Array([0x61, 0xff])], 'a.yaml'));
    expect(problemOf(await post('/v1/evaluate?policy=production', form)).code).toBe('invalid_encoding');
  });

  it('that is too large, said in advance or not', async () => {
    const whole = new Uint8Array(limits.bodyBytes + 1);
    expect(problemOf(await post('/v1/evaluate', whole, 'text/plain'))).toMatchObject({
      status: 413,
      code: 'too_large',
    });
    let left = 12;
    const stream = new ReadableStream({
      pull(controller) {
        if (left-- === 0) controller.close();
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    expect(problemOf(await post('/v1/evaluate', stream, 'text/plain')).code).toBe('too_large');
  });

  it.each(['text/html', 'application/x-www-form-urlencoded', 'application/json; charset=latin1', undefined])(
    'of type %s',
    async type => {
      const answer = await post('/v1/evaluate?policy=production', new Uint8Array([0x61]), type);
      expect(problemOf(answer)).toMatchObject({ status: 415, code: 'unsupported_media_type' });
      if (!type?.includes('charset')) expect(answer.headers.get('accept')).toContain('application/yaml');
    },
  );

  it('that is compressed', async () => {
    const answer = await post('/v1/evaluate', 'x', 'text/plain', { 'content-encoding': 'gzip' });
    expect(problemOf(answer).code).toBe('unsupported_media_type');
  });

  it('that is no form', async () => {
    const answer = await post('/v1/evaluate?policy=production', 'x', 'multipart/form-data; boundary=b');
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_multipart' });
  });

  it('with a form field that means nothing', async () => {
    const form = new FormData();
    form.append('manifest', deployment);
    expect(problemOf(await post('/v1/evaluate?policy=production', form)).code).toBe('invalid_query');
  });
});

describe('an address', () => {
  it('that there is not', async () => {
    expect(problemOf(await send('/v1/evalute'))).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('asked with another method', async () => {
    const answer = await send('/v1/evaluate');
    expect(problemOf(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await send('/health', { method: 'DELETE' })).status).toBe(405);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '../client.ts';
import { newOrganisation, tokenOf } from '../organisations.ts';
import { publishFiles } from '../published.ts';
import recorded from './replies.json';
import requests from './requests.json';
import { type OpaRequest, sentAs } from './sent-as.ts';

/**
 * What OPA answers, as `record.ts` wrote it down. What is left out of both are the positions of errors in
 * evaluation and texts of Go's own.
 */
let headers: Headers;
beforeAll(async () => {
  const org = await newOrganisation('opa-clients');
  await publishFiles('opa-clients/opa', requests.modules);
  headers = await tokenOf(org, ['evaluate'], ['opa']);
});

async function answer(request: OpaRequest) {
  const sent = await sentAs(request);
  for (const [name, value] of headers) sent.headers.set(name, value);
  return send(`/opa/opa-clients/opa${request.path === '/' ? '' : request.path}`, sent);
}

/** Of an answer what a client acts upon. */
function essence(status: number, text: string): unknown {
  if (status === 405 || !text.startsWith('{')) return { status, ...(status < 400 && { text: text.trim() }) };
  const json = JSON.parse(text);
  if (status < 400) return { status, text: JSON.stringify(json) };
  const codes = (json.errors ?? []).map((error: { code: string }) => error.code);
  return { status, code: json.code, codes };
}

const badRequest = { status: 400, code: 'invalid_parameter', codes: [] };
const notThere = { status: 404, code: 'resource_not_found', codes: [] };

/** Answered otherwise, on purpose; by the request, or by its body where that is what matters. */
const others: Readonly<Record<string, unknown>> = {
  // A bad name in a path is the caller's mistake, as OPA's documents have it; OPA itself answers 500, or no JSON.
  'POST /v1/data/teams/%22': badRequest,
  'GET /v1/data/teams/%zz': badRequest,
  // OPA sends clients elsewhere, where they come by GET and without their input.
  'POST /v1/data/acme/allow/': { status: 200, text: '{"result":true}' },
  // What cannot be read as it is meant is not read in part, nor under other names.
  '{"input": 1} {"input": 2}': badRequest,
  '{"Input": 1}': { status: 200, text: expect.stringContaining('api_usage_warning') },
  br: { status: 415, code: 'invalid_parameter', codes: [] },
  // Not answered here; see docs/api.md.
  'GET /v1/query?q=data.acme.allow': notThere,
  'POST /v1/query': notThere,
  'GET /v1/status': notThere,
  'GET /health/live': notThere,
  'GET /nowhere': notThere,
  'GET /v2/data': notThere,
};

function otherwise({ method, path, body = '', headers }: OpaRequest): unknown {
  return others[`${method} ${path}`] ?? others[body] ?? others[headers?.['content-encoding'] ?? ''];
}

describe('requests to OPA', () => {
  it.each(requests.requests.map((request, at) => ({ ...request, at })))(
    '$method $path $body',
    async request => {
      const reply = recorded[request.at]!;
      const { status, text } = await answer(request);
      expect(essence(status, text)).toEqual(otherwise(request) ?? essence(reply.status, reply.body));
    },
  );
});

it('a body that is too large once it is decompressed is refused', async () => {
  const body = JSON.stringify({ input: ' '.repeat(11 * 1024 * 1024) });
  const { status, json } = await answer({ method: 'POST', path: '/v1/data/acme/allow', body, gzip: true });
  expect({ status, json }).toMatchObject({ status: 413, json: { code: 'invalid_parameter' } });
});

describe('parameters', () => {
  const ask = (query: string) =>
    answer({
      method: 'POST',
      path: `/v1/data/acme/deny?${query}`,
      body: '{"input": {"images": ["a:latest"]}}',
    });

  it('pretty indents', async () => {
    expect((await ask('pretty')).text).toBe('{\n  "result": [\n    "a:latest floats"\n  ]\n}\n');
  });

  it('metrics and provenance are told', async () => {
    const { json } = await ask('metrics&provenance=true');
    expect(json).toMatchObject({
      metrics: { timer_rego_query_eval_ns: expect.any(Number), counter_server_query_cache_hit: 1 },
      provenance: { bundles: { 'opa-clients/opa': { revision: expect.stringMatching(/^sha256:/u) } } },
    });
  });

  it('explain tells what happened', async () => {
    const { json } = await ask('explain=full&pretty');
    const lines = (json as { explanation: string[] }).explanation;
    expect(lines.some(line => line.includes('Enter data.acme.deny'))).toBe(true);
    const objects = ((await ask('explain=fails')).json as { explanation: unknown[] }).explanation;
    expect(Array.isArray(objects)).toBe(true);
  });
});

describe('policies', () => {
  it('can be read, one by one too', async () => {
    const list = (await answer({ method: 'GET', path: '/v1/policies' })).json as {
      result: { id: string; raw: string }[];
    };
    expect(list.result).toEqual([{ id: 'opa-clients/opa@1/acme.rego', raw: requests.modules['acme.rego'] }]);
    const one = await answer({ method: 'GET', path: `/v1/policies/${list.result[0]!.id}` });
    expect(one.json).toEqual({ result: list.result[0] });
    expect((await answer({ method: 'GET', path: '/v1/policies/x' })).json).toMatchObject({
      code: 'resource_not_found',
    });
  });
});

describe('who may not', () => {
  it.each([
    ['without a token', undefined, 401, 'unauthorized'],
    ['with a wrong one', 'Bearer pqt_x', 401, 'unauthorized'],
  ])('%s', async (_, authorization, status, code) => {
    const answered = await send('/opa/opa-clients/opa/v1/data/acme', {
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(answered).toMatchObject({ status, json: { code } });
  });

  it('learns nothing of others', async () => {
    const foreign = await send('/opa/other/opa/v1/data', { headers });
    const absent = await send('/opa/opa-clients/absent/v1/data', { headers });
    expect(foreign.status).toBe(404);
    expect(foreign.text.replace('other/opa', '')).toBe(absent.text.replace('opa-clients/absent', ''));
  });
});

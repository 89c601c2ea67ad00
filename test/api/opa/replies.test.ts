import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '../client.ts';
import { newOrganisation, tokenOf } from '../organisations.ts';
import { publishFiles } from '../published.ts';
import recorded from './replies.json';
import requests from './requests.json';

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

async function answer({
  method,
  path,
  body,
  type,
}: (typeof requests.requests)[number] & { type?: string; body?: string }) {
  const all = new Headers(headers);
  all.set('content-type', type ?? 'application/json');
  const url = `/opa/opa-clients/opa${path === '/' ? '' : path}`;
  return send(url, { method, headers: all, ...(body !== undefined && { body }) });
}

/** Of an answer what a client acts upon. */
function essence(status: number, text: string): unknown {
  if (status === 405 || text.trim() === '') return { status };
  const json = JSON.parse(text);
  if (status < 400) return { status, text: JSON.stringify(json) };
  const codes = (json.errors ?? []).map((error: { code: string }) => error.code);
  return { status, code: json.code, codes };
}

/** Answered otherwise, on purpose. */
const others: Readonly<Record<string, unknown>> = {
  // A bad name in a path is the caller's mistake, as OPA's documents have it; OPA itself answers 500.
  'POST /v1/data/teams/%22': { status: 400, code: 'invalid_parameter', codes: [] },
};

describe('requests to OPA', () => {
  it.each(requests.requests.map((request, at) => ({ ...request, at })))(
    '$method $path $body',
    async request => {
      const reply = recorded[request.at]!;
      const { status, text } = await answer(request);
      const known = others[`${request.method} ${request.path}`];
      expect(essence(status, text)).toEqual(known ?? essence(reply.status, reply.body));
    },
  );
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

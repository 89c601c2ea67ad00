import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../src/base/index.ts';
import { fetchPinned } from '../../src/cli/outside.ts';
import { createResolver, type Outside, scopeNeed } from '../../src/evidence/index.ts';
import { fromJson, type Json, type JsonObject, toJson } from '../../src/values/index.ts';
import { startServer, type TestServer, trust } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  trust(server.cert);
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
});

/** Names below acme.test stand for this machine; `rebound.acme.io` has a public address and a private one. */
const outside: Outside = {
  fetch: fetchPinned,
  lookup: async name => (name === 'rebound.acme.io' ? ['8.8.8.8', '10.0.0.1'] : ['127.0.0.1']),
  clock: () => performance.now(),
  privateHosts: ['localhost', 'api.acme.test'],
};

interface Answer {
  readonly status?: string;
  readonly status_code: number;
  readonly body: Json;
  readonly raw_body: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The answer to a request, by a resolver of its own, and what a verdict would show. */
async function ask(request: JsonObject, hosts?: readonly string[], more: Partial<Outside> = {}) {
  const resolver = createResolver({ ...outside, ...more }, { asOf: 0n });
  const allowed = hosts ?? [`localhost:${server.port}`, `api.acme.test:${server.port}`];
  const need = scopeNeed({ kind: 'http.send', key: 'k', request: fromJson(request) }, allowed);
  const answers = await resolver.resolve([need]);
  return { answer: toJson(answers.get(need.key)!) as unknown as Answer, seen: resolver.seen!() };
}

async function get(path: string, more: JsonObject = {}): Promise<Answer> {
  return (await ask({ method: 'get', url: server.origin + path, ...more })).answer;
}

async function refusal(request: JsonObject, hosts?: readonly string[], more?: Partial<Outside>) {
  const { answer } = await ask(request, hosts, more);
  expect(answer.status_code).toBe(0);
  return answer.error!.message;
}

describe('a response', () => {
  it('has status, headers in lower case and the value of a JSON body', async () => {
    const { answer, seen } = await ask({ method: 'GET', url: `${server.origin}/teams?token=secret` });
    expect(answer.status).toBe('404 Not Found');
    expect(seen).toEqual([
      { type: 'http.send', source: server.origin, verified: false, status: '404 Not Found' },
    ]);
    const found = await get('/teams');
    expect(found).toMatchObject({ status: '200 OK', status_code: 200, body: { team: 'shop' } });
    expect(found.raw_body).toBe('{"team": "shop", "n": 9007199254740993}');
    expect(found.headers['content-type']).toEqual(['application/json']);
  });

  it('keeps cookies apart', async () => {
    const { headers } = await get('/headers');
    expect(headers).toMatchObject({ 'x-team': ['shop'], 'set-cookie': ['a=1', 'b=2'] });
  });

  it.each([
    ['/json-type', {}, [1]],
    ['/yaml', {}, { teams: ['shop'] }],
    ['/text', {}, null],
    ['/text', { force_json_decode: true }, { a: 1 }],
    ['/text', { force_yaml_decode: true }, { a: 1 }],
    ['/bad-json', {}, null],
  ])('of %s with %j has the body %j', async (path, more, body) => {
    const answer = await get(path, more);
    expect(answer).toMatchObject({ status_code: 200, body });
    expect(answer.raw_body).not.toBe('');
  });
});

describe('a request', () => {
  it('carries method, headers and a body of JSON', async () => {
    await ask({
      method: 'post',
      url: `${server.origin}/echo`,
      headers: { 'X-Team': 'shop' },
      body: { b: [1], a: 'ü' },
      cache: true,
      force_cache: true,
      force_cache_duration_seconds: 5,
      caching_mode: 'deserialized',
      cache_ignored_headers: null,
      max_retry_attempts: 1,
    });
    expect(server.received).toMatchObject([
      { method: 'POST', headers: { 'x-team': 'shop', 'user-agent': 'pratique' }, body: '{"a":"ü","b":[1]}' },
    ]);
    expect(server.received[0]!.headers).not.toHaveProperty('content-type');
  });

  it('prefers a raw body', async () => {
    await ask({ method: 'PUT', url: `${server.origin}/echo`, body: 1, raw_body: 'a=b' });
    expect(server.received).toMatchObject([{ method: 'PUT', body: 'a=b' }]);
  });

  it.each([
    [{ method: 1 }, '"method" must be a string'],
    [{ url: null }, '"url" must be a string'],
    [{ url: 'acme.io' }, 'the URL is not valid'],
    [{ method: 'CONNECT' }, 'the method CONNECT is not sent'],
    [{ method: 'GE T' }, 'the method GE T is not sent'],
    [{ body: {} }, 'a body cannot be sent with GET'],
    [{ headers: [] }, 'invalid type for headers key'],
    [{ headers: { a: 1 } }, 'invalid type for headers value'],
    [{ headers: { Host: 'acme.io' } }, 'the header Host cannot be set'],
    [{ headers: { a: 'b\r\nc: d' } }, 'a header is not valid'],
    [{ timeout: 'soon' }, 'invalid timeout value'],
    [{ timeout: 1.5 }, 'invalid timeout value'],
    [{ enable_redirect: 'yes' }, 'invalid value for enable_redirect field'],
    [{ tls_insecure_skip_verify: true }, 'tls_insecure_skip_verify is not supported'],
    [{ tls_ca_cert: 'x' }, 'tls_ca_cert is not supported'],
    [
      { method: 'POST', raw_body: 'x'.repeat(limits.httpRequestBytes + 1) },
      `the body of the request is larger than ${limits.httpRequestBytes} bytes`,
    ],
  ])('is refused for %j', async (wrong, message) => {
    const request: JsonObject = { method: 'GET', url: `${server.origin}/teams`, ...wrong };
    expect(await refusal(request)).toContain(message);
    expect(server.received).toEqual([]);
  });
});

describe('a host', () => {
  const url = 'https://api.acme.io/teams';
  const never: Partial<Outside> = {
    fetch: () => Promise.reject(new Error('it was asked')),
  };

  it.each([
    [url, [], 'does not allow the host "api.acme.io"'],
    [url, ['acme.io', '*.api.acme.io', 'api.acme.io:8443'], 'does not allow the host "api.acme.io"'],
    ['https://api.acme.io:8443/', ['api.acme.io'], 'does not allow the host "api.acme.io:8443"'],
    ['http://api.acme.io/', ['api.acme.io'], 'only https is asked, not http'],
    ['file:///etc/passwd', ['api.acme.io'], 'only https is asked, not file'],
    ['https://me:secret@api.acme.io/', ['api.acme.io'], 'a URL with credentials is not asked'],
    ['https://rebound.acme.io/', ['*.acme.io'], 'rebound.acme.io is not a host of the public internet'],
    ['https://LOCALHOST./', ['localhost'], 'localhost is not a host of the public internet'],
    ['https://intranet/', ['intranet'], 'intranet is not a host of the public internet'],
    [
      'https://metadata.google.internal/',
      ['metadata.google.internal'],
      'metadata.google.internal is not a host of the public internet',
    ],
    ['https://0x7f.1/', ['127.0.0.1'], '127.0.0.1 is not a host of the public internet'],
    ['https://[::ffff:10.0.0.1]/', ['[::ffff:a00:1]'], '[::ffff:a00:1] is not a host of the public internet'],
  ])('%s is refused where %j are allowed', async (asked, hosts, message) => {
    const more = { ...never, privateHosts: [] };
    expect(await refusal({ method: 'GET', url: asked }, hosts, more)).toContain(message);
  });

  it('is not named with more than its origin where it fails', async () => {
    const request = { method: 'GET', url: 'https://me:secret@api.acme.io/path?token=secret' };
    const { answer, seen } = await ask(request, ['api.acme.io']);
    expect(JSON.stringify([answer, seen])).not.toMatch(/secret|path/u);
    expect(seen).toEqual([
      {
        type: 'http.send',
        source: 'https://api.acme.io',
        verified: false,
        reason: 'a URL with credentials is not asked',
      },
    ]);
  });

  it('is connected to at the addresses that were checked', async () => {
    const url = `https://api.acme.test:${server.port}/teams`;
    expect((await ask({ method: 'GET', url })).answer.status_code).toBe(200);
    const elsewhere = { lookup: async () => ['127.0.0.2'] };
    expect(await refusal({ method: 'GET', url }, undefined, elsewhere)).toContain('ECONNREFUSED');
  });

  it('without a certificate that is trusted fails', async () => {
    const url = `https://web.acme.example:${server.port}/teams`;
    const more = { privateHosts: ['web.acme.example'] };
    expect(await refusal({ method: 'GET', url }, [`*.acme.example:${server.port}`], more)).toContain(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
  });
});

describe('a redirect', () => {
  const follow = { enable_redirect: true };

  it('is the response where it is not followed', async () => {
    expect(await get('/here')).toMatchObject({ status_code: 302, headers: { location: ['/teams'] } });
  });

  it('is followed where that is asked for', async () => {
    expect(await get('/here', follow)).toMatchObject({ status_code: 200, body: { team: 'shop' } });
  });

  it('repeats the request, or turns it into GET', async () => {
    await get('/again', { ...follow, method: 'POST', raw_body: 'x' });
    await get('/here', { ...follow, method: 'POST', raw_body: 'x' });
    expect(server.received.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/again', 'x'],
      ['POST', '/echo', 'x'],
      ['POST', '/here', 'x'],
      ['GET', '/teams', ''],
    ]);
  });

  it('to another origin takes no headers along that may be secret', async () => {
    const headers = { authorization: 'Bearer secret', 'x-token': 'secret', accept: 'application/json' };
    await get('/to-other-name', { ...follow, headers });
    await get('/here', { ...follow, headers });
    expect(server.received[1]).toMatchObject({ path: '/echo', headers: { accept: 'application/json' } });
    expect(JSON.stringify(server.received[1])).not.toContain('secret');
    expect(server.received[3]).toMatchObject({ path: '/teams', headers: { 'x-token': 'secret' } });
  });

  it.each([
    ['/to-http', [], 'only https is asked, not http'],
    ['/to-elsewhere', [], 'does not allow the host "other.acme.io"'],
    ['/to-private', ['169.254.169.254'], '169.254.169.254 is not a host of the public internet'],
  ])('%s is refused', async (path, more, message) => {
    const request = { method: 'GET', url: server.origin + path, ...follow };
    expect(await refusal(request, [`localhost:${server.port}`, ...more])).toContain(message);
  });

  it('is followed a few times only', async () => {
    const request = { method: 'GET', url: `${server.origin}/loop`, ...follow };
    expect(await refusal(request)).toContain(`more than ${limits.redirects} redirects`);
    expect(server.received).toHaveLength(limits.redirects + 1);
  });
});

describe('a response that does not come', () => {
  it('is refused as soon as it is too large', async () => {
    const request = { method: 'GET', url: `${server.origin}/large` };
    expect(await refusal(request)).toContain(`larger than ${limits.httpResponseBytes} bytes`);
  });

  it.each([
    ['/silent', 50_000_000],
    ['/silent', '50ms'],
    ['/silent', '50000000'],
    ['/slow-body', '50ms'],
  ])('%s times out after %j', async (path, timeout) => {
    const answer = await get(path, { timeout });
    expect(answer.error).toEqual({
      code: 'eval_http_send_network_error',
      message: `${server.origin}: timed out`,
    });
  });

  it('from a port where nobody listens is an error of the network', async () => {
    const { answer } = await ask({ method: 'GET', url: 'https://localhost:1/' }, ['localhost:1']);
    expect(answer.error).toEqual({
      code: 'eval_http_send_network_error',
      message: 'https://localhost:1: connection failed (ECONNREFUSED)',
    });
  });
});

describe('all responses of a decision', () => {
  it('may bring so many bytes, and are so many', async () => {
    const body = new Uint8Array(limits.httpResponseBytes);
    const full: Partial<Outside> = {
      fetch: async () => new Response(body),
    };
    const resolver = createResolver({ ...outside, ...full }, { asOf: 0n });
    const needs = Array.from({ length: limits.httpRequests + 1 }, (_, i) => {
      const request = fromJson({ method: 'GET', url: `https://localhost/${i}` });
      return scopeNeed({ kind: 'http.send', key: String(i), request }, ['localhost']);
    });
    const answers = await resolver.resolve(needs);
    const texts = [...answers.values()].map(
      answer => (toJson(answer) as unknown as Answer).error?.message ?? 'answered',
    );
    const whole = Math.floor(limits.evidenceBytes / limits.httpResponseBytes);
    expect(texts.filter(text => text === 'answered')).toHaveLength(whole);
    expect(texts.filter(text => text.includes('all responses together are larger'))).toHaveLength(
      limits.httpRequests - whole,
    );
    expect(texts.filter(text => text.includes(`more than ${limits.httpRequests} requests`))).toHaveLength(1);
  });
});

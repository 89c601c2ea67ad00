import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/store/index.ts';
import { newOrganisation, tokenOf } from '../organisations.ts';
import { publishFiles } from '../published.ts';
import { WatchedDatabase } from '../watched-database.ts';
import { clusterApp } from './cluster-app.ts';

const { app } = clusterApp();
let token: string;
beforeAll(async () => {
  const org = await newOrganisation('refused');
  await publishFiles('refused/production', { 'a.policy': 'package refused\n\ndeny tag "latest"\n' });
  token = (await tokenOf(org, ['evaluate'])).get('authorization')!.replace('Bearer ', '');
});

type App = typeof app;

interface Answer {
  readonly items?: readonly { key: string; value?: { allowed: boolean }; error?: string }[];
  readonly systemError?: string;
  readonly uid?: string;
  readonly allowed?: boolean;
  readonly status?: { readonly code: number };
}

/** What a client of clusters makes of an answer: it reads the body, whatever the status. */
async function ask(path: string, init: RequestInit = {}, service: App = app) {
  const answered = await service.request(path, init);
  const { kind, response } = (await answered.json()) as { kind: string; response: Answer };
  expect(kind).toBe(path.toLowerCase().includes('gatekeeper') ? 'ProviderResponse' : 'AdmissionReview');
  return { http: answered.status, ...response };
}

function provider(keys: unknown, more: object = {}): string {
  const apiVersion = 'externaldata.gatekeeper.sh/v1beta1';
  return JSON.stringify({ apiVersion, kind: 'ProviderRequest', request: { keys }, ...more });
}

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body,
  headers,
});
const validate = () => `/gatekeeper/refused/production/validate/${token}`;

describe('Gatekeeper is told in its own form of', () => {
  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s', async method => {
    for (const path of [validate(), '/gatekeeper/refused/production/mutate']) {
      const { items, systemError } = await ask(path, { method });
      expect({ items, systemError }).toEqual({ items: [], systemError: 'this address answers POST' });
    }
  });

  it.each([
    '/gatekeeper',
    '/gatekeeper/',
    '//gatekeeper/refused/production/validate',
    '/GATEKEEPER/refused/production/validate',
    '/gatekeeper/refused/production',
    '/gatekeeper/refused/production/validate/a/b',
    '/gatekeeper/refused/production/%zz/x/y',
    '/gatekeeper//production/validate',
  ])('an address that is none: %s', async path => {
    expect(await ask(path, post(provider(['nginx:1'])))).toMatchObject({
      http: 200,
      items: [],
      systemError: expect.stringMatching(/./u),
    });
  });

  it.each<[string, string, RequestInit]>([
    ['gzip', 'content-encoding', post('x', { 'content-encoding': 'gzip' })],
    ['no UTF-8', 'UTF-8', post(new Uint8Array([0xff]))],
    ['nothing', 'a value expected', post('')],
    ['too much', 'larger than', post('x'.repeat(10 * 1024 * 1024 + 1))],
    ['a key twice', 'twice', post('{"kind":"ProviderRequest","kind":"ProviderRequest"}')],
    ['too many levels', 'nested', post('['.repeat(600) + ']'.repeat(600))],
    ['keys that are none', 'request.keys', post(provider([null]))],
    ['one key', 'request.keys', post(provider('nginx:1'))],
    [
      'more keys than are answered',
      '1001 keys',
      post(provider(Array.from({ length: 1_001 }, (_, i) => `a:${i}`))),
    ],
  ])('a body with %s', async (_, said, init) => {
    const { items, systemError } = await ask(validate(), init);
    expect({ items, systemError }).toEqual({ items: [], systemError: expect.stringContaining(said) });
  });

  it('a path of another policy, encoded', async () => {
    for (const policy of ['production%2F..', '..%2Fproduction', 'production%00', '%2e%2e'])
      expect(
        await ask(`/gatekeeper/refused/${policy}/validate/${token}`, post(provider(['a:1']))),
      ).toMatchObject({
        items: [],
        systemError: expect.stringMatching(/./u),
      });
  });
});

describe('Gatekeeper’s keys', () => {
  const odd = [
    '\u0000',
    'a\nb:1',
    ' nginx:1',
    '__proto__',
    'constructor',
    '',
    'ﬀ:1',
    'e\u0301:1',
    '\u00e9:1',
    `${'a'.repeat(5_000)}:1`,
  ];

  it('that are odd fail alone, and are answered as they were written', async () => {
    const { items, systemError } = await ask(validate(), post(provider(['nginx:1', ...odd])));
    expect(systemError).toBe('');
    expect(items!.map(({ key }) => key)).toEqual(['nginx:1', ...odd]);
    expect(items!.filter(({ value }) => value?.allowed).map(({ key }) => key)).toEqual(['nginx:1']);
    expect(items!.filter(({ value }) => value).map(({ key }) => key)).toEqual(['nginx:1', 'constructor']);
  });

  it('that are null are none', async () => {
    expect(await ask(validate(), post(provider(null)))).toMatchObject({ items: [], systemError: '' });
  });
});

const object = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'web', image: 'nginx:1' }] } };

function review(request: object): string {
  const asked = { uid: 'u-1', operation: 'CREATE', object, ...request };
  return JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: asked });
}

const admission = () => `/admission/refused/production/validate/${token}`;

describe('the API server is told in its own form, and to its uid, of', () => {
  it.each<[string, number, () => string, RequestInit]>([
    ['another method', 405, admission, { ...post(review({})), method: 'PUT' }],
    ['an address that is none', 404, () => `/admission/refused/production/x`, post(review({}))],
    ['an address with a slash too many', 404, () => `/${admission()}`, post(review({}))],
    ['a key twice', 400, admission, post(review({}).replace('"image"', '"image":"good:1","image"'))],
    [
      'too many levels',
      422,
      admission,
      post(review({ extra: 0 }).replace('"extra":0', `"x":${'['.repeat(600)}${']'.repeat(600)}`)),
    ],
    ['too much', 413, admission, post(review({ extra: 'x'.repeat(10 * 1024 * 1024) }))],
    ['a body that ends too soon', 400, admission, post(review({}).slice(0, -3))],
    ['an operation that is none', 400, admission, post(review({ operation: 'create' }))],
    ['a dry run that is none', 400, admission, post(review({ dryRun: 'true' }))],
    ['a list that is none', 400, admission, post(review({ object: [] }))],
  ])('%s', async (_, code, path, init) => {
    expect(await ask(path(), init)).toMatchObject({
      http: 200,
      uid: 'u-1',
      allowed: false,
      status: { code },
    });
  });

  it.each(['0s', '1h', 'abc', '', '99999999999s', '-1s'])(
    'a wait of %j, which decides all the same',
    async timeout => {
      expect(await ask(`${admission()}?timeout=${timeout}`, post(review({})))).toMatchObject({
        allowed: true,
      });
    },
  );
});

describe('a store that fails', () => {
  const failing = new WatchedDatabase(env.DB);
  failing.onBatch = () => {
    throw new Error('D1_ERROR: no such table: secret_table');
  };
  const { app: broken } = clusterApp({ database: openDatabase(failing.binding) });

  it.each([
    [validate, provider(['nginx:1'])],
    [() => validate().replace('validate', 'mutate'), provider(['nginx:1'])],
    [admission, review({})],
    [() => admission().replace('validate', 'mutate'), review({})],
  ])('lets nothing in', async (path, body) => {
    const answer = await ask(path(), post(body), broken);
    if (path().startsWith('/gatekeeper')) {
      expect(answer).toMatchObject({
        http: 200,
        items: [],
        systemError: expect.stringContaining('log has the reason'),
      });
    } else expect(answer).toMatchObject({ http: 200, uid: 'u-1', allowed: false, status: { code: 500 } });
    expect(JSON.stringify(answer)).not.toContain('secret_table');
  });
});

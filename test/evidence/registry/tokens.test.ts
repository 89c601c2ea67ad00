import { beforeEach, describe, expect, it } from 'vitest';
import {
  RegistryCache,
  RegistryClient,
  type RegistrySettings,
  readDockerConfig,
  repositoryOf,
} from '../../../src/evidence/index.ts';
import { readChallenges } from '../../../src/evidence/registry/challenge.ts';
import { FakeRegistries } from './fake.ts';

const acme = repositoryOf('registry.acme.io', 'team/api');
const base = 'https://registry.acme.io/v2/team/api';
const realm = 'https://auth.acme.io/token';
const asked = `${realm}?service=acme&scope=repository%3Ateam%2Fapi%3Apull`;
const signal = new AbortController().signal;

let fake: FakeRegistries;
let digest: string;
beforeEach(() => {
  fake = new FakeRegistries();
  digest = fake.image(base, 'one', '1').digest;
  guard(`Bearer realm="${realm}",service="acme",scope="repository:team/api:pull,push"`, 'Bearer good');
  fake.put(asked, () => Response.json({ token: 'good', expires_in: 300 }));
});

/** The registry answers only those who bring this. */
function guard(challenge: string, wanted: string): void {
  fake.before = ({ url, headers }) =>
    url.host === 'registry.acme.io' && headers.get('authorization') !== wanted
      ? new Response(null, { status: 401, headers: { 'www-authenticate': challenge } })
      : undefined;
}

function ask(settings: RegistrySettings = {}): Promise<string | undefined> {
  return new RegistryClient(fake.outside(), settings).digestOf(acme, '1', signal);
}

const config = (entry: object, host = 'registry.acme.io') =>
  readDockerConfig(JSON.stringify({ auths: { [host]: entry } }));
const user = { username: 'ci', password: 'secret' };

describe('tokens', () => {
  it('are had without credentials where the registry gives them', async () => {
    expect(await ask()).toBe(digest);
    expect(fake.sent.map(({ url, authorization }) => [url, authorization])).toEqual([
      [`${base}/manifests/1`, null],
      [asked, null],
      [`${base}/manifests/1`, 'Bearer good'],
    ]);
  });

  it('are asked for with credentials, for no more than to pull', async () => {
    expect(await ask({ credentials: config(user) })).toBe(digest);
    expect(fake.sent[1]).toEqual({
      method: 'GET',
      url: asked,
      authorization: `Basic ${btoa('ci:secret')}`,
    });
  });

  it('are asked for with an identity token', async () => {
    let form = '';
    fake.put(realm, async ({ body }) => {
      form = new TextDecoder().decode(body);
      return Response.json({ access_token: 'good' });
    });
    expect(await ask({ credentials: config({ identitytoken: 'refresh' }) })).toBe(digest);
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh',
      scope: 'repository:team/api:pull',
      client_id: 'pratique',
      service: 'acme',
    });
  });

  it('are used again as long as they last', async () => {
    const cache = new RegistryCache();
    const client = () => new RegistryClient(fake.outside(), { cache });
    await client().digestOf(acme, '1', signal);
    await client().manifest(acme, digest, signal);
    expect(fake.sent.filter(({ url }) => url === asked)).toHaveLength(1);
    fake.now = 290_000;
    await client().digestOf(acme, '1', signal);
    expect(fake.sent.filter(({ url }) => url === asked)).toHaveLength(2);
  });

  it('are asked for once by all that need the same', async () => {
    const client = new RegistryClient(fake.outside());
    await Promise.all(['1', '2', '3'].map(tag => client.digestOf(acme, tag, signal)));
    expect(fake.sent.filter(({ url }) => url === asked)).toHaveLength(1);
  });

  it('that do not count are a 401', async () => {
    fake.put(asked, () => Response.json({ token: 'bad' }));
    await expect(ask()).rejects.toThrow('registry.acme.io answered 401 Unauthorized');
    expect(fake.sent).toHaveLength(3);
  });

  it.each([
    ['a refusal', new Response('no: ci:secret', { status: 403 }), 'gives no token: it answered 403'],
    ['no JSON', new Response('<html>'), 'answers with no token'],
    ['no token', Response.json({ token: 7 }), 'answers with no token'],
    ['a header in the token', Response.json({ token: 'a\r\nx: y' }), 'answers with no token'],
  ])('%s is no token', async (_, response, message) => {
    fake.put(asked, () => response);
    await expect(ask()).rejects.toThrow(message);
  });
});

describe('the realm', () => {
  it.each([
    ['http://auth.acme.io/token', 'only https'],
    ['https://169.254.169.254/token', 'public internet'],
    ['https://auth.internal/token', 'public internet'],
    ['https://auth.acme.io:8443/token', 'to which registry.acme.io sends us'],
    ['nonsense', 'no URL'],
  ])('%s is not asked', async (other, message) => {
    guard(`Bearer realm="${other}"`, 'Bearer good');
    await expect(ask()).rejects.toThrow(message);
    expect(fake.sent).toHaveLength(1);
  });

  it.each(['https://evil.example/token', 'https://acme.io.evil.example/token', 'https://evilacme.io/token'])(
    '%s is told no credentials',
    async other => {
      guard(`Bearer realm="${other}"`, 'Bearer good');
      await expect(ask({ credentials: config(user) })).rejects.toThrow('are not sent to');
      expect(fake.sent).toHaveLength(1);
    },
  );

  it('is told credentials by no redirect', async () => {
    const away = { status: 307, headers: { location: 'https://evil.example/token' } };
    fake.put(realm, () => new Response(null, away));
    await expect(ask({ credentials: config({ identitytoken: 'refresh' }) })).rejects.toThrow(
      'would have what it was sent sent to evil.example',
    );
    fake.put(asked, () => new Response(null, away));
    fake.put('https://evil.example/token', () => Response.json({ token: 'good' }));
    await ask({ credentials: config(user) });
    const evil = fake.sent.filter(({ url }) => url.startsWith('https://evil.example'));
    expect(evil).toEqual([{ method: 'GET', url: 'https://evil.example/token', authorization: null }]);
  });
});

describe('credentials', () => {
  it('are sent as they are where a registry wants that', async () => {
    guard('Basic realm="acme"', `Basic ${btoa('ci:secret')}`);
    expect(await ask({ credentials: config(user) })).toBe(digest);
    await expect(ask()).rejects.toThrow('401');
    await expect(ask({ credentials: config(user, 'other.acme.io') })).rejects.toThrow('401');
  });

  it('are not sent over http', async () => {
    fake.before = () => new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic' } });
    const settings = {
      credentials: config(user),
      plainHttp: ['registry.acme.io'],
      registries: ['registry.acme.io:80'],
    };
    await expect(ask(settings)).rejects.toThrow('credentials are not sent over http');
  });

  it('are those of the longest name that fits', () => {
    const credentials = readDockerConfig(
      JSON.stringify({
        auths: {
          'https://index.docker.io/v1/': { auth: btoa('hub:a:b') },
          'ghcr.io': { username: 'all', password: 'x' },
          'ghcr.io/acme': { username: 'acme', password: 'x' },
          'https://localhost:5000/v2/': { registrytoken: 'ready' },
          'empty.acme.io': {},
        },
      }),
    );
    expect(Object.fromEntries(credentials)).toEqual({
      'registry-1.docker.io': { kind: 'basic', user: 'hub', password: 'a:b' },
      'ghcr.io': { kind: 'basic', user: 'all', password: 'x' },
      'ghcr.io/acme': { kind: 'basic', user: 'acme', password: 'x' },
      'localhost:5000': { kind: 'registry', token: 'ready' },
    });
  });

  it('of a part of a registry are for that part alone', async () => {
    guard('Basic realm="acme"', `Basic ${btoa('ci:secret')}`);
    expect(await ask({ credentials: config(user, 'registry.acme.io/team') })).toBe(digest);
    await expect(ask({ credentials: config(user, 'registry.acme.io/tea') })).rejects.toThrow('401');
  });

  it.each([
    ['nothing', '', 'it is not JSON'],
    ['a list', '[]', 'it is no object'],
    ['no auths', '{}', 'there is no object "auths"'],
    ['a helper', '{"auths": {}, "credHelpers": {"ghcr.io": "gh"}}', 'credHelpers names programs'],
    ['a store', '{"auths": {}, "credsStore": "desktop"}', 'credsStore names programs'],
    ['a pattern', '{"auths": {"*.acme.io": {}}}', 'is no registry'],
    ['an entry', '{"auths": {"ghcr.io": "secret"}}', 'is no object'],
    ['base64', '{"auths": {"ghcr.io": {"auth": "c2VjcmV0"}}}', 'no user and password'],
  ])('cannot be read of %s', (_, text, message) => {
    expect(() => readDockerConfig(text)).toThrow(message);
    expect(() => readDockerConfig(text)).not.toThrow('secret');
  });
});

describe('readChallenges', () => {
  it.each([
    [null, []],
    ['', []],
    ['Basic', [['basic', {}]]],
    ['Bearer realm="https://a/t",service=b', [['bearer', { realm: 'https://a/t', service: 'b' }]]],
    [
      'Basic realm="a, \\"b\\"", Bearer realm = "c" , scope="d,e"',
      [
        ['basic', { realm: 'a, "b"' }],
        ['bearer', { realm: 'c', scope: 'd,e' }],
      ],
    ],
    [`Bearer realm="${'x'.repeat(9_000)}`, []],
  ])('reads %j', (header, wanted) => {
    const read = readChallenges(header);
    expect(read.map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])).toEqual(wanted);
  });
});

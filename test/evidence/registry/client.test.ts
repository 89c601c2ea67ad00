import { beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/index.ts';
import {
  type Outside,
  RegistryCache,
  RegistryClient,
  type RegistrySettings,
  readDockerConfig,
  repositoryOf,
} from '../../../src/evidence/index.ts';
import { digestOf, FakeRegistries, imageOf, indexOf, indexType } from './fake.ts';

const acme = repositoryOf('ghcr.io', 'acme/api');
const base = 'https://ghcr.io/v2/acme/api';
const signal = new AbortController().signal;

let fake: FakeRegistries;
let pauses: number[];
beforeEach(() => {
  fake = new FakeRegistries();
  pauses = [];
});

function clientOf(settings: RegistrySettings = {}, outside: Partial<Outside> = {}): RegistryClient {
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  return new RegistryClient(fake.outside(outside), { pause, random: () => 0, ...settings });
}

const urls = () => fake.sent.map(({ method, url }) => `${method} ${url}`);

describe('tags and manifests', () => {
  it('finds the digest of a tag with one HEAD', async () => {
    const { digest } = fake.image(base, 'one', '1');
    expect(await clientOf().digestOf(acme, '1', signal)).toBe(digest);
    expect(urls()).toEqual([`HEAD ${base}/manifests/1`]);
  });

  it('computes it where the registry does not say it', async () => {
    const text = JSON.stringify(imageOf(fake.blob(base, '{}')));
    fake.put(`${base}/manifests/1`, ({ method }) => new Response(method === 'HEAD' ? null : text));
    expect(await clientOf().digestOf(acme, '1', signal)).toBe(digestOf(text));
  });

  it('has nothing where there is nothing', async () => {
    const client = clientOf();
    expect(await client.digestOf(acme, 'none', signal)).toBeUndefined();
    expect(await client.manifest(acme, digestOf('none'), signal)).toBeUndefined();
    expect(await client.referrers(acme, digestOf('none'), signal)).toEqual([]);
  });

  it('asks Docker Hub where its API is', async () => {
    const hub = 'https://registry-1.docker.io/v2/library/nginx';
    const { digest } = fake.image(hub, 'nginx', 'latest');
    const nginx = repositoryOf('docker.io', 'library/nginx');
    expect(await clientOf().digestOf(nginx, 'latest', signal)).toBe(digest);
  });

  it('reads images and indexes', async () => {
    const client = clientOf();
    const image = fake.image(base, 'one');
    const platform = { os: 'linux', architecture: 'arm64', variant: 'v8' };
    const index = fake.manifest(base, indexOf([{ ...image, platform }]));
    expect(await client.manifest(acme, image.digest, signal)).toMatchObject({ kind: 'image', layers: [] });
    const read = await client.manifest(acme, index.digest, signal);
    expect(read!.manifests).toMatchObject([{ digest: image.digest, platform: { name: 'linux/arm64/v8' } }]);
  });

  it.each([
    ['not JSON', '{', 'the manifest is not JSON'],
    ['a list', '[]', 'the manifest is no JSON object'],
    ['a page of HTML', '<html>', 'the manifest is not JSON'],
    ['another type', '{"mediaType": "text/html"}', 'of a type that is not known'],
    ['no config', JSON.stringify({ ...imageOf({} as never), config: undefined }), 'has no config'],
    ['two readings', JSON.stringify({ ...indexOf([]), layers: [] }), 'both of an image and an index'],
    [
      'an odd digest',
      JSON.stringify(indexOf([{ mediaType: 'a', digest: 'sha256:1', size: 1 }])),
      'descriptor',
    ],
    ['nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'the manifest'],
  ])('refuses %s', async (_, text, message) => {
    const digest = digestOf(text);
    fake.put(`${base}/manifests/${digest}`, () => new Response(text));
    await expect(clientOf().manifest(acme, digest, signal)).rejects.toThrow(message);
  });

  it('refuses other content than what was asked for, and keeps none of it', async () => {
    const cache = new RegistryCache();
    const digest = digestOf('wanted');
    fake.put(`${base}/manifests/${digest}`, () => Response.json(indexOf([])));
    fake.put(`${base}/blobs/${digest}`, () => new Response('wANTED'));
    const blob = { mediaType: 'text/plain', digest, size: 6, annotations: new Map() };
    for (let times = 0; times < 2; times++) {
      const client = clientOf({ cache });
      await expect(client.manifest(acme, digest, signal)).rejects.toThrow('answered another manifest');
      await expect(client.blob(acme, blob, signal)).rejects.toThrow('answered other content');
    }
  });
});

describe('sizes', () => {
  const blob = (size: number) => ({
    mediaType: 'text/plain',
    digest: digestOf('x'),
    size,
    annotations: new Map<string, string>(),
  });

  it('does not ask for a blob that is too large', async () => {
    const client = clientOf();
    expect(() => client.blob(acme, blob(limits.blobBytes + 1), signal)).toThrow('is larger than');
    expect(fake.sent).toEqual([]);
  });

  it('takes no more of a blob than its manifest says', async () => {
    let taken = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: controller => {
        taken += 1024;
        controller.enqueue(new Uint8Array(1024));
      },
    });
    fake.put(`${base}/blobs/${digestOf('x')}`, () => new Response(endless));
    await expect(clientOf().blob(acme, blob(4096), signal)).rejects.toThrow('larger than 4096 bytes');
    expect(taken).toBeLessThan(16 * 1024);
  });

  it('takes no manifest beyond the limit', async () => {
    const text = JSON.stringify(indexOf([], { annotations: { long: 'x'.repeat(limits.manifestBytes) } }));
    fake.put(`${base}/manifests/${digestOf(text)}`, () => new Response(text));
    await expect(clientOf().manifest(acme, digestOf(text), signal)).rejects.toThrow('larger than');
  });

  it('takes no more of all together than the limit', async () => {
    const client = clientOf();
    const blobs = Array.from({ length: limits.registryBytes / limits.blobBytes + 1 }, (_, i) => ({
      ...fake.blob(base, new Uint8Array(limits.blobBytes).fill(i)),
      annotations: new Map<string, string>(),
    }));
    const settled = [];
    for (const each of blobs) settled.push(await client.blob(acme, each, signal).then(() => 'had', String));
    expect(settled.slice(0, -1).every(each => each === 'had')).toBe(true);
    expect(settled.at(-1)).toContain('all responses together');
  });

  it('makes no more requests than the limit', async () => {
    const client = clientOf();
    for (let i = 0; i < limits.registryRequests; i++) await client.digestOf(acme, `t${i}`, signal);
    await expect(client.digestOf(acme, 'more', signal)).rejects.toThrow('requests to registries');
  });
});

describe('referrers', () => {
  const digest = digestOf('subject');
  const entry = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digestOf('a'), size: 3 };
  const list = (entries: readonly object[], link?: string) => () =>
    new Response(JSON.stringify(indexOf(entries)), {
      headers: { 'content-type': indexType, ...(link !== undefined && { link }) },
    });

  it('come from the API, page by page', async () => {
    fake.put(
      `${base}/referrers/${digest}`,
      list([entry], `</v2/acme/api/referrers/${digest}?n=2>; rel="next"`),
    );
    fake.put(`${base}/referrers/${digest}?n=2`, list([{ ...entry, digest: digestOf('b') }]));
    const found = await clientOf().referrers(acme, digest, signal);
    expect(found.map(each => each.digest)).toEqual([digestOf('a'), digestOf('b')]);
  });

  it('come from the tag where there is no API', async () => {
    fake.manifest(base, indexOf([{ ...entry, artifactType: 'a/b' }]), digest.replace(':', '-'));
    const found = await clientOf().referrers(acme, digest, signal);
    expect(found).toMatchObject([{ digest: digestOf('a'), artifactType: 'a/b' }]);
  });

  it.each([
    ['another host', 'https://evil.example/v2/acme/api/referrers/x'],
    ['another path', '/v2/other/secret'],
  ])('do not go on at %s', async (_, link) => {
    fake.put(`${base}/referrers/${digest}`, list([entry], `<${link}>; rel="next"`));
    await expect(clientOf().referrers(acme, digest, signal)).rejects.toThrow('goes on somewhere else');
  });

  it('end at some page', async () => {
    fake.before = () => list([entry], `</v2/acme/api/referrers/${digest}?again>; rel="next"`)();
    await expect(clientOf().referrers(acme, digest, signal)).rejects.toThrow('pages of referrers');
  });

  it('are not believed absent where the API fails', async () => {
    fake.put(`${base}/referrers/${digest}`, () => new Response(null, { status: 500 }));
    await expect(clientOf().referrers(acme, digest, signal)).rejects.toThrow('500 Internal Server Error');
  });
});

describe('failures', () => {
  const failing = (times: number, make: () => Response | Promise<Response>) => {
    let left = times;
    fake.before = () => (left-- > 0 ? make() : undefined);
  };

  it.each([429, 500, 502, 503, 504])('tries again after %d', async status => {
    const { digest } = fake.image(base, 'one', '1');
    failing(2, () => new Response('no', { status }));
    expect(await clientOf().digestOf(acme, '1', signal)).toBe(digest);
    expect(pauses).toEqual([200, 400]);
  });

  it('does not try again at the same moment as others', async () => {
    fake.image(base, 'one', '1');
    failing(2, () => new Response('no', { status: 503 }));
    await clientOf({ random: () => 0.5 }).digestOf(acme, '1', signal);
    expect(pauses).toEqual([300, 600]);
  });

  it('tries again where the connection fails', async () => {
    const { digest } = fake.image(base, 'one', '1');
    failing(1, () => Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' })));
    expect(await clientOf().digestOf(acme, '1', signal)).toBe(digest);
  });

  it('gives up, and says why', async () => {
    fake.before = () => new Response('secret detail', { status: 503 });
    await expect(clientOf().digestOf(acme, '1', signal)).rejects.toThrow(
      /^ghcr\.io answered 503 Service Unavailable$/u,
    );
    expect(fake.sent).toHaveLength(limits.registryAttempts);
  });

  it.each([400, 401, 403, 405, 418])('does not try again after %d', async status => {
    fake.before = () => new Response(null, { status });
    await expect(clientOf().digestOf(acme, '1', signal)).rejects.toThrow(`answered ${status}`);
    expect(fake.sent).toHaveLength(1);
  });

  it('waits as long as it is asked to', async () => {
    const { digest } = fake.image(base, 'one', '1');
    failing(1, () => new Response(null, { status: 429, headers: { 'retry-after': '3' } }));
    expect(await clientOf().digestOf(acme, '1', signal)).toBe(digest);
    expect(pauses).toEqual([3_000]);
  });

  it('reads dates too', async () => {
    fake.image(base, 'one', '1');
    const headers = {
      date: 'Fri, 20 Nov 2026 12:00:00 GMT',
      'retry-after': 'Fri, 20 Nov 2026 12:00:05 GMT',
    };
    failing(1, () => new Response(null, { status: 503, headers }));
    await clientOf().digestOf(acme, '1', signal);
    expect(pauses).toEqual([5_000]);
  });

  it('does not wait in vain', async () => {
    fake.before = () => new Response(null, { status: 429, headers: { 'retry-after': '3600' } });
    await expect(clientOf().digestOf(acme, '1', signal)).rejects.toThrow('429');
    expect(pauses).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    fake.before = () => {
      controller.abort();
      return new Response(null, { status: 503 });
    };
    const client = new RegistryClient(fake.outside());
    await expect(client.digestOf(acme, '1', controller.signal)).rejects.toThrow('timed out');
  });
});

describe('what is kept', () => {
  it('asks what has a digest once, and a tag again after a while', async () => {
    const cache = new RegistryCache();
    const { digest } = fake.image(base, 'one', '1');
    const ask = async () => {
      const client = clientOf({ cache });
      expect((await client.tagged(acme, '1', signal))?.digest).toBe(digest);
    };
    await ask();
    fake.now = 9_999;
    await ask();
    expect(urls()).toEqual([`HEAD ${base}/manifests/1`, `GET ${base}/manifests/${digest}`]);
    fake.now = 10_000;
    await ask();
    expect(urls().slice(2)).toEqual([`HEAD ${base}/manifests/1`]);
  });

  it('is of one repository alone', async () => {
    const cache = new RegistryCache();
    const { digest } = fake.image(base, 'one');
    await clientOf({ cache }).manifest(acme, digest, signal);
    const other = repositoryOf('ghcr.io', 'other/api');
    expect(await clientOf({ cache }).manifest(other, digest, signal)).toBeUndefined();
  });

  it('goes once too much of it is there, the oldest first', () => {
    const cache = new RegistryCache(10_000);
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, 'x'.repeat(2_000));
    cache.get('a', 0);
    cache.set('e', 'x'.repeat(2_000));
    expect(['a', 'b', 'c', 'd', 'e'].filter(key => cache.get(key, 0) !== undefined)).toEqual([
      'a',
      'c',
      'd',
      'e',
    ]);
    cache.set('huge', 'x'.repeat(9_000));
    expect(cache.get('huge', 0)).toBeUndefined();
  });

  it('is asked once by all that ask at once', async () => {
    fake.image(base, 'one', '1');
    const client = clientOf();
    await Promise.all(Array.from({ length: 20 }, () => client.digestOf(acme, '1', signal)));
    expect(fake.sent).toHaveLength(1);
  });
});

describe('hosts', () => {
  const ask = (registry: string, settings: RegistrySettings = {}, outside: Partial<Outside> = {}) =>
    clientOf(settings, outside).digestOf(repositoryOf(registry, 'acme/api'), '1', signal);

  it.each([
    'localhost',
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '[::1]',
    'registry.internal',
    'registry',
  ])('does not ask %s', async host => {
    await expect(ask(host)).rejects.toThrow('is not a host of the public internet');
    expect(fake.sent).toEqual([]);
  });

  it('asks no name that has a private address', async () => {
    const lookup = async () => ['93.184.215.14', '10.0.0.1'];
    await expect(ask('registry.acme.io', {}, { lookup })).rejects.toThrow(
      'not a host of the public internet',
    );
  });

  it('asks a private host that the deployment allows', async () => {
    await ask('localhost:5000', {}, { privateHosts: ['localhost'] });
    expect(urls()).toEqual(['HEAD https://localhost:5000/v2/acme/api/manifests/1']);
  });

  it('asks other ports only where they are allowed', async () => {
    await expect(ask('registry.acme.io:5000')).rejects.toThrow('is not one that may be asked');
    await ask('registry.acme.io:5000', { registries: ['registry.acme.io:5000'] });
    expect(fake.sent).toHaveLength(1);
  });

  it('asks only those that are allowed, where some are', async () => {
    const registries = ['docker.io', '*.acme.io'];
    await ask('docker.io', { registries });
    await ask('registry.acme.io', { registries });
    expect(fake.sent).toHaveLength(2);
    await expect(ask('ghcr.io', { registries })).rejects.toThrow('ghcr.io is not one that may be asked');
    await expect(ask('acme.io.evil.example', { registries })).rejects.toThrow('may be asked');
    await expect(ask('ghcr.io', { registries: [] })).rejects.toThrow('may be asked');
  });

  it('asks over http only where that is allowed', async () => {
    const outside = { privateHosts: ['localhost'] };
    await ask('localhost:5000', { plainHttp: ['localhost:5000'] }, outside);
    await ask('registry.acme.io', { plainHttp: ['registry.acme.io'] });
    expect(urls()).toEqual([
      'HEAD http://localhost:5000/v2/acme/api/manifests/1',
      'HEAD http://registry.acme.io/v2/acme/api/manifests/1',
    ]);
    await expect(ask('localhost:5001', { plainHttp: ['localhost:5001'] })).rejects.toThrow('public internet');
  });
});

describe('redirects', () => {
  const from = (location: string, status = 307) => {
    const blob = fake.blob(base, 'content');
    fake.put(`${base}/blobs/${blob.digest}`, () => new Response(null, { status, headers: { location } }));
    return { ...blob, annotations: new Map<string, string>() };
  };

  it('are followed to where blobs are kept', async () => {
    const blob = from('https://cdn.example.net/x?signed=1');
    fake.put('https://cdn.example.net/x?signed=1', () => new Response('content'));
    const content = await clientOf().blob(acme, blob, signal);
    expect(new TextDecoder().decode(content)).toBe('content');
  });

  it.each([
    ['https://169.254.169.254/latest', 'not a host of the public internet'],
    ['https://localhost/x', 'not a host of the public internet'],
    ['https://cdn.internal/x', 'not a host of the public internet'],
    ['https://cdn.example.net:8443/x', 'to which ghcr.io sends us'],
    ['http://cdn.example.net/x', 'only https is asked'],
    ['https://user:secret@cdn.example.net/x', 'with credentials'],
    ['https://[', 'not valid'],
  ])('to %s are refused', async (location, message) => {
    await expect(clientOf().blob(acme, from(location), signal)).rejects.toThrow(message);
    expect(fake.sent).toHaveLength(1);
  });

  it('lead to no private host, though the deployment allows it for itself', async () => {
    const outside = { privateHosts: ['localhost', 'cdn.internal'] };
    const blob = from('https://localhost/x');
    await expect(clientOf({}, outside).blob(acme, blob, signal)).rejects.toThrow('public internet');
    const listed = { registries: ['ghcr.io', 'cdn.internal'] };
    const inside = from('https://cdn.internal/x');
    fake.put('https://cdn.internal/x', () => new Response('content'));
    expect(await clientOf(listed, outside).blob(acme, inside, signal)).toHaveLength(7);
  });

  it('are not followed for ever', async () => {
    const blob = from(`${base}/loop`);
    fake.put(
      `${base}/loop`,
      () => new Response(null, { status: 302, headers: { location: `${base}/loop` } }),
    );
    await expect(clientOf().blob(acme, blob, signal)).rejects.toThrow('redirects');
  });

  it('take no credentials to another host', async () => {
    const credentials = readDockerConfig(
      JSON.stringify({ auths: { 'ghcr.io': { username: 'ci', password: 'secret' } } }),
    );
    const blob = from('https://cdn.example.net/x');
    fake.put('https://cdn.example.net/x', () => new Response('content'));
    fake.before = ({ url, headers }) =>
      url.host === 'ghcr.io' && headers.get('authorization') === null
        ? new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic realm="ghcr"' } })
        : undefined;
    await clientOf({ credentials }).blob(acme, blob, signal);
    expect(fake.sent.map(({ authorization }) => authorization)).toEqual([
      null,
      `Basic ${btoa('ci:secret')}`,
      null,
    ]);
  });
});

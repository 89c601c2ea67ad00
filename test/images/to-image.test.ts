import { describe, expect, it } from 'vitest';
import { imageValue, toImage } from '../../src/images/index.ts';
import { toJson } from '../../src/values/index.ts';

const sha256 = `sha256:${'a'.repeat(64)}`;
const sha512 = `sha512:${'b'.repeat(128)}`;

describe('toImage', () => {
  it('names what a short reference stands for', () => {
    expect(toImage('nginx', {})).toEqual({
      ref: 'nginx',
      name: 'docker.io/library/nginx:latest',
      registry: 'docker.io',
      repository: 'library/nginx',
      tag: 'latest',
      tag_explicit: false,
    });
  });

  it('leaves the tag out of the name where a digest stands, and keeps it where it is written', () => {
    expect(toImage(`ghcr.io/acme/api:1.2@${sha256}`, {})).toEqual({
      ref: `ghcr.io/acme/api:1.2@${sha256}`,
      name: `ghcr.io/acme/api@${sha256}`,
      registry: 'ghcr.io',
      repository: 'acme/api',
      tag: '1.2',
      tag_explicit: true,
      digest: sha256,
    });
  });

  it('has no tag where a digest alone is written', () => {
    const image = toImage(`nginx@${sha512}`, {});
    expect(image).toMatchObject({ digest: sha512, tag_explicit: false });
    expect(image).not.toHaveProperty('tag');
  });

  it('keeps where the image stands', () => {
    const place = {
      object: { apiVersion: 'v1', kind: 'Pod', name: 'web' },
      container: 'web',
      container_type: 'init',
      path: '/0/spec/initContainers/0/image',
      file: 'web.yaml',
      line: 7,
      pull_policy: 'Always',
      pull_secrets: ['registry'],
    } as const;
    expect(toImage('nginx', place)).toMatchObject(place);
    expect(toImage('NGINX', place)).toMatchObject(place);
  });

  it.each([
    ['index.docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['docker.io/nginx:1', 'docker.io/library/nginx:1'],
    ['localhost/nginx', 'localhost/nginx:latest'],
    ['localhost:5000/nginx', 'localhost:5000/nginx:latest'],
    ['localhost:5000', 'docker.io/library/localhost:5000'],
    ['registry/nginx', 'docker.io/registry/nginx:latest'],
    ['registry:5000/nginx', 'registry:5000/nginx:latest'],
    ['[::1]:5000/nginx', '[::1]:5000/nginx:latest'],
    ['GHCR.io/acme/api', 'GHCR.io/acme/api:latest'],
    ['docker.io.evil.example/library/nginx', 'docker.io.evil.example/library/nginx:latest'],
  ])('%s is %s', (ref, name) => {
    expect(toImage(ref, {}).name).toBe(name);
  });

  it.each([
    ['', 'repository name must have at least one component'],
    [' nginx', 'white space'],
    ['nginx\n', 'white space'],
    ['nginx\u00a0', 'white space'],
    ['nginx:\u0000', 'white space'],
    ['ngіnx', 'only ASCII'],
    ['docker.io/library/nginх', 'only ASCII'],
    ['ghcr。io/acme/api', 'only ASCII'],
    ['gh\u212Ar.io/acme/api', 'only ASCII'],
    ['https://ghcr.io/acme/api', 'no scheme'],
    ['docker://nginx', 'no scheme'],
    ['ghcr.io@evil.example/acme/api', 'no user name'],
    ['user:secret@evil.example/acme/api', 'no user name'],
    ['ghcr.io/acme%2fapi', 'invalid reference format'],
    ['ghcr.io./acme/api', 'invalid reference format'],
    ['ghcr.io/acme//api', 'invalid reference format'],
    ['ghcr.io/acme/api/', 'invalid reference format'],
    ['/acme/api', 'invalid reference format'],
    ['ghcr.io/../api', 'invalid reference format'],
    ['ghcr.io\\acme/api', 'invalid reference format'],
    ['ghcr.io:port/acme/api', 'invalid reference format'],
    ['acme/API', 'lowercase'],
    ['nginx:', 'invalid reference format'],
    [`nginx:${'1'.repeat(129)}`, 'invalid reference format'],
    ['nginx@', 'invalid reference format'],
    [`nginx@${sha256}@${sha256}`, 'invalid reference format'],
    [`nginx@sha256:${'A'.repeat(64)}`, 'invalid checksum digest format'],
    [`nginx@sha256:${'a'.repeat(63)}`, 'invalid checksum digest length'],
    [`nginx@sha512:${'a'.repeat(64)}`, 'invalid checksum digest length'],
    [`nginx@md5:${'a'.repeat(32)}`, 'unsupported digest algorithm'],
    ['a'.repeat(64), 'image ID'],
    [sha256, 'a digest alone'],
    ['sha256:abcdef', 'a digest alone'],
    [`ghcr.io/${'a'.repeat(256)}`, '255 characters'],
    [`${'a.'.repeat(600)}io/acme`, '1024 characters'],
  ])('%j is invalid: %s', (ref, reason) => {
    const image = toImage(ref, {});
    expect(image.invalid).toContain(reason);
    expect(Object.keys(image)).toEqual(['ref', 'invalid']);
  });
});

describe('imageValue', () => {
  it('has no key for what is absent, and plain data for the rest', () => {
    const image = toImage('nginx', { object: { kind: 'Pod' }, pull_secrets: ['a', 'b'] });
    expect(toJson(imageValue(image))).toEqual(image);
    expect(imageValue(image).has('digest')).toBe(false);
  });
});

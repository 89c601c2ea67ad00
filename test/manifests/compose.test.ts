// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables are what is read here
import { describe, expect, it } from 'vitest';
import { readSubmission } from '../../src/manifests/index.ts';
import { toJson } from '../../src/values/index.ts';
import { problems, read, refs } from './read.ts';

const file = `services:
  web:
    image: nginx:\${TAG:-1.27}
    pull_policy: always
  api:
    build: ./api
  db:
    image: postgres:\${PG_TAG}
    volumes:
      - type: image
        source: acme/seed:1
        target: /seed
`;

describe('a compose file', () => {
  it('names the images of its services', () => {
    const { images } = read(file, 'compose.yaml');
    expect(images).toMatchObject([
      {
        ref: 'nginx:1.27',
        container: 'web',
        container_type: 'service',
        pull_policy: 'always',
        line: 3,
        path: '/0/services/web/image',
      },
      { ref: 'postgres:${PG_TAG}', container: 'db', line: 8 },
      { ref: 'acme/seed:1', container_type: 'volume', line: 11, path: '/0/services/db/volumes/0/source' },
    ]);
    expect(images.map(image => image.invalid === undefined)).toEqual([true, false, true]);
  });

  it('says which services are built elsewhere', () => {
    expect(read(file, 'compose.yaml').unchecked).toMatchObject([
      { value: './api', line: 6, path: '/0/services/api/build' },
    ]);
  });

  it('is an object for policies, as parsed', () => {
    expect(toJson(read(file).objects[0]!)).toMatchObject({
      services: { web: { image: 'nginx:${TAG:-1.27}' } },
    });
  });

  it.each([
    ['$$x', '$x'],
    ['${A-b}', 'b'],
    ['${A:-${B:-c}}', 'c'],
    ['${A:+b}c', 'c'],
    ['a${B:-}', 'a'],
    ['$A', '$A'],
    ['${A}', '${A}'],
    ['${A:?needed}', '${A:?needed}'],
    ['${A', '${A'],
    ['${A!b}', '${A!b}'],
    ['$', '$'],
  ])('puts %s as %s', (written, expected) => {
    expect(refs(read(`services: {x: {image: '${written}'}}`))).toEqual([expected]);
  });

  it('has images from what it merges', () => {
    expect(refs(read('x-base: &base {image: acme/x}\nservices: {a: {<<: *base}, b: *base}'))).toEqual([
      'acme/x',
      'acme/x',
    ]);
  });

  it('may hold a Dockerfile and name contexts', () => {
    const text = `services:
  web:
    build:
      dockerfile_inline: |
        ARG BASE=alpine

        FROM \${BASE}
        COPY --from=acme/tools:1 /x /x
      args:
        BASE: acme/base:2
      additional_contexts:
        lib: docker-image://acme/lib:3
`;
    expect(read(text).images).toMatchObject([
      { ref: 'acme/base:2', container_type: 'stage', line: 7 },
      { ref: 'acme/tools:1', container_type: 'copy', line: 8 },
      { ref: 'acme/lib:3', line: 12 },
    ]);
  });

  it('says which other files it needs', () => {
    const { unchecked } = read(
      'include: [other.yaml]\nservices: {a: {extends: {file: base.yaml, service: x}}}',
    );
    expect(unchecked.map(field => field.value)).toEqual(['other.yaml', 'base.yaml']);
  });

  it('with an image that is no string is refused', () => {
    expect(problems(read('services:\n  a:\n    image: 1\n  b: {image: x}\n  c: 3'))).toEqual([
      'manifest_error web.yaml:3',
      'manifest_error web.yaml:5',
    ]);
  });

  it('is not what has a kind', () => {
    const { images } = read(
      'apiVersion: v1\nkind: Pod\nservices: {a: {image: x}}\nspec: {containers: [{image: acme/y}]}',
    );
    expect(images.map(image => image.ref)).toEqual(['acme/y']);
  });

  it('is read from its own part', () => {
    expect(refs(readSubmission({ compose: 'services: {a: {image: x}}' }))).toEqual(['x']);
  });
});

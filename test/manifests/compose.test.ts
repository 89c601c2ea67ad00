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

        FROM $\${BASE}
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

  it.each([
    [
      'the Dockerfile that it holds',
      'a: {build: {dockerfile_inline: "ARG BASE=good\\nFROM ${BASE:-evil}"}}',
      ['evil'],
    ],
    [
      'the type of a volume',
      "a: {volumes: [{type: '${T:-image}', source: 'ev${S:-il}', target: /x}]}",
      ['evil'],
    ],
    ['what a context is', "a: {build: {additional_contexts: {good: '${P:-docker-image}://evil'}}}", ['evil']],
    ['an escaped dollar sign, once', "a: {image: 'x$$$${T:-y}'}", ['x$${T:-y}']],
    [
      'an argument of a build',
      'a: {build: {args: ["B=${X:-evil}"], dockerfile_inline: "ARG B\\nFROM $$B"}}',
      ['evil'],
    ],
    ['the frontend', "a: {build: {args: {BUILDKIT_SYNTAX: '${X:-evil}'}}}", ['evil']],
  ])('has variables put in before anything is read: %s', (_, service, expected) => {
    const submission = read(`services:\n  ${service}`);
    expect([submission.problems, refs(submission)]).toEqual([[], expected]);
  });

  it.each([
    ['the type of a volume', "a: {volumes: [{type: '${T}', source: evil, target: /x}]}"],
    ['a context', "a: {build: {additional_contexts: ['good=${P}']}}"],
    ['the frontend', 'a: {build: {args: [BUILDKIT_SYNTAX]}}'],
    [
      'an argument of a build',
      'a: {build: {args: {B: \'${X}\'}, dockerfile_inline: "ARG B=good\\nFROM $$B"}}',
    ],
  ])('is denied where it is not known: %s', (_, service) => {
    const { images } = read(`services:\n  ${service}`);
    expect(images).toHaveLength(1);
    expect(images[0]?.invalid).toBeDefined();
  });

  it('with a Dockerfile that is not known is refused', () => {
    const submission = read('services:\n  a:\n    build: {dockerfile_inline: "FROM $X"}');
    expect(problems(submission)).toEqual(['manifest_error web.yaml:3']);
    expect(submission.problems[0]?.hint).toContain('$$');
  });

  it('is searched in each of its documents', () => {
    const text = 'services: {a: {image: good}}\n---\nservices: {a: {volumes: [{type: image, source: evil}]}}';
    expect(refs(read(text))).toEqual(['good', 'evil']);
  });

  it.each([
    ['whose kind is something', 'kind: x\nservices: {a: {image: evil}}', ['evil']],
    ['with items', 'items: []\nservices: {a: {image: evil}}', ['evil']],
  ])('by its name or part is one, %s', (_, text, expected) => {
    expect(refs(read(text, 'deploy/docker-compose.prod.yml'))).toEqual(expected);
    expect(refs(readSubmission({ compose: text }))).toEqual(expected);
  });

  it.each(['web: {image: evil}', 'services: [a]', '[a]', 'kind: Pod\nspec: {containers: [{image: evil}]}'])(
    'by its part that has no services is refused: %s',
    text => {
      expect(problems(readSubmission({ compose: text }))).toEqual(['manifest_error compose:1']);
    },
  );

  it('may have nothing but includes', () => {
    const { problems: found, unchecked } = readSubmission({ compose: 'include: [a.yaml]' });
    expect([found, unchecked.map(field => field.value)]).toEqual([[], ['a.yaml']]);
  });

  it('tells of models', () => {
    const { unchecked } = readSubmission({ compose: 'services: {}\nmodels: {m: {model: acme/m}}' });
    expect(unchecked).toMatchObject([{ value: 'acme/m', path: '/0/models/m/model' }]);
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

  it('is what has a kind and no API version, the rest of which is searched as well', () => {
    const text = 'kind: Pod\nservices: {a: {image: evil}}\nspec: {containers: [{image: other}]}';
    expect(refs(read(text))).toEqual(['evil', 'other']);
  });

  it('is read from its own part', () => {
    expect(refs(readSubmission({ compose: 'services: {a: {image: x}}' }))).toEqual(['x']);
  });
});

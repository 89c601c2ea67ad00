import { describe, expect, it } from 'vitest';
import { readExtractors, readSubmission, toInput } from '../../src/manifests/index.ts';
import { recognise } from '../../src/manifests/recognition.ts';
import { fromJson, toJson } from '../../src/values/index.ts';
import { problems, read, refs } from './read.ts';

describe('a file is recognised', () => {
  it.each([
    ['deploy/web.yaml', 'FROM x', 'manifest'],
    ['x.JSON', '', 'manifest'],
    ['a\\b.yml', '', 'manifest'],
    ['compose.yaml', '', 'compose'],
    ['x/Docker-Compose.prod.yml', '', 'compose'],
    ['compose-controller.yaml', '', 'manifest'],
    ['Dockerfile', 'a: 1', 'dockerfile'],
    ['Containerfile.dev', '', 'dockerfile'],
    ['web.dockerfile', '', 'dockerfile'],
    ['images.txt', 'a: 1', 'list'],
    ['-', '{"a": 1}', 'manifest'],
    ['-', '[1]', 'manifest'],
    ['-', '# x\nkind: Pod', 'manifest'],
    ['-', '---\na', 'manifest'],
    ['-', '# x\n\nFROM nginx', 'dockerfile'],
    ['-', 'ARG A=1\nFROM $A', 'dockerfile'],
    ['-', '# x\nnginx\nghcr.io/acme/x:1 # y', 'list'],
    ['-', 'services:\n  a: 1', 'manifest'],
    ['-', '', 'manifest'],
    ['-', 'spec:', 'manifest'],
  ])('%s %j', (name, text, kind) => {
    expect(recognise(name, text)).toBe(kind);
  });
});

describe('nothing', () => {
  it.each(['{}', '', '---\n---\nnull', '{items: [], kind: List}'])('%j is no object to decide upon', text => {
    const { objects, images, problems: found } = read(text);
    expect([objects, images, found]).toEqual([[], [], []]);
  });

  it('parsed is none either', () => {
    expect(readSubmission({ manifests: fromJson([{}]) }).objects).toEqual([]);
  });
});

describe('a list', () => {
  it('has one reference a line', () => {
    const { images } = read('# all\nnginx\n\n  ghcr.io/acme/x:1  # why\r\nnot an image', 'images.txt');
    expect(images.map(image => [image.ref, image.line, image.path, image.invalid === undefined])).toEqual([
      ['nginx', 2, '/0', true],
      ['ghcr.io/acme/x:1', 4, '/1', true],
      ['not an image', 5, '/2', false],
    ]);
  });
});

describe('the order', () => {
  it('is that of the parts and files, duplicates kept', () => {
    const submission = readSubmission({
      files: [
        { name: 'b.yaml', text: 'spec: {containers: [{image: b}, {image: a}]}' },
        { name: 'a.yaml', text: 'spec: {initContainers: [{image: z}], containers: [{image: a}]}' },
      ],
      dockerfile: 'FROM d',
      images: ['x', 'x'],
      manifests: 'spec: {containers: [{image: m}]}',
    });
    expect(refs(submission)).toEqual(['x', 'x', 'm', 'd', 'b', 'a', 'z', 'a']);
  });
});

const request = {
  uid: '1',
  operation: 'UPDATE',
  name: 'web',
  namespace: 'shop',
  object: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {},
    spec: { containers: [{ name: 'c', image: 'new' }] },
  },
  oldObject: { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'c', image: 'old' }] } },
};

describe('an admission review', () => {
  it.each(['admission.k8s.io/v1', 'admission.k8s.io/v1beta1'])(
    '%s names the images of the new object',
    apiVersion => {
      const submission = readSubmission({
        review: fromJson({ apiVersion, kind: 'AdmissionReview', request }),
      });
      expect(submission.images).toMatchObject([
        {
          ref: 'new',
          path: '/0/request/object/spec/containers/0/image',
          object: { apiVersion: 'v1', kind: 'Pod', name: 'web', namespace: 'shop' },
        },
      ]);
      expect(toJson(submission.request!)).toEqual(request);
      expect(submission.objects.map(toJson)).toEqual([request.object]);
    },
  );

  it('that deletes has no object', () => {
    const review = {
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      request: { ...request, operation: 'DELETE', object: null },
    };
    const submission = readSubmission({ review: fromJson(review) });
    expect([submission.images, submission.objects, submission.problems]).toEqual([[], [], []]);
    expect(submission.request).toBeDefined();
  });

  const pod = '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "evil"}]}}';

  it('of a list names the images of its items', () => {
    const object = `{"apiVersion": "v1", "kind": "List", "items": [${pod}]}`;
    const submission = read(review(`, "request": {"operation": "CREATE", "object": ${object}}`));
    expect(submission.images.map(image => [image.ref, image.path])).toEqual([
      ['evil', '/0/request/object/items/0/spec/containers/0/image'],
    ]);
  });

  const review = (text: string) => `{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview"${text}}`;
  it.each([
    ['without a request', review('')],
    ['with a null request', review(', "request": null')],
    ['that is a list too', review(`, "request": {"operation": "DELETE"}, "items": [${pod}]`)],
    [
      'that is a list too, in a list',
      `{"kind": "List", "items": [${review(', "request": {"operation": "DELETE"}, "items": []')}]}`,
    ],
    ['that is an object too', review(', "request": {"operation": "DELETE"}, "spec": {}')],
    ['that creates nothing', review(', "request": {"operation": "CREATE"}')],
    ['whose object is none', review(', "request": {"operation": "CREATE", "object": "x"}')],
    [
      'that comes twice',
      `${review(', "request": {"operation": "DELETE"}')}\n---\n${review(', "request": {"operation": "DELETE"}')}`,
    ],
  ])('%s is refused', (_, text) => {
    expect(problems(read(text))).toHaveLength(1);
  });
});

describe('the input of a policy', () => {
  it('has what was sent and no more', () => {
    const submission = readSubmission({
      manifests: 'kind: Pod\nspec: {imagePullSecrets: [{name: s}], containers: [{name: web, image: nginx}]}',
      context: fromJson({ environment: 'test' }),
    });
    expect(toJson(toInput(submission))).toEqual({
      images: [
        {
          ref: 'nginx',
          name: 'docker.io/library/nginx:latest',
          registry: 'docker.io',
          repository: 'library/nginx',
          tag: 'latest',
          tag_explicit: false,
          object: { kind: 'Pod' },
          container: 'web',
          container_type: 'container',
          path: '/0/spec/containers/0/image',
          file: 'manifests',
          line: 2,
          column: 71,
          pull_secrets: ['s'],
        },
      ],
      objects: [
        {
          kind: 'Pod',
          spec: { imagePullSecrets: [{ name: 's' }], containers: [{ name: 'web', image: 'nginx' }] },
        },
      ],
      context: { environment: 'test' },
    });
  });

  it('has the request twice', () => {
    const submission = readSubmission({
      review: fromJson({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request }),
    });
    expect(toJson(toInput(submission))).toMatchObject({ request, review: request });
  });
});

describe('extractors in data', () => {
  it('are read', () => {
    const data = fromJson([
      { apiVersion: 'a/*', kind: 'B', paths: ['spec.x'] },
      { kind: ['C', 'D'], paths: ['y'], container_type: 'step' },
    ]);
    expect(readExtractors(data)).toEqual([
      { apiVersion: 'a/*', kinds: ['B'], paths: ['spec.x'], container_type: 'field' },
      { kinds: ['C', 'D'], paths: ['y'], container_type: 'step' },
    ]);
  });

  it.each([
    {},
    ['x'],
    [{}],
    [{ paths: 'x' }],
    [{ paths: [''] }],
    [{ paths: ['x'], kind: 1 }],
    [{ paths: ['x'], apiVersion: 1 }],
    [{ paths: ['x'], container_type: 'other' }],
  ])('that are none say why: %j', data => {
    expect(readExtractors(fromJson(data))).toBeTypeOf('string');
  });
});

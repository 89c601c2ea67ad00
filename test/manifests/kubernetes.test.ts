import { describe, expect, it } from 'vitest';
import { readSubmission } from '../../src/manifests/index.ts';
import { fromJson, toJson } from '../../src/values/index.ts';
import { problems, read, refs } from './read.ts';

const podSpec = (indent: number) => {
  const lines = [
    'initContainers: [{name: setup, image: init:1}]',
    'containers:',
    '- {name: web, image: main:1, imagePullPolicy: Always}',
    'ephemeralContainers: [{name: debug, image: debug:1}]',
    'volumes: [{name: model, image: {reference: "model:1", pullPolicy: Never}}]',
    'imagePullSecrets: [{name: a}, {name: b}]',
  ];
  return lines.map(line => ' '.repeat(indent) + line).join('\n');
};

const kinds: readonly (readonly [string, string, string])[] = [
  ['v1', 'Pod', 'spec:\n'],
  ['v1', 'ReplicationController', 'spec:\n template:\n  spec:\n'],
  ['v1', 'PodTemplate', 'template:\n spec:\n'],
  ['apps/v1', 'Deployment', 'spec:\n template:\n  spec:\n'],
  ['apps/v1', 'StatefulSet', 'spec:\n template:\n  spec:\n'],
  ['apps/v1', 'DaemonSet', 'spec:\n template:\n  spec:\n'],
  ['apps/v1', 'ReplicaSet', 'spec:\n template:\n  spec:\n'],
  ['batch/v1', 'Job', 'spec:\n template:\n  spec:\n'],
  ['batch/v1', 'CronJob', 'spec:\n jobTemplate:\n  spec:\n   template:\n    spec:\n'],
  ['argoproj.io/v1alpha1', 'Rollout', 'spec:\n template:\n  spec:\n'],
  ['serving.knative.dev/v1', 'Service', 'spec:\n template:\n  spec:\n'],
  ['acme.example/v1', 'Unheard', 'spec:\n deep:\n  - thing:\n'],
];

describe('pod specs', () => {
  it.each(kinds)('%s %s', (apiVersion, kind, above) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: shop}\n${above}${podSpec(6)}`;
    const { images, unchecked } = read(text);
    expect(images.map(image => [image.container_type, image.container, image.ref])).toEqual([
      ['init', 'setup', 'init:1'],
      ['container', 'web', 'main:1'],
      ['ephemeral', 'debug', 'debug:1'],
      ['volume', 'model', 'model:1'],
    ]);
    for (const image of images) {
      expect(image.object).toEqual({ apiVersion, kind, name: 'x', namespace: 'shop' });
      expect(image.pull_secrets).toEqual(['a', 'b']);
    }
    expect(images.map(image => image.pull_policy)).toEqual([undefined, 'Always', undefined, 'Never']);
    expect(unchecked).toEqual([]);
  });
});

describe('special fields', () => {
  it.each([
    [
      'argoproj.io/v1alpha1',
      'Workflow',
      'spec: {templates: [{name: t, script: {image: IMG}}]}',
      'container',
      't',
    ],
    [
      'argoproj.io/v1alpha1',
      'Workflow',
      'spec: {templates: [{name: t, sidecars: [{name: s, image: IMG}]}]}',
      'sidecar',
      's',
    ],
    [
      'argoproj.io/v1alpha1',
      'CronWorkflow',
      'spec: {workflowSpec: {templates: [{name: t, container: {image: IMG}}]}}',
      'container',
      't',
    ],
    ['tekton.dev/v1', 'Task', 'spec: {steps: [{name: s, image: IMG}]}', 'step', 's'],
    ['tekton.dev/v1', 'Task', 'spec: {stepTemplate: {image: IMG}}', 'step', undefined],
    [
      'tekton.dev/v1',
      'PipelineRun',
      'spec: {pipelineSpec: {tasks: [{name: t, taskSpec: {steps: [{image: IMG}]}}]}}',
      'step',
      't',
    ],
    [
      'kubevirt.io/v1',
      'VirtualMachine',
      'spec: {template: {spec: {volumes: [{name: d, containerDisk: {image: IMG}}]}}}',
      'volume',
      'd',
    ],
    ['monitoring.coreos.com/v1', 'Prometheus', 'spec: {baseImage: IMG}', 'field', undefined],
    ['ceph.rook.io/v1', 'CephCluster', 'spec: {cephVersion: {image: IMG}}', 'field', undefined],
    ['pkg.crossplane.io/v1', 'Provider', 'spec: {package: IMG}', 'field', undefined],
    [
      'build.openshift.io/v1',
      'BuildConfig',
      'spec: {strategy: {dockerStrategy: {from: {kind: DockerImage, name: IMG}}}}',
      'stage',
      undefined,
    ],
  ])('%s %s %s', (apiVersion, kind, spec, type, container) => {
    const { images } = read(`apiVersion: ${apiVersion}\nkind: ${kind}\n${spec.replace('IMG', 'acme/x:1')}`);
    expect(images.map(image => [image.ref, image.container_type, image.container])).toEqual([
      ['acme/x:1', type, container],
    ]);
  });

  it('of a kind are not those of another', () => {
    expect(refs(read('apiVersion: v1\nkind: Provider\nspec: {package: acme/x:1}'))).toEqual([]);
  });
});

describe('lists', () => {
  it('are taken apart at any depth', () => {
    const pod = (name: string) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{image: ${name}}]}}`;
    const text = `apiVersion: v1\nkind: List\nitems: [${pod('a')}, {apiVersion: v1, kind: List, items: [${pod('b')}]}]`;
    const { images, objects } = read(text);
    expect(images.map(image => [image.path, image.object?.name])).toEqual([
      ['/0/items/0/spec/containers/0/image', 'a'],
      ['/0/items/1/items/0/spec/containers/0/image', 'b'],
    ]);
    expect(objects).toHaveLength(2);
  });

  it('that are typed say what their items are', () => {
    const { images, objects } = read(
      'apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: a}, spec: {containers: [{image: x}]}}]',
    );
    expect(images[0]?.object).toEqual({ apiVersion: 'v1', kind: 'Pod', name: 'a' });
    expect(objects.map(toJson)).toMatchObject([{ apiVersion: 'v1', kind: 'Pod' }]);
  });

  it.each(['', 'kind: 5\n', 'kind: AdmissionReview\n', 'services: {a: {image: y}}\n'])(
    'are lists by their items alone: %j',
    head => {
      const text = `${head}items: [{apiVersion: v1, kind: Pod, spec: {containers: [{image: x}]}}]`;
      expect(read(text).images[0]).toMatchObject({ ref: 'x', object: { kind: 'Pod' } });
    },
  );

  it('are lists whatever their kind claims', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{image: x}]}}]';
    expect(read(text).images[0]?.object?.kind).toBe('Pod');
  });
});

describe('the object of an image', () => {
  it('is not changed by what its pod template claims to be', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: other, namespace: kube-system}
    spec: {containers: [{image: x}]}`;
    expect(read(text).images[0]?.object).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      namespace: 'shop',
    });
  });
});

describe('what only describes', () => {
  it.each([
    [
      'status',
      'apiVersion: v1\nkind: Pod\nstatus: {containerStatuses: [{image: x}], containers: [{image: y}]}',
    ],
    [
      'a definition',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {default: {containers: [{image: x}]}}',
    ],
    [
      'the text of a config map',
      'apiVersion: v1\nkind: ConfigMap\ndata: {pod.yaml: "containers: [{image: x}]"}',
    ],
  ])('%s names no images', (_, text) => {
    const { images, unchecked, problems: found } = read(text);
    expect([images, unchecked, found]).toEqual([[], [], []]);
  });
});

describe('unchecked fields', () => {
  it.each([
    ['image', 'spec: {agent: {image: acme/x}}', 'acme/x', '/0/spec/agent/image'],
    ['a key that ends in Image', 'spec: {proxyImage: acme/x}', 'acme/x', '/0/spec/proxyImage'],
    [
      'an annotation',
      'metadata: {annotations: {acme.io/proxyImage: acme/x}}',
      'acme/x',
      '/0/metadata/annotations/acme.io~1proxyImage',
    ],
    [
      'repository and tag',
      'image: {registry: ghcr.io, repository: acme/x, tag: 2}',
      'ghcr.io/acme/x:2',
      '/0/image',
    ],
    ['an argument', 'spec: {args: ["--sidecar-image=acme/x:1"]}', 'acme/x:1', '/0/spec/args/0'],
    [
      'a variable',
      'spec: {env: [{name: RELATED_IMAGE_X, value: "acme/x:1"}]}',
      'acme/x:1',
      '/0/spec/env/0/value',
    ],
    ['an image stream', 'spec: {from: {kind: ImageStreamTag, name: "x:1"}}', 'x:1', '/0/spec/from/name'],
    [
      'a patch as text',
      'spec: {podSpecPatch: "containers: [{image: x}]"}',
      'containers: [{image: x}]',
      '/0/spec/podSpecPatch',
    ],
  ])('%s', (_, body, value, path) => {
    const { images, unchecked } = read(`apiVersion: acme.example/v1\nkind: Thing\n${body}`);
    expect(images).toEqual([]);
    expect(unchecked).toMatchObject([{ value, path, file: 'web.yaml', line: 3 }]);
    expect(unchecked[0]?.reason).not.toBe('');
  });

  it.each([
    ['a list of images', 'spec: {images: ["evil:1"]}', 'evil:1', '/0/spec/images/0'],
    [
      'a list whose key ends in Images',
      'spec: {containerImages: [evil]}',
      'evil',
      '/0/spec/containerImages/0',
    ],
    ['images by name', 'spec: {images: {web: evil}}', 'evil', '/0/spec/images/web'],
    ['images with names', 'spec: {images: [{name: evil}]}', 'evil', '/0/spec/images/0/name'],
    ['an image that is an object', 'spec: {image: {name: evil}}', 'evil', '/0/spec/image/name'],
    ['an image with a repository alone', 'image: {repository: evil}', 'evil', '/0/image'],
    ['registry and repository', 'x: {registry: ghcr.io, repository: evil}', 'ghcr.io/evil', '/0/x'],
    ['image_url', 'spec: {image_url: evil}', 'evil', '/0/spec/image_url'],
    ['imageURI', 'spec: {imageURI: evil}', 'evil', '/0/spec/imageURI'],
    ['imageUrl', 'spec: {imageUrl: evil}', 'evil', '/0/spec/imageUrl'],
    ['imageRef', 'spec: {imageRef: evil}', 'evil', '/0/spec/imageRef'],
    ['imageRepository', 'spec: {imageRepository: evil}', 'evil', '/0/spec/imageRepository'],
    ['dockerImage', 'spec: {dockerImage: [evil]}', 'evil', '/0/spec/dockerImage/0'],
    [
      'what a kustomization replaces',
      'spec: {source: {kustomize: {images: ["nginx=evil"]}}}',
      'nginx=evil',
      '/0/spec/source/kustomize/images/0',
    ],
    [
      'a parameter of a chart',
      'spec: {helm: {parameters: [{name: web.image.repository, value: evil}]}}',
      'evil',
      '/0/spec/helm/parameters/0/value',
    ],
    ['values as text', 'spec: {helm: {values: "image: evil"}}', 'image: evil', '/0/spec/helm/values'],
    [
      'values',
      'spec: {helm: {valuesObject: {image: {repository: evil}}}}',
      'evil',
      '/0/spec/helm/valuesObject/image',
    ],
    ['a bundle of tasks', 'spec: {taskRef: {bundle: evil}}', 'evil', '/0/spec/taskRef/bundle'],
    [
      'a bundle to be resolved',
      'spec: {taskRef: {resolver: bundles, params: [{name: bundle, value: "evil:1"}]}}',
      'evil:1',
      '/0/spec/taskRef/params/0/value',
    ],
    [
      'a container without an image',
      'spec: {containers: [{name: web, imgae: evil}]}',
      'web',
      '/0/spec/containers/0',
    ],
    [
      'a container whose image is null',
      'spec: {initContainers: [{image: null}]}',
      '',
      '/0/spec/initContainers/0',
    ],
  ])('are told: %s', (_, body, value, path) => {
    const { images, unchecked } = read(`apiVersion: acme.example/v1\nkind: Thing\n${body}`);
    expect(images).toEqual([]);
    expect(unchecked).toMatchObject([{ value, path, line: 3 }]);
  });

  it('hold expressions that may set an image', () => {
    const text =
      'apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingAdmissionPolicy\nspec: {mutations: [{applyConfiguration: {expression: \'Object{image: "evil"}\'}}]}';
    expect(read(text).unchecked).toMatchObject([
      { path: '/0/spec/mutations/0/applyConfiguration/expression' },
    ]);
  });

  it('do not hold the patterns of a constraint', () => {
    const spec = 'spec: {parameters: {exemptImages: [acme/x]}}';
    expect(read(`apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: X\n${spec}`).unchecked).toEqual([]);
  });

  it('do not hold what a kustomization replaces, nor addresses and tags', () => {
    const text = `kind: Kustomization
images: [{name: nginx, newTag: "2"}]
x: {imageUrl: "https://acme.example/logo.png", images: {tag: v1, pullPolicy: Always}, bundle: acme/x}`;
    expect(read(text).unchecked).toEqual([]);
  });

  it.each(['spec: {image: true}', 'spec: {volumes: [{rbd: {image: disk}}]}', 'spec: {image: "two words"}'])(
    'do not hold %s',
    body => {
      expect(read(`apiVersion: acme.example/v1\nkind: Thing\n${body}`).unchecked).toEqual([]);
    },
  );
});

describe('extractors of a policy', () => {
  const text = 'apiVersion: acme.example/v2\nkind: Thing\nspec: {agents: [{uses: acme/x}]}';

  it('add to the built-in ones', () => {
    const extractors = [
      {
        apiVersion: 'acme.example/*',
        kinds: ['Thing'],
        paths: ['spec.agents.*.uses'],
        container_type: 'sidecar' as const,
      },
    ];
    const { images } = readSubmission({ manifests: text }, { extractors });
    expect(images).toMatchObject([
      { ref: 'acme/x', container_type: 'sidecar', path: '/0/spec/agents/0/uses', line: 3 },
    ]);
  });

  it('may have any number of keys between', () => {
    const extractors = [{ paths: ['spec.**.a.**.b'], container_type: 'field' as const }];
    const manifests = 'spec: {a: {a: {a: {x: {b: one, a: {b: two}}}}, b: three}, b: four}';
    expect(refs(readSubmission({ manifests }, { extractors }))).toEqual(['one', 'two', 'three']);
  });

  it('of another group do not apply', () => {
    const extractors = [
      { apiVersion: 'other.example/*', paths: ['**.uses'], container_type: 'field' as const },
    ];
    expect(readSubmission({ manifests: text }, { extractors }).images).toEqual([]);
  });
});

describe('parsed objects', () => {
  it('are read as their text would be, without lines', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'web', image: 'nginx' }] } };
    const { images } = readSubmission({ manifests: fromJson([pod, pod]) });
    expect(images.map(image => [image.path, image.file, image.line])).toEqual([
      ['/0/spec/containers/0/image', 'manifests', undefined],
      ['/1/spec/containers/0/image', 'manifests', undefined],
    ]);
  });
});

describe('values that are no image', () => {
  it.each(['12', 'true', '1.20'])('%s is refused', value => {
    const submission = read(`apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: ${value}`);
    expect(problems(submission)).toEqual(['manifest_error web.yaml:5']);
  });

  it.each(['[evil]', '{name: evil}', '[]'])('%s is refused', value => {
    const submission = read(`apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: ${value}`);
    expect(problems(submission)).toEqual(['manifest_error web.yaml:5']);
  });

  it('the empty string is an invalid image, null is none', () => {
    const { images } = read(
      'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: ""}, {image: null}, {image: }]}',
    );
    expect(images).toMatchObject([{ ref: '' }]);
    expect(images[0]?.invalid).toBeDefined();
  });

  it('a template that is YAML names invalid images', () => {
    const { images } = read(
      'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: "{{ .Values.image }}"}]}',
    );
    expect(images[0]?.invalid).toBeDefined();
  });
});

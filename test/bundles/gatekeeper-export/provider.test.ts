import { describe, expect, it } from 'vitest';
import {
  compileTemplate,
  readConstraint,
  readTemplate,
  toReview,
  violationsOf,
} from '../../../src/bundles/gatekeeper/index.ts';
import { readPolicy } from '../../../src/bundles/index.ts';
import { fromJson, type Json, type ObjectValue } from '../../../src/values/index.ts';
import { templateOf } from './suites.ts';

const rules = `package acme.prod

import data.acme.found

deny tag "latest"

require signature by data.acme.keys

is_grave(image) if found.report(image).severity == "high"

deny contains {"image": image, "msg": "grave"} if {
	some image in input.images
	is_grave(image)
}

deny contains "no grave one has a name" if {
	some image in input.images
	image.repository == "library/nameless"
}
`;

const found = `package acme.found

report(image) := scan.report(image)

unrelated := 1
`;

function policyOf(files: Readonly<Record<string, string>>) {
  const { policy } = readPolicy(
    'prod',
    Object.entries(files).map(([path, text]) => ({ path, text })),
  );
  return policy!;
}

const whole = templateOf(policyOf({ 'prod.policy': rules, 'found.rego': found }), { provider: 'p' });

/** `external_data` is Gatekeeper's own: here it answers what the inventory holds, if it is asked rightly. */
const answered = `
answered({"provider": "p", "keys": keys}) := data.inventory.answer if {
  every key in keys { is_string(key) }
}
`;

function compiled({ template }: typeof whole) {
  const text = JSON.stringify(template);
  const known = text.replace('external_data(', 'answered(').replace(/(?=","libs":)/u, quoted(answered));
  const read = readTemplate(fromJson(JSON.parse(known) as Json), 'template.yaml');
  const result = compileTemplate(read.value!);
  expect(result.diagnostics.map(({ message }) => message)).toEqual([]);
  return result.compiled!;
}

const quoted = (text: string) => () => JSON.stringify(text).slice(1, -1);

function messages(
  objects: typeof whole,
  images: readonly string[],
  answer: Json | undefined,
  operation = 'CREATE',
) {
  const program = compiled(objects);
  const constraint = readConstraint(fromJson(objects.constraint), program.template);
  expect(constraint.problems).toEqual([]);
  const containers = images.map((image, i) => ({ name: `c${i}`, image }));
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers } };
  const request = { operation, object, oldObject: object };
  const review = toReview(fromJson({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request }));
  const value = fromJson(answer === undefined ? {} : { answer }) as ObjectValue;
  const inventory = { value, namespaces: new Map() };
  return violationsOf(program, constraint.value!, review.value!, inventory, { now: 0n })
    .map(({ message }) => message)
    .sort();
}

const allowing = (...images: readonly string[]): Json => ({
  responses: images.map(image => [image, { allowed: true }]),
  errors: [],
  system_error: '',
});

describe('a template that asks a provider', () => {
  it('lets in what the provider allows and the cluster has nothing against', () => {
    expect(messages(whole, ['a:1', 'b:1'], allowing('a:1', 'b:1'))).toEqual([]);
  });

  it('judges in the cluster what can be judged there', () => {
    expect(messages(whole, ['a'], allowing('a'))).toEqual([
      'acme.prod.deny_tag: a: tag "latest" is denied by "latest"',
    ]);
  });

  it('denies each image that was not allowed, with what the provider says', () => {
    const answer = {
      responses: [
        ['a:1', { allowed: true }],
        ['b:1', { allowed: false, message: 'not signed' }],
      ],
      errors: [['c:1', 'no reference']],
      system_error: '',
    };
    expect(messages(whole, ['a:1', 'b:1', 'c:1', 'd:1'], answer)).toEqual([
      'b:1: not signed',
      'c:1: no reference',
      'd:1: the provider gave no verdict',
    ]);
  });

  it.each<[string, Json | undefined, string]>([
    ['no answer', undefined, 'the provider gave no verdict'],
    ['null', null, 'the provider gave no verdict'],
    ['an empty object', {}, 'the provider gave no verdict'],
    ['lists that are null', { responses: null, errors: null, system_error: 'timed out' }, 'timed out'],
    ['a value that is no object', { responses: [['a:1', 'valid']] }, 'the provider gave no verdict'],
    ['allowed as a text', { responses: [['a:1', { allowed: 'true', message: 'm' }]] }, 'm'],
    ['another key', allowing('a'), 'the provider gave no verdict'],
    [
      'an address in an error',
      { system_error: 'Post "https://pratique.acme.io/validate/pqt_secret": refused' },
      'Post "the provider": refused',
    ],
  ])('denies on %s', (_what, answer, reason) => {
    expect(messages(whole, ['a:1'], answer)).toEqual([`a:1: ${reason}`]);
  });

  it('asks nothing about a deletion', () => {
    expect(messages(whole, ['a'], undefined, 'DELETE')).toEqual([]);
  });

  it('leaves the rest to the provider where no rule is left', () => {
    const objects = templateOf(policyOf({ 'prod.policy': 'package acme\n\nrequire sbom\n' }), {
      provider: 'p',
    });
    expect(messages(objects, ['a:1'], allowing('a:1'))).toEqual([]);
    expect(messages(objects, ['a:1', 'A B'], allowing('a:1', 'A B'))).toHaveLength(1);
    expect(messages(objects, ['a:1'], {})).toHaveLength(1);
  });
});

it('asks no provider where nothing needs one', () => {
  const { template, constraint } = templateOf(
    policyOf({ 'a.policy': 'package acme\n\ndeny tag "latest"\n' }),
    {
      provider: 'p',
    },
  );
  expect(JSON.stringify([template, constraint])).not.toMatch(/external_data|"provider"/u);
});

it('leaves out the rules that ask, those that need them, and no others', () => {
  const text = JSON.stringify(whole.template);
  for (const gone of ['scan.report', 'is_grave(', 'signature.verified', 'report(image)'])
    expect(text).not.toContain(gone);
  expect(text).toContain('unrelated := 1');
});

describe('what a template cannot express', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['evidence', { 'a.policy': 'package a\n\nrequire sbom\n' }, 'the statement require_sbom'],
    [
      'http.send',
      { 'a.rego': 'package a\n\ndeny contains "x" if http.send({}).body\n' },
      'the call of http.send',
    ],
    [
      'METADATA at run time',
      { 'a.rego': 'package a\n\ndeny contains "x" if rego.metadata.rule()\n' },
      'the call of rego.metadata.rule',
    ],
    [
      'an import of input',
      { 'a.rego': 'package a\n\nimport input.images\n\ndeny contains "x" if images\n' },
      'an import of input',
    ],
    ['Rego v0', { 'policy.yaml': 'rego: v0\n', 'a.rego': 'package a\n\ndeny["x"] { true }\n' }, 'Rego v0'],
    [
      'extractors',
      {
        'a.policy': 'package a\n\ndeny tag "latest"\n',
        'data.json': '{"pratique": {"extractors": []}}',
      },
      'data.pratique.extractors',
    ],
    [
      'break-glass',
      {
        'a.policy': 'package a\n\ndeny tag "latest"\n',
        'data.json': '{"pratique": {"admission": {"unchanged_images": "decide", "break_glass": {}}}}',
      },
      'data.pratique.admission.break_glass',
    ],
    [
      'parameters that are no object',
      { 'a.policy': 'package a\n\ndeny tag "latest"\n', 'data.json': '{"parameters": [1]}' },
      'data.parameters',
    ],
    [
      'a parameter called provider',
      {
        'a.policy':
          '# METADATA\n# custom:\n#   parameters:\n#     provider: x\npackage a\n\ndeny tag "latest"\n',
      },
      'the parameter provider',
    ],
  ])('is said: %s', (_what, files, message) => {
    expect(() => templateOf(policyOf(files))).toThrow(`${message} cannot be exported`);
  });

  it.each(['', '***', 'Ünïcode', 'x'.repeat(80)])('is said: the name %j', name => {
    const policy = { ...policyOf({ 'a.policy': 'package a\n\ndeny tag "latest"\n' }), name };
    expect(() => templateOf(policy)).toThrow('no kind can be named after');
  });
});

it('namespaces that the policy exempts are those that the constraint leaves out', () => {
  const { constraint } = templateOf(
    policyOf({
      'a.policy': 'package a\n\ndeny tag "latest"\n',
      'data.json': '{"pratique": {"admission": {"exempt_namespaces": ["argocd"]}}}',
    }),
  );
  expect(constraint).toMatchObject({
    spec: { match: { excludedNamespaces: expect.arrayContaining(['kube-system', 'argocd']) } },
  });
});

it.each([
  ['the declared ones', '# METADATA\n# custom:\n#   parameters:\n#     tags: x\n', { tags: ['a'] }],
  ['all where none is declared', '', { tags: ['a'], other: 1 }],
])('the constraint has parameters of the data: %s', (_what, metadata, parameters) => {
  const policy = policyOf({
    'a.policy': `${metadata}package a\n\ndeny tag data.parameters.tags\n`,
    'data.json': JSON.stringify({ parameters: { tags: ['a'] } }),
  });
  const data = fromJson({ parameters: { tags: ['a'], other: 1 } }) as ObjectValue;
  expect(templateOf({ ...policy, data }).constraint).toHaveProperty('spec.parameters', parameters);
});

import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../src/bundles/index.ts';
import { decide, loadPolicy } from '../../../src/decide/index.ts';
import { readSubmission } from '../../../src/manifests/index.ts';
import type { Json, JsonObject } from '../../../src/values/index.ts';
import { hasGator, verify, withGator } from './gator.ts';
import { type Expectation, type Files, problemsOf, suiteOf } from './suites.ts';

/** Statements, rules of their own, data, and parameters that are declared. */
const rules = `# METADATA
# title: Production
# custom:
#   parameters:
#     tags: what may not be pulled
#     level: {type: integer, description: a number}
package acme.prod

import data.acme.lists
import rego.v1

default tags := ["latest"]

tags := data.parameters.tags

deny tag tags because "it moves"

allow registry "docker.io", lists.registries

exempt "docker.io/library/redis" from deny_tag until "2099-01-01" because "OPS-1"

deny contains sprintf("level %v is too high", [data.parameters.level]) if data.parameters.level > 3

deny contains {"image": image, "msg": "from a place of its own"} if {
	some image in input.images
	count([1 | some name in data.acme["odd key"].names; endswith(image.repository, name)]) > 0
}

warn contains "a warning denies nothing"

deny contains "other parameters were not taken" if {
	other := tags with data.parameters as {"tags": ["a", "b"]}
	other != ["a", "b"]
}

deny contains "parameters went with the input" if {
	before := tags
	after := tags with input as {"images": []}
	before != after
}

long_text := \`one
	two\`

deny contains "a text of several lines was changed" if not contains(long_text, "\\n\\ttwo")
`;

const data = {
  acme: { lists: { registries: ['ghcr.io/acme/**'] }, 'odd key': { names: ['evil', 'a"b\\', '{%v}'] } },
};

const { policy, problems } = readPolicy('Prod policy_2', [
  { path: 'prod.policy', text: rules },
  { path: 'data.json', text: JSON.stringify(data) },
]);

const now = BigInt(Date.now()) * 1_000_000n;

const container = (image: Json, name = 'c'): JsonObject => ({ name, image });

const pod = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec,
});

const running = (...images: readonly Json[]): JsonObject =>
  pod({ containers: images.map((image, i) => container(image, `c${i}`)) });

const bad = running('nginx');
const good = running('nginx:1.29');

/** What the API server asks; a text in place of an operation is left out for an audit. */
const review = (operation: string, object: Json, oldObject: Json = null): JsonObject => ({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: {
    uid: 'x',
    kind: { group: '', version: 'v1', kind: 'Pod' },
    operation,
    namespace: 'shop',
    object,
    oldObject,
  },
});

const denied = (name: string, object: Json, message: string, violations = 1): Expectation => ({
  name,
  object,
  violations,
  message,
});
const letIn = (name: string, object: Json): Expectation => ({ name, object, violations: 0 });

const latest = 'acme\\.prod\\.deny_tag: nginx: tag "latest"';

const requests: readonly Expectation[] = [
  denied('audit, which has no operation', bad, latest),
  denied('CREATE', review('CREATE', bad), latest),
  denied('UPDATE, of what runs already too', review('UPDATE', bad, bad), latest),
  letIn('UPDATE to what may run', review('UPDATE', good, bad)),
  letIn('DELETE', review('DELETE', null, bad)),
  letIn('CONNECT', review('CONNECT', bad)),
  letIn('what is allowed', good),
  letIn('what is exempted', running('redis')),
  denied('an init container', pod({ initContainers: [container('nginx')], containers: [] }), latest),
  denied('an ephemeral container', pod({ ephemeralContainers: [container('nginx')] }), latest),
  denied('an image volume', pod({ volumes: [{ name: 'v', image: { reference: 'nginx' } }] }), latest),
  denied('each image by itself', running('nginx', 'busybox', 'nginx:1.29'), 'deny_tag', 2),
  letIn('a pod without containers', pod({})),
  letIn('a pod without a spec', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }),
  denied('an image that is no text', running(7), 'not valid|no decision'),
  denied('an image that is no reference', running('Not/An Image'), 'Not/An Image'),
  denied('an empty image', running(''), 'not valid'),
  denied('data at an odd key', running('ghcr.io/acme/evil:1'), 'from a place of its own'),
  denied('a registry that is on no list', running('quay.io/x/y:1'), 'allow_registry: quay'),
  letIn(
    'names with odd characters',
    pod({ containers: [container('nginx:1', 'a"b\\{}%v')] }, { labels: { 'a/b': '%s' } }),
  ),
];

const unknown = 'the parameter tag is unknown';

const sets: readonly (readonly [
  name: string,
  parameters: Json | undefined,
  expected: readonly Expectation[],
])[] = [
  ['none', undefined, requests],
  ['empty', {}, [denied('x', bad, latest), letIn('y', good)]],
  ['a list', { tags: ['1.29'] }, [letIn('x', bad), denied('y', good, 'tag "1\\.29"')]],
  ['of a wrong type', { tags: { a: 1 } }, [denied('x', good, 'undecided is denied')]],
  ['of another wrong type', { tags: 7 }, [denied('x', good, 'undecided is denied')]],
  ['unknown', { tag: ['1.29'] }, [denied('x', good, unknown), letIn('y', review('DELETE', null, good))]],
  ['a number', { level: 4 }, [denied('x', good, 'level 4 is too high')]],
];

const suites: Files = Object.assign(
  {},
  ...sets.map(([name, parameters, expected]) =>
    suiteOf(name.replaceAll(' ', '-'), policy!, expected, parameters),
  ),
) as Files;

it('is a policy', () => expect(problems).toEqual([]));

const objects = requests.filter(({ object }) => (object as JsonObject)['kind'] === 'Pod');

it.each(objects)('this service decides about $name alike', async ({ object, violations }) => {
  const { policy: loaded } = loadPolicy(policy!);
  const submission = readSubmission({ manifests: JSON.stringify(object) });
  const verdict = await decide([loaded!], submission, { asOf: now, decisionId: 'x', clock: () => 0 });
  expect(verdict.decision === 'allow').toBe(violations === 0);
});

describe('requests to a template, and parameters of its constraint', () => {
  it('are decided in this runner as expected', () => {
    expect(problemsOf(suites, now)).toEqual([]);
  });

  it.skipIf(!hasGator)(
    `are decided by ${withGator} as expected`,
    () => {
      expect(verify(suites)).toBe('');
    },
    60_000,
  );

  it.skipIf(!hasGator)(`where the schema says a type, ${withGator} refuses another`, () => {
    const files = suiteOf('typed', policy!, [letIn('x', good)], { level: 'high' });
    expect(verify(files)).toContain('level');
    expect(problemsOf(files, 0n).join()).toContain('level');
  });
});

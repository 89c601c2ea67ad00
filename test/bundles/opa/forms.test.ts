import { describe, expect, it } from 'vitest';
import { readMoment } from '../../../src/base/index.ts';
import { readPolicy, type TextFile } from '../../../src/bundles/index.ts';
import { exportPolicy } from '../../../src/bundles/opa/index.ts';
import { decide, loadPolicy, type Verdict } from '../../../src/decide/index.ts';
import { readSubmission, toInput } from '../../../src/manifests/index.ts';
import { fromJson, type Json, toJson } from '../../../src/values/index.ts';
import { askOpa, hasOpa, opaLibrary, withOpa } from './opa.ts';

/** Every form of statement that needs no evidence, and what Rego may add. */
const statements = `# METADATA
# title: Forms
package acme.forms

# A name that generated ones must not meet.
_image := 1

allow registry "ghcr.io/acme/*", data.acme.registries if input.context.strict
allow registry "docker.io"

deny tag "latest", semver("<1.2"), regex("^rc") because sprintf("%d moves", [1])
  # among clauses
  unless input.context.loose

warn tag data.acme.tags for "docker.io/**"

# METADATA
# title: Once more
require digest for "ghcr.io/acme/pinned"

named: require image where { image.tag; not startswith(image.repository, "library/") }
  if { input.context.named == true }

prefer pull_secret "regcred"

deny image where {
    some prefix in data.acme.prefixes
    startswith(image.repository, prefix)
    image.matches(image, "**/*evil*")
}

exempt "docker.io/library/redis" from deny_tag until "2099-01-01" because "OPS-1"
exempt "docker.io/library/nginx" from deny_tag until "2020-01-01" because "long ago"

deny contains msg if {
	some each in input.images
	parts := image.parse(each.ref)
	parts.registry == "quay.io"
	msg := $"{each.ref} is from quay"
}

violation contains {"msg": "no team", "image": "nginx"} if not input.context.team

warn contains {"msg": {"a": each.ref}} if {
	some each in input.images
	each.container_type == "init"
}
`;

const files: readonly TextFile[] = [
  { path: 'forms.policy', text: statements },
  {
    path: 'gate.rego',
    text: 'package acme.gate\n\ndefault allow := false\n\nallow if count(input.images) < 5\n',
  },
  {
    path: 'data.json',
    text: '{"acme": {"registries": ["quay.io"], "tags": ["edge", {"semver": "^1"}], "prefixes": ["acme/", "team/"]}}',
  },
];

const pod = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      imagePullSecrets: [{name: regcred}]
      initContainers: [{name: i, image: "redis:latest"}]
      containers: [{name: c, image: "ghcr.io/acme/pinned:2.0.0", imagePullPolicy: Always}]
`;

const submissions: readonly {
  readonly manifests?: string;
  readonly images?: readonly string[];
  readonly context: Json;
}[] = [
  { images: ['nginx', 'redis', 'quay.io/a/b:1.2.3', 'ghcr.io/acme/api:1.1'], context: {} },
  {
    images: ['nginx:edge', 'nginx:1.2.3', 'ghcr.io/acme/evil:rc1'],
    context: { strict: true, team: 'a', named: true },
  },
  { images: ['a:1', 'b:2', 'c:3', 'team/evil:v1', 'ghcr.io/acme/pinned:2.0.0'], context: { loose: true } },
  { manifests: pod, context: { strict: true, team: 'a' } },
];

const source = readPolicy('forms', files).policy!;
const loaded = loadPolicy(source);
const exported = exportPolicy(source, opaLibrary);

function verdictOn({ context, ...parts }: (typeof submissions)[number]): Promise<Verdict> {
  const submission = readSubmission({ ...parts, context: fromJson(context) });
  return decide([loaded.policy!], submission, {
    asOf: readMoment('2026-12-01')!,
    decisionId: 'x',
    clock: () => 0,
  });
}

function said({ decision, violations }: Pick<Verdict, 'decision' | 'violations'>) {
  const texts = violations.map(({ rule, severity, image, message, because, expected, found, exempted }) =>
    JSON.stringify([rule, severity, image, message, because, expected, found, exempted?.until]),
  );
  return { decision, violations: [...new Set(texts)].sort() };
}

function asked(input: unknown) {
  const modules = [...exported.policy!.modules, files[2]!];
  return said(askOpa(modules, 'data.pratique.verdict', input) as Verdict);
}

it('every form is exported', () => {
  expect(loaded.diagnostics).toEqual([]);
  expect(exported.diagnostics).toEqual([]);
  const text = exported.policy!.modules.find(({ path }) => path === 'forms.policy.rego')!.text;
  expect(text).toContain('# A name that generated ones must not meet.');
  expect(text).not.toContain('among clauses');
  expect(text).toContain('__image');
  expect(text).toMatch(/# title: Once more\nrequire_digest contains/u);
});

describe.skipIf(!hasOpa)(`every form in ${withOpa}`, () => {
  it.each(submissions.map((submission, i) => ({ i, submission })))(
    'decides submission $i as here',
    async ({ submission }) => {
      const verdict = await verdictOn(submission);
      expect(verdict.violations.length).toBeGreaterThan(0);
      const input = toJson(toInput(readSubmission({ ...submission, context: fromJson(submission.context) })));
      expect(asked(input)).toEqual(said(verdict));
    },
  );
});

describe.skipIf(!hasOpa)(`the input of exported policies in ${withOpa}`, () => {
  const [, , , { context }] = submissions as readonly [
    unknown,
    unknown,
    unknown,
    (typeof submissions)[number],
  ];
  const objects = toJson(readSubmission({ manifests: pod }).objects as never) as unknown as readonly [Json];
  const verdict = () => verdictOn(submissions[3]!);

  it('may be references alone', async () => {
    const [first] = submissions;
    expect(asked(first)).toEqual(said(await verdictOn(first!)));
  });

  it.each([
    ['a list of objects', { kind: 'List', items: objects }],
    ['an AdmissionReview', { kind: 'AdmissionReview', request: { object: objects[0] } }],
    ['what Gatekeeper asks with', { review: { object: objects[0] }, parameters: {} }],
    ['an object', objects[0] as object],
  ])('may be %s', async (_what, input) => {
    expect(asked({ ...input, context })).toEqual(said(await verdict()));
  });

  it.each([
    ['nothing', {}],
    ['something else', { a: 1 }],
    ['no text where an image should be', { images: [1], context: { team: 'a' } }],
    ['a reference that is none', { images: ['A B'], context: { team: 'a' } }],
    [
      'an image in a field that is not known',
      { kind: 'Odd', spec: { image: 'ghcr.io/acme/api:1.9.0' }, context: { team: 'a' } },
    ],
  ])('lets nothing pass by %s', (_what, input) => {
    expect(asked(input).decision).not.toBe('allow');
  });
});

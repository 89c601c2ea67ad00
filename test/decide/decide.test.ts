import { describe, expect, it } from 'vitest';
import { readMoment } from '../../src/base/index.ts';
import { messages, policyOf, verdictOn } from './decided.ts';

const digest = `sha256:${'0'.repeat(64)}`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx
        - name: side
          image: nginx
        - name: api
          image: ghcr.io/acme/api:1.2@${digest}
`;

describe('what a package decides', () => {
  it('allows where nothing objects', async () => {
    const verdict = await verdictOn('package a\ndeny tag "latest"', { images: ['nginx:1.27'] });
    expect(verdict).toMatchObject({ decision: 'allow', violations: [], errors: [] });
    expect(verdict.summary).toEqual({
      images: 1,
      allowed: 1,
      denied: 0,
      indeterminate: 0,
      warnings: 0,
      exempted: 0,
    });
  });

  it('gives a violation with rule, reason, expectation and place', async () => {
    const text = '# METADATA\n# title: Tags\npackage acme.prod\ndeny tag "latest" because "it moves"';
    const verdict = await verdictOn(text, { files: [{ name: 'web.yaml', text: deployment }] });
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations).toHaveLength(1);
    expect(verdict.violations[0]).toMatchObject({
      rule: 'acme.prod.deny_tag',
      title: 'Tags',
      severity: 'error',
      indeterminate: false,
      because: 'it moves',
      found: 'latest',
      source: { file: 'p.policy', line: 4, column: 1 },
      image: 'nginx',
      exempted: null,
    });
  });

  it('has one verdict for an image, with every place', async () => {
    const verdict = await verdictOn('package a\ndeny tag "latest"', {
      files: [{ name: 'web.yaml', text: deployment }],
    });
    expect(verdict.images.map(image => [image.ref, image.decision])).toEqual([
      ['nginx', 'deny'],
      [`ghcr.io/acme/api:1.2@${digest}`, 'allow'],
    ]);
    expect(verdict.images[0]!.locations).toEqual([
      {
        file: 'web.yaml',
        line: 9,
        column: 18,
        pointer: '/0/spec/template/spec/containers/0/image',
        object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
        container: 'web',
        container_type: 'container',
      },
      expect.objectContaining({ line: 11, container: 'side' }),
    ]);
    expect(verdict.images[0]!.violations[0]!.locations).toHaveLength(2);
    expect(verdict.summary).toMatchObject({ images: 2, allowed: 1, denied: 1 });
  });

  it('only warns of what warns', async () => {
    const verdict = await verdictOn('package a\nwarn tag "latest"\nwarn contains "look" if true', {
      images: ['nginx'],
    });
    expect(verdict.decision).toBe('allow');
    expect(verdict.violations.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(verdict.summary).toMatchObject({ allowed: 1, warnings: 2 });
  });

  it('denies what any of several policies denies', async () => {
    const policies = [policyOf('package a\ndeny tag "x"'), policyOf('package b\ndeny tag "latest"')];
    const verdict = await verdictOn(policies, { images: ['nginx'] });
    expect(verdict.decision).toBe('deny');
    expect(verdict.policy).toHaveLength(2);
    expect(messages(verdict)).toHaveLength(1);
  });

  it('sorts violations by rule, and in a rule as the images stand', async () => {
    const text = 'package z\ndeny registry "docker.io"\ndeny tag "latest"';
    const other = 'package a\ndeny tag "latest"';
    const verdict = await verdictOn([policyOf(text), policyOf(other)], { images: ['redis', 'nginx'] });
    expect(verdict.violations.map(({ rule, image }) => `${rule} ${image}`)).toEqual([
      'a.deny_tag redis',
      'a.deny_tag nginx',
      'z.deny_registry redis',
      'z.deny_registry nginx',
      'z.deny_tag redis',
      'z.deny_tag nginx',
    ]);
  });
});

describe('conventional rules', () => {
  it('may say that they could not be decided', async () => {
    const rules = (value: string) => `package a\ndeny contains {"msg": "no", "indeterminate": ${value}}`;
    const undecided = await verdictOn(rules('true'), { images: ['nginx'] });
    expect(undecided.decision).toBe('indeterminate');
    expect(undecided.violations).toMatchObject([{ message: 'no', indeterminate: true }]);
    expect(undecided.violations[0]).not.toHaveProperty('details');
    expect((await verdictOn(rules('"true"'), { images: ['nginx'] })).decision).toBe('deny');
  });

  it.each([
    ['{"file": "Dockerfile", "line": 3}', { locations: [{ file: 'Dockerfile', line: 3 }] }],
    [
      '{"object": {"kind": "Pod", "name": "web", "x": 1}, "container": "a"}',
      { locations: [{ object: { kind: 'Pod', name: 'web' }, container: 'a' }] },
    ],
    ['{"line": 0, "file": 1}', { details: { location: { file: 1, line: 0 } } }],
    ['"Dockerfile:3"', { details: { location: 'Dockerfile:3' } }],
  ])('may name the place %s', async (location, expected) => {
    const verdict = await verdictOn(`package a\ndeny contains {"msg": "no", "location": ${location}}`, {
      images: ['nginx'],
    });
    const { locations, details } = verdict.violations[0]!;
    expect({ ...(locations && { locations }), ...(details !== undefined && { details }) }).toEqual(expected);
  });

  async function violationsOf(rules: string) {
    const verdict = await verdictOn(`package a\n${rules}`, { images: ['nginx', 'redis:7'] });
    return verdict.violations.map(({ message, image, details }) => ({
      message,
      ...(image !== undefined && { image }),
      ...(details !== undefined && { details }),
    }));
  }

  it.each([
    ['deny contains "no" if true', [{ message: 'no' }]],
    ['deny contains {"msg": "no"}', [{ message: 'no' }]],
    ['violation contains {"msg": "no", "details": {"x": 1}}', [{ message: 'no', details: { x: 1 } }]],
    [
      'deny contains {"msg": "no", "team": "a", "code": 3}',
      [{ message: 'no', details: { code: 3, team: 'a' } }],
    ],
    ['deny contains {"msg": "no", "image": "nginx"}', [{ message: 'no', image: 'nginx' }]],
    [
      'deny contains {"msg": "no", "image": "docker.io/library/nginx:latest"}',
      [{ message: 'no', image: 'nginx' }],
    ],
    [
      'deny contains {"msg": "no", "image": i} if some i in input.images',
      [
        { message: 'no', image: 'nginx' },
        { message: 'no', image: 'redis:7' },
      ],
    ],
    ['deny contains {"msg": "no", "image": input.images[1]}', [{ message: 'no', image: 'redis:7' }]],
    [
      'deny contains {"msg": "no", "image": {"ref": "nginx", "more": 1}}',
      [{ message: 'no', image: 'nginx' }],
    ],
    ['deny contains {"msg": "no", "image": "elsewhere:1"}', [{ message: 'no', image: 'elsewhere:1' }]],
    ['deny contains {"image": "nginx"}', [{ message: 'denied by a.deny', image: 'nginx' }]],
    ['deny contains {"reason": "x"}', [{ message: 'denied by a.deny', details: { reason: 'x' } }]],
    ['deny contains {"msg": ["x", 1]}', [{ message: '["x",1]' }]],
    ['deny contains ""', [{ message: 'denied by a.deny' }]],
    [
      'deny contains 7',
      [{ message: 'denied by a.deny, which gives number where a message was expected', details: 7 }],
    ],
    [
      'deny contains false',
      [{ message: 'denied by a.deny, which gives boolean where a message was expected', details: false }],
    ],
    ['deny := true', [{ message: 'denied by a.deny' }]],
    ['deny := false', []],
    ['deny := "no"', [{ message: 'no' }]],
    ['deny := {"msg": "no"}', [{ message: 'no' }]],
    ['deny := ["no", "never"]', [{ message: 'no' }, { message: 'never' }]],
    ['deny[x] := "no" if some x in ["a"]', [{ message: 'denied by a.deny', details: { a: 'no' } }]],
    ['deny[x] := "no" if some x in input.none', []],
    [
      'deny := null',
      [{ message: 'denied by a.deny, which gives null where a message was expected', details: null }],
    ],
    [
      'deny := 0',
      [{ message: 'denied by a.deny, which gives number where a message was expected', details: 0 }],
    ],
    ['deny := "no" if false', []],
    ['deny contains "no" if false', []],
    ['allow := true', []],
    ['allow if count(input.images) == 2', []],
    ['allow if count(input.images) == 3', [{ message: 'a.allow is not true' }]],
    ['default allow := false', [{ message: 'a.allow is not true' }]],
    ['allow := "yes"', [{ message: 'a.allow is not true' }]],
  ])('%s', async (rules, expected) => {
    expect(await violationsOf(rules)).toEqual(expected);
  });

  it('takes a fix with a patch, and none that is malformed', async () => {
    const rule = (fix: string) => `package a\ndeny contains {"msg": "no", "fix": ${fix}}`;
    const fixOf = async (fix: string) =>
      (await verdictOn(rule(fix), { images: ['nginx'] })).violations[0]!.fix;
    const patch = '[{"op": "replace", "path": "/0/x", "value": {"a": [1]}}]';
    expect(await fixOf(`{"description": "do", "patch": ${patch}}`)).toEqual({
      description: 'do',
      patch: [{ op: 'replace', path: '/0/x', value: { a: [1] } }],
    });
    expect(await fixOf('"do"')).toEqual({ description: 'do' });
    expect(await fixOf('{"description": "do", "patch": [{"op": 1}]}')).toEqual({ description: 'do' });
    expect(await fixOf('7')).toBeUndefined();
  });
});

describe('as_of', () => {
  it('is in every verdict', async () => {
    const text =
      'package a\ndeny tag "latest"\nexempt "nginx" from deny_tag until "2020-01-01" because "old"';
    const at = (time: string) => verdictOn(text, { images: ['nginx'] }, { asOf: readMoment(time)! });
    expect(await at('2019-06-01')).toMatchObject({ decision: 'allow', as_of: '2019-06-01T00:00:00Z' });
    expect(await at('2026-06-01T02:00:00.5+02:00')).toMatchObject({
      decision: 'deny',
      as_of: '2026-06-01T00:00:00.500Z',
    });
  });
});

describe('a violation that names no image', () => {
  const parts = { images: ['nginx:1', 'redis:1'] };
  const decisions = async (text: string) => {
    const verdict = await verdictOn(text, parts);
    return [verdict.decision, ...verdict.images.map(({ decision }) => decision)];
  };

  it('may be about any: no image of the submission is allowed', async () => {
    const verdict = await verdictOn('package a\ndeny contains "no"', parts);
    expect(verdict.images.map(({ decision }) => decision)).toEqual(['deny', 'deny']);
    expect(verdict.summary).toMatchObject({ images: 2, allowed: 0, denied: 2 });
    expect(verdict.images[0]!.violations).toEqual([]);
    expect(verdict.violations).toHaveLength(1);
  });

  it('counts likewise where it names an image that is not there', async () => {
    const rule = 'package a\ndeny contains {"msg": "no", "image": "other"}';
    expect(await decisions(rule)).toEqual(['deny', 'deny', 'deny']);
  });

  it('changes nothing where it only warns, or names its image', async () => {
    expect(await decisions('package a\nwarn contains "no"')).toEqual(['allow', 'allow', 'allow']);
    const named = 'package a\ndeny contains {"msg": "no", "image": "nginx:1"}';
    expect(await decisions(named)).toEqual(['deny', 'deny', 'allow']);
  });
});

describe('what is never allowed', () => {
  it('an invalid reference', async () => {
    const verdict = await verdictOn('package a\ndeny tag "never"', { images: ['nginx:1', 'acme/UPPER'] });
    expect(verdict.decision).toBe('deny');
    expect(verdict.images.map(({ decision }) => decision)).toEqual(['allow', 'deny']);
    expect(verdict.violations[0]).toMatchObject({
      rule: 'pratique.reference',
      image: 'acme/UPPER',
      severity: 'error',
    });
    expect(verdict.violations[0]).not.toHaveProperty('source');
  });

  it('anything, without a policy', async () => {
    const verdict = await verdictOn([], { images: ['nginx'] });
    expect(verdict).toMatchObject({ decision: 'indeterminate', errors: [{ code: 'policy_error' }] });
    expect(verdict.images[0]!.decision).toBe('indeterminate');
    expect(verdict.unchecked).toEqual([expect.objectContaining({ kind: 'image', value: 'nginx' })]);
  });

  it('a submission that could not be read', async () => {
    const verdict = await verdictOn('package a\ndeny tag "x"', { manifests: 'a: [' });
    expect(verdict).toMatchObject({ decision: 'indeterminate', errors: [{ code: 'manifest_error' }] });
    expect(verdict.errors[0]!.source).toMatchObject({ file: 'manifests', line: 1 });
    expect(verdict.cost.rules).toBe(0);
  });

  it('what a conflict leaves open', async () => {
    const text = 'package a\nx := 1\nx := 2 if input.images\ndeny contains "no" if x == 3';
    const verdict = await verdictOn(text, { images: ['nginx'] });
    expect(verdict).toMatchObject({ decision: 'indeterminate', errors: [{ code: 'eval_conflict_error' }] });
    expect(verdict.errors[0]!.source).toMatchObject({ file: 'p.policy', line: 4 });
    expect(verdict.summary).toMatchObject({ allowed: 0, indeterminate: 1 });
  });

  it('what was found before a conflict stays denied', async () => {
    const text = 'package a\nx := 1\nx := 2 if input.images\ndeny contains "no"\nwarn contains "w" if x == 3';
    const verdict = await verdictOn(text, { images: ['nginx'] });
    expect(verdict).toMatchObject({ decision: 'deny', errors: [{ code: 'eval_conflict_error' }] });
    expect(messages(verdict)).toEqual(['a.deny: no']);
  });

  it('what costs more than its budget', async () => {
    const text =
      'package a\ndeny contains "no" if { some i in numbers.range(1, 1000); some j in numbers.range(1, 1000); i + j == 0 }';
    const budget = { steps: 2000, resultSize: 100_000, depth: 100 };
    const verdict = await verdictOn(text, { images: ['nginx'] }, { budget });
    expect(verdict).toMatchObject({ decision: 'indeterminate', errors: [{ code: 'eval_budget_error' }] });
  });

  it('what a failed built-in function may have denied', async () => {
    const text = 'package a\ndeny contains "no" if to_number(input.images[0].tag) < 2';
    const verdict = await verdictOn(text, { images: ['nginx:one'] });
    expect(verdict.decision).toBe('indeterminate');
    expect(verdict.errors).toEqual([expect.objectContaining({ code: 'eval_builtin_error' })]);
    expect(verdict.errors[0]!.source).toMatchObject({ file: 'p.policy', line: 2 });
  });

  it('but a failure in what only warns changes nothing', async () => {
    const text = 'package a\ndeny tag "x"\nwarn contains "no" if to_number(input.images[0].tag) < 2';
    const verdict = await verdictOn(text, { images: ['nginx:one'] });
    expect(verdict).toMatchObject({ decision: 'allow', errors: [] });
  });

  it('whatever data puts in the place of a rule', async () => {
    const files = { data: { a: { deny_tag: [], deny: [], allow: true } } };
    const text = 'package a\ndeny tag "latest"\ndeny contains "no"\nallow if false';
    const verdict = await verdictOn([policyOf(text, files)], { images: ['nginx'] });
    expect(verdict.decision).toBe('deny');
    expect(verdict.violations.map(({ rule }) => rule)).toEqual(['a.allow', 'a.deny', 'a.deny_tag']);
  });
});

describe('unchecked', () => {
  it('lists images that no rule looked at', async () => {
    const text = 'package a\ndeny tag "latest" for "ghcr.io/acme/*"';
    const verdict = await verdictOn(text, { images: ['nginx', 'ghcr.io/acme/api'] });
    expect(verdict.unchecked.map(({ kind, value }) => `${kind} ${value}`)).toEqual(['image nginx']);
  });

  it('lists none where a rule looks at everything', async () => {
    const text = 'package a\ndeny tag "latest" for "ghcr.io/acme/*"\ndeny contains "x" if false';
    expect((await verdictOn(text, { images: ['nginx'] })).unchecked).toEqual([]);
  });

  it('lists fields that nobody reads', async () => {
    const manifest =
      'apiVersion: acme.io/v1\nkind: Widget\nmetadata: { name: w }\nspec: { somewhereImage: "ghcr.io/acme/x:1" }\n';
    const verdict = await verdictOn('package a\ndeny tag "x"', { manifests: manifest });
    for (const field of verdict.unchecked) expect(field).toMatchObject({ kind: 'field', file: 'manifests' });
    expect(verdict.unchecked.length + verdict.images.length).toBeGreaterThan(0);
  });
});

describe('the same again', () => {
  it('gives the same verdict but for id and cost', async () => {
    const text = [
      'package a',
      'deny tag "latest"',
      'deny contains sprintf("%d", [rand.intn("x", 1000000)])',
      'warn contains uuid.rfc4122("k")',
      'warn contains time.format(time.now_ns())',
    ].join('\n');
    const policy = policyOf(text);
    const parts = { images: ['nginx', 'redis', 'nginx'] };
    const first = await verdictOn([policy], parts, { decisionId: '1' });
    const second = await verdictOn([policyOf(text)], parts, { decisionId: '2' });
    const { decision_id: _a, cost: _b, ...one } = first;
    const { decision_id: _c, cost: _d, ...two } = second;
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    expect(messages(first)).toContain('a.warn: 2026-11-20T00:00:00Z');
  });

  it('counts rules, steps, rounds and time', async () => {
    const { cost } = await verdictOn('package a\ndeny tag "latest"', { images: ['nginx'] });
    expect(cost.rules).toBeGreaterThan(0);
    expect(cost.steps).toBeGreaterThan(0);
    expect(cost).toMatchObject({ rounds: 1, evaluate_us: 1 });
  });
});

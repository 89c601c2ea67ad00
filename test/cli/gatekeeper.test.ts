import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseXml } from '../decide/xml.ts';
import { folder, run } from './run.ts';

const template = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: { name: nolatest }
spec:
  crd: { spec: { names: { kind: NoLatest } } }
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package nolatest

        violation[{"msg": msg}] {
          image := input.review.object.spec.containers[_].image
          endswith(image, ":latest")
          msg := sprintf("%v moves", [image])
        }
`;

const suite = (violations: string, object = 'pod.yaml') => `apiVersion: test.gatekeeper.sh/v1alpha1
kind: Suite
tests:
  - name: tags
    template: ../template.yaml
    constraint: ../constraint.yaml
    cases:
      - { name: latest, object: ../${object}, assertions: [{ violations: ${violations} }] }
`;

const files = {
  'template.yaml': template,
  'constraint.yaml':
    'apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: NoLatest\nmetadata: { name: no-latest }\n',
  'pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: "nginx:latest" }] }\n',
  'good/suite.yaml': suite('yes'),
  'bad/suite.yaml': suite('no'),
  'broken/suite.yaml': suite('no', 'no.yaml'),
  'none/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n',
};

let home: ReturnType<typeof folder>;
beforeAll(() => {
  home = folder(files);
});
afterAll(() => home.remove());

function gatekeeper(...args: readonly string[]) {
  return run(['gatekeeper', ...args], { cwd: home.path });
}

describe('pratique gatekeeper', () => {
  it('runs the suites of a directory', async () => {
    const { code, out, err } = await gatekeeper('good');
    expect(err).toBe('');
    expect(out).toBe('good/suite.yaml\n  ✓ tags › latest\n\n1 passed\n');
    expect(code).toBe(0);
  });

  it('says which cases fail', async () => {
    const { code, out } = await gatekeeper('good/...', './bad/suite.yaml');
    expect(out).toContain(
      '✗ tags › latest\n      expected no violation, found 1\n      violation: nginx:latest moves\n',
    );
    expect(out).toContain('1 passed, 1 failed\n');
    expect(code).toBe(1);
  });

  it('ends with 2 where something cannot be used', async () => {
    const { code, out } = await gatekeeper('.', '--format', 'json');
    expect(JSON.parse(out).summary).toEqual({ passed: 1, failed: 1, error: 1, skipped: 0 });
    expect(code).toBe(2);
  });

  it('writes JUnit', async () => {
    const { out } = await gatekeeper('bad', '-f', 'junit');
    expect(() => parseXml(out)).not.toThrow();
    expect(out).toContain('<testsuites name="pratique" tests="1" failures="1" errors="0" skipped="0">');
  });

  it.each([
    [['none'], 'there is no suite in none'],
    [['nowhere'], 'there is no file or directory "nowhere"'],
    [[], 'no suite is given'],
    [['good', '-f', 'jsno'], 'unknown format "jsno"'],
  ])('refuses %j', async (args, message) => {
    const { code, out, err } = await gatekeeper(...args);
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

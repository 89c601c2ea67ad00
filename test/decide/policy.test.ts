import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import { loadPlan, loadPolicy, PolicyCache, policyDigest, storePlan } from '../../src/decide/index.ts';
import { fromJson, ObjectValue, parseJson } from '../../src/values/index.ts';
import { policyOf, verdictOn } from './decided.ts';

function file(path: string, text: string) {
  return { source: new SourceFile(path, text) };
}

describe('loadPolicy', () => {
  it('gives diagnostics and no policy where there are errors', () => {
    const { policy, diagnostics } = loadPolicy({
      name: 'x',
      files: [file('a.rego', 'package a\ndeny contains x if true')],
    });
    expect(policy).toBeUndefined();
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['rego_unsafe_var_error', 'error'],
    ]);
  });

  it.each([
    ['package a\np := 1'],
    ['package a\ntest_deny if true'],
    ['package a\nexempt "nginx" from deny_tag until "2027-01-31" because "x"'],
  ])('refuses what decides nothing: %j', text => {
    const { policy, diagnostics } = loadPolicy({ name: 'x', files: [file('a.policy', text)] });
    expect(policy).toBeUndefined();
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('says where and why it decides nothing', () => {
    const { diagnostics } = loadPolicy({ name: 'x', files: [file('a.rego', '# x\npackage a\np := 1')] });
    expect(diagnostics[0]).toMatchObject({
      message: 'policy "x" decides nothing',
      span: { start: 4, end: 13 },
    });
    expect(loadPolicy({ name: 'x', files: [] }).policy).toBeUndefined();
  });

  it('gives rules their data', async () => {
    const text = 'package a\ndeny registry data.acme.denied';
    const policy = policyOf(text, { data: { acme: { denied: ['docker.io'] } } });
    expect((await verdictOn([policy], { images: ['nginx'] })).decision).toBe('deny');
  });

  it('names the digest', () => {
    expect(policyOf('package a\ndeny tag "x"').identity).toEqual({
      name: 'acme/test',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
    });
    expect(policyOf('package a\ndeny tag "x"', { digest: 'sha256:1' }).identity.digest).toBe('sha256:1');
  });
});

describe('policyDigest', () => {
  const [a, b] = [file('a.rego', 'package a'), file('b.rego', 'package b')];
  const empty = ObjectValue.empty;

  it('does not depend on order', () => {
    expect(policyDigest([a, b], empty)).toBe(policyDigest([b, a], empty));
    expect(policyDigest([a], fromJson({ x: 1, y: 2 }))).toBe(policyDigest([a], fromJson({ y: 2, x: 1 })));
  });

  it('depends on everything else', () => {
    const digests = [
      policyDigest([a], empty),
      policyDigest([a, b], empty),
      policyDigest([file('a.rego', 'package b')], empty),
      policyDigest([file('c.rego', 'package a')], empty),
      policyDigest([{ ...a, version: 'v0' }], empty),
      policyDigest([{ ...a, dialect: 'policy' }], empty),
      policyDigest([a], fromJson({ x: 1 })),
      policyDigest([a], parseJson('{"x": 100000000000000000000000000001}')),
      policyDigest([a], parseJson('{"x": 100000000000000000000000000002}')),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('stored plans', () => {
  it('decide as the policy did, through JSON', async () => {
    const text =
      'package a\ndeny tag "latest" because "it moves"\ndeny contains "big" if data.n == 100000000000000000000000000001';
    const policy = policyOf(text, {
      data: parseJson('{"n": 100000000000000000000000000001}') as ObjectValue,
    });
    const loaded = loadPlan(JSON.parse(JSON.stringify(storePlan(policy))));
    const parts = { images: ['nginx'] };
    const [before, after] = [await verdictOn([policy], parts), await verdictOn([loaded], parts)];
    expect(after.violations).toHaveLength(2);
    expect(JSON.stringify(after.violations)).toBe(JSON.stringify(before.violations));
    expect(after.policy).toEqual(before.policy);
  });

  it('of another format are refused', () => {
    const stored = storePlan(policyOf('package a\ndeny tag "x"'));
    expect(() => loadPlan({ ...stored, plan: { ...stored.plan, format: 999 } })).toThrow(/format 1\.999/u);
    expect(() => loadPlan({ ...stored, data: '[]' })).toThrow(/not an object/u);
  });
});

describe('PolicyCache', () => {
  it('keeps what was used last', () => {
    const cache = new PolicyCache(2);
    const [a, b, c] = ['a', 'b', 'c'].map(digest => policyOf('package a\ndeny tag "x"', { digest }));
    cache.set(a!);
    cache.set(b!);
    expect(cache.get('a')).toBe(a);
    cache.set(c!);
    expect(cache.size).toBe(2);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([a, undefined, c]);
  });
});

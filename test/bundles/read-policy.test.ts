import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/base/index.ts';
import { PolicyLibrary, type ReadPolicy, readLibraryPolicy, readPolicy } from '../../src/bundles/index.ts';
import { stringify, toJson } from '../../src/values/index.ts';

const rule = { path: 'a.policy', text: 'package a\ndeny tag "latest"' };

function paths({ policy }: ReadPolicy): string[] {
  return policy!.files.map(({ source }) => source.path);
}

describe('readPolicy', () => {
  it('takes rules, leaves tests and everything else', () => {
    const read = readPolicy('x', [
      rule,
      { path: 'sub/b.rego', text: 'package b' },
      { path: 'sub/b_test.rego', text: 'package b_test' },
      { path: 'README.md', text: '#' },
      { path: 'cases.yaml', text: '[]' },
    ]);
    expect(read.problems).toEqual([]);
    expect(paths(read)).toEqual(['a.policy', 'sub/b.rego']);
    expect(read.policy!.files.map(({ dialect }) => dialect)).toEqual(['policy', 'rego']);
  });

  it('takes tests where they are wanted', () => {
    const files = [{ path: 'b_test.rego', text: 'package b_test' }];
    expect(paths(readPolicy('x', files, { tests: true }))).toEqual(['b_test.rego']);
  });

  it('reads only Rego as v0', () => {
    const { policy } = readPolicy('x', [rule, { path: 'b.rego', text: 'package b' }], { version: 'v0' });
    expect(policy!.files.map(({ version }) => version)).toEqual([undefined, 'v0']);
  });

  it('puts data at the path of its folder and merges it', () => {
    const { policy } = readPolicy(
      'x',
      [
        { path: 'data.json', text: '{"top": {"a": 1}, "__proto__": {"p": true}}' },
        { path: 'top/data.yaml', text: 'b: 2\n' },
        { path: 'top/deep/data.yml', text: 'c: [3]\n' },
      ],
      { data: [new SourceFile('extra.json', '{"top": {"d": 4}}')] },
    );
    expect(JSON.stringify(toJson(policy!.data))).toBe(
      '{"__proto__":{"p":true},"top":{"a":1,"b":2,"d":4,"deep":{"c":[3]}}}',
    );
  });

  it.each([1_001, 9_000])('keeps a JSON number of %i digits a number, and text a text', length => {
    const digits = `1${'0'.repeat(length - 2)}1`;
    const data = { path: 'data.json', text: `{"n": ${digits}, "m": -${digits}.5, "t": "-${digits}"}` };
    const { policy, problems } = readPolicy('x', [rule, data]);
    expect(problems).toEqual([]);
    expect(stringify(policy!.data)).toBe(`{"m":-${digits}.5,"n":${digits},"t":"-${digits}"}`);
  });

  it.each([
    ['{"top": {"a": 2}}', 'data.top.a is given twice, with different values'],
    ['[1]', 'expected one object'],
    ['{', ''],
    [`{"x": ${'9'.repeat(10_001)}}`, 'a number has more digits than can be read'],
    [`x: -${'9'.repeat(1_001)}`, 'a number has more digits than can be read'],
  ])('refuses data (%#)', (text, message) => {
    const data = { path: 'data.json', text: '{"top": {"a": 1}}' };
    const { policy, problems } = readPolicy('x', [rule, data], {
      data: [new SourceFile('extra.json', text)],
    });
    expect(policy).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]!.source.path).toBe('extra.json');
    expect(problems[0]!.message).toContain(message);
  });

  it('has one digest wherever the folder stands', () => {
    const [here, there] = ['', '/srv/policies/'].map(prefix => readPolicy('x', [rule], { prefix }));
    expect(paths(there!)).toEqual(['/srv/policies/a.policy']);
    expect(there!.policy!.digest).toBe(here!.policy!.digest);
    const changed = readPolicy('x', [{ ...rule, text: `${rule.text}\n` }]);
    expect(changed.policy!.digest).not.toBe(here!.policy!.digest);
  });
});

describe('the library', () => {
  const library = new PolicyLibrary([
    { path: 'lib/images.rego', text: 'package pratique.lib.images\nimport data.pratique.lib.names' },
    { path: 'lib/names.rego', text: 'package pratique.lib.names' },
    { path: 'lib/others.rego', text: 'package pratique.lib.others' },
    {
      path: 'tags/no-latest/no-latest.policy',
      text: 'package pratique.no_latest\nimport data.pratique.lib.images\ndeny tag "latest"',
    },
    { path: 'tags/no-latest/no-latest_test.rego', text: 'package pratique.no_latest_test' },
    { path: 'tags/no-latest/README.md', text: '#' },
    { path: 'tags/no-latest/data.yaml', text: 'tags: [latest]' },
    { path: 'registries/trusted/trusted.rego', text: 'package pratique.trusted' },
    {
      path: 'sets/baseline/policy.yaml',
      text: 'title: Baseline\npolicies: [no-latest, trusted]\ndata: { level: 1 }\n',
    },
    { path: 'sets/strict/policy.yaml', text: 'policies: [baseline, no-latest]\n' },
    { path: 'sets/broken/policy.yaml', text: 'policies: [gone]\n' },
    { path: 'sets/slip/policy.yaml', text: 'polices: [no-latest]\n' },
    { path: 'sets/empty/policy.yaml', text: 'policies: []\n' },
    { path: 'sets/round/policy.yaml', text: 'policies: [round, no-latest]\n' },
  ]);

  it('lists its policies', () => {
    expect(library.names).toEqual([
      'baseline',
      'broken',
      'empty',
      'no-latest',
      'round',
      'slip',
      'strict',
      'trusted',
    ]);
  });

  it('finds a policy by name and by path, with what it shares', () => {
    for (const name of ['no-latest', 'tags/no-latest']) {
      const read = readLibraryPolicy(name, library)!;
      expect(paths(read)).toEqual([
        'policies/tags/no-latest/no-latest.policy',
        'policies/lib/images.rego',
        'policies/lib/names.rego',
      ]);
      expect(toJson(read.policy!.data)).toEqual({ tags: ['latest'] });
    }
    expect(readLibraryPolicy('lib', library)).toBeUndefined();
    expect(readLibraryPolicy('constructor', library)).toBeUndefined();
  });

  it('puts sets together, each policy once', () => {
    const read = readLibraryPolicy('strict', library)!;
    expect(paths(read).sort()).toEqual([
      'policies/lib/images.rego',
      'policies/lib/names.rego',
      'policies/registries/trusted/trusted.rego',
      'policies/tags/no-latest/no-latest.policy',
    ]);
    expect(toJson(read.policy!.data)).toEqual({ level: 1, tags: ['latest'] });
    expect(paths(readLibraryPolicy('round', library)!)).toHaveLength(3);
  });

  it.each([
    ['broken', 'there is no policy "gone" in the library'],
    ['slip', 'unknown key "polices"'],
    ['empty', 'policies must be a list of names'],
  ])('refuses the set %s', (name, message) => {
    const { policy, problems } = readLibraryPolicy(name, library)!;
    expect(policy).toBeUndefined();
    expect(problems.map(problem => problem.message)).toEqual([message]);
  });

  it('lets a folder build on it', () => {
    const set = { path: 'policy.yaml', text: 'policies: [no-latest]\n' };
    const read = readPolicy('mine', [rule, set], { library });
    expect(paths(read)).toContain('policies/tags/no-latest/no-latest.policy');
    expect(readPolicy('mine', [rule, set]).problems).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../../src/base/index.ts';
import { compilePlan, Evaluation } from '../../../src/evaluate/index.ts';
import { checkPolicy, planPolicy } from '../../../src/language/index.ts';
import { type Json, toJson } from '../../../src/values/index.ts';
import { problems } from './problems.ts';

/** What the document at a path of names is. */
function documentOf(path: readonly string[], ...texts: readonly string[]): Json | undefined {
  const files = texts.map((text, i) => ({ source: new SourceFile(`m${i}.rego`, text) }));
  const { checked, diagnostics } = checkPolicy(files);
  if (!checked) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const value = new Evaluation(compilePlan(planPolicy(checked)), { now: 0n }).document(path);
  return value === undefined ? undefined : toJson(value);
}

const annotated = `# METADATA
# title: The package
package acme.lib

# METADATA
# title: Rule one
# description: Says so
# entrypoint: true
# related_resources:
# - https://acme.example/a
# - ref: https://acme.example/b
#   description: More
# authors:
# - Jo Smith <jo@acme.example>
# - name: Kim
# organizations: [Acme]
# custom: {severity: high, n: 1.50}
p := rego.metadata.rule()

# METADATA
# title: Rule two
q := rego.metadata.chain()

r := [x | x := rego.metadata.chain()[_].path]
`;

describe('rego.metadata', () => {
  it('gives the annotations of the rule in normal form', () => {
    expect(documentOf(['acme', 'lib', 'q'], annotated)).toEqual([
      { path: ['acme', 'lib', 'q'], annotations: { scope: 'rule', title: 'Rule two' } },
      { path: ['acme', 'lib'], annotations: { scope: 'package', title: 'The package' } },
    ]);
  });

  it('reads every field', () => {
    const text = annotated.replace('# entrypoint: true\n', '');
    expect(documentOf(['acme', 'lib', 'p'], text)).toMatchObject({
      scope: 'rule',
      title: 'Rule one',
      description: 'Says so',
      related_resources: [
        { ref: 'https://acme.example/a' },
        { ref: 'https://acme.example/b', description: 'More' },
      ],
      authors: [{ name: 'Jo Smith', email: 'jo@acme.example' }, { name: 'Kim' }],
      organizations: ['Acme'],
      custom: { severity: 'high', n: 1.5 },
    });
  });

  it('is empty for a rule that only its document annotates', () => {
    expect(documentOf(['acme', 'lib', 'p'], annotated)).toEqual({});
  });

  it('begins a chain with the rule, annotated or not', () => {
    expect(documentOf(['acme', 'lib', 'r'], annotated)).toEqual([
      ['acme', 'lib', 'r'],
      ['acme', 'lib'],
    ]);
  });

  it('goes outwards over packages of other files', () => {
    const outer = '# METADATA\n# scope: subpackages\n# title: Outer\npackage acme\n';
    const inner =
      'package acme.a.b\n\np := [x.annotations.title | some x in rego.metadata.chain(); x.annotations]\n';
    expect(documentOf(['acme', 'a', 'b', 'p'], inner, outer)).toEqual(['Outer']);
  });
});

describe('annotations that cannot be', () => {
  it.each([
    ['# METADATA\n', '# METADATA', 'a METADATA block says something below its first line'],
    ['# METADATA\n# scope: all\n', '# METADATA', '"all" is no scope of metadata'],
    ['# METADATA\n# scope: package\n', '# METADATA', 'metadata of the scope package stands above a package'],
    ['# METADATA\n# title: [a\n', '# title: [a', 'the metadata is no YAML'],
    ['# METADATA\n# - a\n', '# - a', 'metadata has names and values'],
    ['# METADATA\n# authors: Jo\n', '# METADATA', '"authors" is a list'],
    ['# METADATA\n# entrypoint: perhaps\n', '# METADATA', '"entrypoint" is true or false'],
    ['# METADATA\n# entrypoint: true\n# scope: rule\n', '# METADATA', 'an entrypoint has the scope'],
    ['# METADATA\n# related_resources: [""]\n', '# METADATA', 'a related resource has a URL'],
    ['# METADATA\n# custom: &a [*a]\n', '# METADATA', 'an alias inside of what it stands for'],
    ['# METADATA\n# custom: {x: &a {b: [*a]}}\n', '# METADATA', 'an alias inside of what it stands for'],
    ['# METADATA\n# custom: {<<: &a {b: *a}}\n', '# METADATA', 'an alias inside of what it stands for'],
    [`# METADATA\n# custom: [${'*a, '.repeat(20)}]\n`, '# custom: ', 'the metadata is no YAML'],
    [
      `# METADATA\n# a: &a [${'1, '.repeat(9000)}]\n# b: &b [*a, *a, *a]\n# c: &c [*b, *b, *b]\n# d: [*c, *c]\n`,
      '# METADATA',
      'the metadata grows too large by its aliases',
    ],
    ['# METADATA\n# schemas:\n# - input: foo.bar\n', '# METADATA', '"foo.bar" is no schema reference'],
  ])('%s', (block, text, message) => {
    const [found] = problems(`package t\n\n${block}p := 1\n`);
    expect(found).toMatchObject({ code: 'rego_parse_error', text: expect.stringContaining(text) });
    expect(found?.message).toContain(message);
  });

  it('but may say a thing again by an alias', () => {
    const block = '# METADATA\n# custom: {a: &a {x: 1}, b: [*a, *a]}\n';
    expect(documentOf(['t', 'p'], `package t\n\n${block}p := rego.metadata.rule().custom`)).toEqual({
      a: { x: 1 },
      b: [{ x: 1 }, { x: 1 }],
    });
  });

  it('annotate a package twice', () => {
    const [found] = problems(['# METADATA\n# title: a\npackage t', '# METADATA\n# title: b\npackage t']);
    expect(found).toMatchObject({ code: 'rego_type_error', file: 1, text: '# METADATA' });
    expect(found?.message).toBe('package annotation redeclared: data.t has one already');
  });

  it('are ordinary comments unless they begin a line', () => {
    expect(problems('package t\n\n  # METADATA\n  # title: [\np := 1\n')).toEqual([]);
  });
});

describe('schemas', () => {
  const schema =
    '# METADATA\n# schemas:\n# - input: {properties: {x: {type: string}, n: {type: array, items: {type: number}}}}\n';

  it.each([
    ['p := input.y', 'input.y', 'undefined ref: input.y'],
    ['p := input.x.y', 'input.x.y', 'undefined ref: input.x.y'],
    ['p := input.x + 1', 'input.x + 1', '+: invalid argument on the left: found string, expected number'],
    ['p if { some n in input.n; n == "a" }', 'n == "a"', 'match error: number never equals string'],
  ])('%s', (rule, text, message) => {
    expect(problems(`package t\n\n${rule}\n`)).toEqual([]);
    expect(problems(`package t\n\n${schema}${rule}\n`)).toMatchObject([
      { code: 'rego_type_error', text, message },
    ]);
  });

  it('hold for the one rule they stand above', () => {
    expect(problems(`package t\n\n${schema}p := input.x\n\nq := input.y\n`)).toEqual([]);
  });
});

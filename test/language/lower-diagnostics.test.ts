import { describe, expect, it } from 'vitest';
import { denials, problemsOf, underlined } from './statements.ts';

const key = '-----BEGIN PUBLIC KEY-----\\nMFkw\\n-----END PUBLIC KEY-----';
const exempt = 'deny tag "latest"\nexempt "redis" from deny_tag';

describe('a field that no image has', () => {
  it.each([
    ['deny image where { image.regsitry == "evil.example" }', '.regsitry'],
    ['deny image where { image["regsitry"] == "evil.example" }', '["regsitry"]'],
    ['deny image where { not startswith(image.repo, "a") }', '.repo'],
    ['require digest unless image.tags == "x"', '.tags'],
    ['require digest if { some x in [1]; {y | y := image.Tag}[x] }', '.Tag'],
    ['deny registry data.x[image.object.namspace]', '.namspace'],
    ['deny tag "latest" because sprintf("%s", [image.nam])', '.nam'],
    ['deny image where { image.regsitry.x == 1 }', '.regsitry'],
  ])('%s', (policy, place) => {
    expect(underlined(policy)).toEqual([place]);
    expect(problemsOf(policy)[0]).toMatch(/^image(\.object)? has no field /);
  });

  it.each([
    'deny contains "x" if { some image in input.images; image.regsitry == "evil.example" }',
    'deny contains "x" if input.images[_].regsitry == "evil.example"',
    'deny contains "x" if { some i; input.images[i].object.namspace == "x" }',
  ])('%s', policy => {
    expect(problemsOf(policy)[0]).toContain('undefined ref');
  });

  it.each([
    'deny image where { image.object.namespace == "a"; image.pull_secrets[_] == "b"; image.line > 3 }',
    'deny image where { some f in ["tag"]; image[f] == "x" }',
    'deny contains "x" if { some image in input.images; image.container_type == "init" }',
    'deny contains "x" if { input.context.a.b == 1; input.request.c; input.review.object.d; input.objects[0].e }',
    'deny contains "x" if { some k; input[k].anything }',
    'f(image) if image.anything\n\ndeny image where f(image)',
  ])('%s is none', policy => {
    expect(problemsOf(policy)).toEqual([]);
  });
});

describe('what is wrong with a statement is said where it stands', () => {
  it.each([
    ['deny registry "http://x"', '"http://x"', 'scheme'],
    ['deny registry "ghcr.io", ["a", ""]', '""', 'empty'],
    ['require digest for "ghcr.io", "*/x"', '"*/x"', 'first component'],
    ['allow registry 7', '7', 'expected a string, found number'],
    ['deny tag "a b"', '"a b"', 'pattern'],
    ['deny tag semver("x.y")', 'semver("x.y")', 'semver'],
    ['deny tag regex("(")', 'regex("(")', 'regex'],
    ['require pull_secret {"a": 1}', '{"a": 1}', 'expected a string, found object'],
    ['require signature by {"issuer": "https://a"}', '{"issuer": "https://a"}', 'any signature would do'],
    ['require signature by "release"', '"release"', 'an authority is an object'],
    [`require 2 signatures by [{"key": "${key}"}]`, '2', 'has 1'],
    ['require scan below "grave"', '"grave"', 'expected a severity'],
    ['require scan within "week"', '"week"', 'expected a duration'],
    [`${exempt} until "January" because "a"`, '"January"', 'expected a date'],
    [`${exempt} until "2027-13-31" because "a"`, '"2027-13-31"', 'expected a date'],
    [`${exempt} until 2027 because "a"`, '2027', 'expected a text'],
    [`${exempt} until "2027-01-31" because " "`, '" "', 'expected a text'],
    [`${exempt} until "2027-01-31" because null`, 'null', 'expected a text'],
    [
      'deny tag "latest"\nexempt "redis" from deny_tags until "2027-01-31" because "a"',
      'deny_tags',
      'no rule',
    ],
    ['a: deny tag "x"\na: require digest', 'a', 'taken'],
    ['a := 1\na: require digest', 'a', 'taken'],
    ['deny: require digest', 'deny', 'decides by itself'],
    ['test_a: require digest', 'test_a', 'is a test'],
    ['require digest\nsprintf := 1', 'sprintf', 'hides'],
    ['import data.lib.image\n\ndeny registry "quay.io"', 'import data.lib.image', 'hides'],
  ])('%s', (policy, place, message) => {
    expect(problemsOf(policy)).toHaveLength(1);
    expect(problemsOf(policy)[0]).toContain(message);
    expect(underlined(policy)).toEqual([place]);
  });

  it.each([
    ['require digest where { image.tag }', 'where'],
    ['deny tag "a" where { image.tag }', 'where'],
    [`require signature by {"key": "${key}"} where { image.tag }`, 'where'],
    ['require sbom within "7d"', 'within'],
  ])('%s: the clause says nothing there', (policy, word) => {
    expect(problemsOf(policy)).toHaveLength(1);
    expect(problemsOf(policy)[0]).toContain('does not fit');
    expect(underlined(policy)).toEqual([word]);
  });

  it.each([
    ['require digest because reason', 'reason'],
    ['deny tag tags', 'tags'],
    ['require digest if input.x > y', 'y'],
    ['require sbom where { spdx.x }', 'spdx'],
  ])('%s: the variable that nothing binds is shown in place', (policy, name) => {
    expect(problemsOf(policy)).toEqual([`var ${name} is unsafe`]);
    const [place] = underlined(policy);
    expect(policy).toContain(place);
    expect(place).toContain(name);
  });

  it('never shows a generated name', () => {
    const policies = ['deny tag x', 'require digest if y', 'require scan below z within w by v where { u }'];
    for (const policy of policies) expect(problemsOf(policy).join(' ')).not.toContain('$');
  });
});

it('names that no statement calls are free', () => {
  expect(problemsOf('require digest\nscan := 1\nbase := 2\nimage_count := count([])')).toEqual([]);
});

it('rules of hand stay what they are', () => {
  const policy =
    'require digest\ndeny contains "by hand" if input.context.broken\nimage_names contains x if some x in input.names';
  expect(denials(policy, ['nginx'])).toEqual(['require_digest nginx']);
});

it('a label takes part in exemptions, and so does a rule of hand', () => {
  const policy = [
    'pinned: require digest',
    'deny contains {"msg": "no", "image": 0} if input.context.broken',
    'exempt "nginx" from pinned, deny until "2027-01-31" because "a"',
  ].join('\n');
  expect(denials(policy, ['nginx'])).toContain('exempt nginx');
});

import { describe, expect, it } from 'vitest';
import { type Clause, parseModule } from '../../grammar/index.ts';
import { conditions, moduleOf, problemsOf, shape, statementOf } from './reading.ts';

const clause = (each: Clause): string => {
  if (each.kind === 'termClause') return `${each.word} ${shape(each.term)}`;
  if (each.kind === 'listClause') return `${each.word} ${each.terms.map(shape).join(', ')}`;
  return `${each.word} { ${conditions(each.body)} }`;
};

function written(text: string): string {
  const { label, verb, count, noun, args, clauses } = statementOf(text);
  return [
    label && `${label.text}:`,
    verb,
    count?.text,
    noun,
    args.map(shape).join(', '),
    ...clauses.map(clause),
  ]
    .filter(Boolean)
    .join(' ');
}

describe('statements', () => {
  it.each([
    ['allow registry "a", data.b', 'allow registry "a", data.b'],
    ['deny tag "latest", semver(">=1") because "x"', 'deny tag "latest", semver(">=1") because "x"'],
    ['require digest unless input.dev == "y"', 'require digest unless { (input.dev == "y") }'],
    ['require signature by keys.release for "a"', 'require signature by keys.release for "a"'],
    [
      'two: require 2 signatures by [a, b]\n    for "c/**", "d"',
      'two: require 2 signature by [a, b] for "c/**", "d"',
    ],
    ['require signature by {\n "issuer": "x",\n} for "y"', 'require signature by {"issuer": "x"} for "y"'],
    [
      'require attestation "t" by k\n for "r"\n where { predicate.x == 1; y }',
      'require attestation "t" by k for "r" where { (predicate.x == 1); y }',
    ],
    ['require scan below "critical" within "7d"', 'require scan below "critical" within "7d"'],
    ['warn image where { image.a }\n because "b"', 'warn image where { image.a } because "b"'],
    ['prefer sbom if input.x because "y"', 'prefer sbom if { input.x } because "y"'],
    ['require pull_secret', 'require pull_secret'],
    ['deny base "x" if { some y in z } unless { w }', 'deny base "x" if { some y in z } unless { w }'],
    [
      'exempt "r" from deny_tag, b until "2027-01-31" because "x"',
      'exempt "r" from deny_tag, b until "2027-01-31" because "x"',
    ],
    ['exempt data.x until "y" from z because "w"', 'exempt data.x until "y" from z because "w"'],
    ['allow registry\n "a",\n "b"', 'allow registry "a", "b"'],
  ])('%j', (text, meaning) => {
    expect(written(text)).toBe(meaning);
  });

  it('give the place of each word', () => {
    const text = 'package p\nx: require 2 signatures by k';
    const statement = moduleOf(text, { dialect: 'policy' }).items[0]!;
    if (statement.kind !== 'statement') throw new Error('not a statement');
    const at = (span?: { start: number; end: number }) => span && text.slice(span.start, span.end);
    expect(at(statement.span)).toBe('x: require 2 signatures by k');
    expect(at(statement.verbSpan)).toBe('require');
    expect(at(statement.nounSpan)).toBe('signatures');
    expect(at(statement.clauses[0]?.span)).toBe('by k');
    expect(at(statement.clauses[0]?.wordSpan)).toBe('by');
  });

  it('leave their words to Rego everywhere else', () => {
    const text = `package p
import data.tag
allow := true
allow if input.tag
allow.x := 1
deny contains msg if { msg := by }
warn[for] if where
by contains x if { x }
exempt(until) := below if within
tag := 1
deny tag "a"
where := 1
deny tag "b"
for if { true }
deny tag "c"
by.x := 2
unless(x) := x`;
    expect(
      moduleOf(text, { dialect: 'policy' })
        .items.map(item => item.kind)
        .join(' '),
    ).toBe('rule rule rule rule rule rule rule rule statement rule statement rule statement rule rule');
  });
});

describe('statements that are refused', () => {
  const policy = { dialect: 'policy' } as const;
  it.each([
    [
      'deny tags "x"',
      [
        'tags',
        expect.stringContaining('`tags` is not a noun: there are registry, tag'),
        'did you mean `tag`?',
      ],
    ],
    ['alow registry "x"', ['alow', expect.stringContaining('`alow` is not a verb'), 'did you mean `allow`?']],
    [
      'deny tag "x" becuse "y"',
      ['becuse', expect.stringContaining('`becuse` is not a clause'), 'did you mean `because`?'],
    ],
    ['deny tag "x" by y', ['by', '`by` does not fit `tag`: `for`, `if`, `unless`, `where`, `because` do']],
    ['deny tag "x" for "a" for "b"', ['for', '`for` stands twice in this statement']],
    ['require tag "x"', ['require', '`require` cannot be said of `tag`: `allow`, `deny`, `warn` can']],
    ['deny tag', ['tag', '`tag` is followed by an argument']],
    ['require digest "x"', ['"x"', '`digest` has no arguments']],
    ['require attestation "a", "b" by k', ['"b"', '`attestation` has only one argument']],
    [
      'require signature',
      ['signature', '`signature` needs `by`', 'say who must have signed: `by keys.release`'],
    ],
    [
      'deny image',
      ['image', '`image` needs `where`', 'say which images: `where { image.registry == "docker.io" }`'],
    ],
    ['exempt "x" from y until "z"', ['exempt', '`exempt` needs `because`', 'say why: `because "OPS-212"`']],
    ['exempt "x" from "y" until "z" because "w"', ['"y"', '`from` is followed by the names of rules']],
    ['require 2 digest', ['2', '`digest` cannot be counted: signatures and attestations can']],
    ['require 0 signatures by k', ['0', 'a count is a whole number from 1 to 999']],
    ['deny "x"', ['deny', '`deny` is followed by what it is about', 'such as `registry` or `tag`']],
  ])('%s', (text, problem) => {
    expect(problemsOf(text, policy)).toEqual([problem]);
  });

  it('underline the second of two clauses', () => {
    const text = 'package p\ndeny tag "x" for "a" for "b"';
    const { problems } = parseModule(text, policy);
    expect(problems.map(each => each.span.start)).toEqual([text.lastIndexOf('for')]);
  });

  it('stand in policy files only', () => {
    expect(problemsOf('deny tag "x"\np := 1\nq: require signatures')).toEqual([
      ['deny tag', 'an image statement cannot stand in a plain Rego file', 'name the file `….policy`'],
      [
        'require signatures',
        'an image statement cannot stand in a plain Rego file',
        'name the file `….policy`',
      ],
    ]);
  });

  it('do not hide one another', () => {
    expect(
      problemsOf('deny tag\nallow registry "x"\nrequire digest by k\np if {', policy).map(each => each[0]),
    ).toEqual(['tag', 'by', '']);
  });
});

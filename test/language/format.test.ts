import { describe, expect, it } from 'vitest';
import { parseModule, parseTerm, type Term } from '../../grammar/index.ts';
import { printModule, printTerm } from '../../src/language/format/index.ts';
import { shapeOf } from './trees.ts';

function format(text: string): string {
  const { module, problems } = parseModule(text, { version: 'v1', dialect: 'policy' });
  expect(problems).toEqual([]);
  return printModule(module!, text);
}

/** Formats to `wanted`, which stays as it is. */
function check(text: string, wanted: string): void {
  expect(format(text)).toBe(wanted);
  expect(format(wanted)).toBe(wanted);
}

describe('rules', () => {
  it('stand apart by one empty line, one-liners as the author has them', () => {
    check(
      'package a.b\nimport data.x\nimport data.y as z\np:=1\nq := 2\n\n\n\nr := 3\ndefault s:=false\ns if { r==3 }\n',
      'package a.b\n\nimport data.x\nimport data.y as z\n\np := 1\nq := 2\n\nr := 3\n\ndefault s := false\n\ns if r == 3\n',
    );
  });

  it('have a literal a line, and paragraphs', () => {
    check(
      'package a\np contains x if { some x in [1,2]; x>1 }\nq if {\n\n\n  input.a\n\n\n  input.b; input.c\n}',
      'package a\n\np contains x if {\n\tsome x in [1, 2]\n\tx > 1\n}\n\nq if {\n\tinput.a\n\n\tinput.b\n\tinput.c\n}\n',
    );
  });

  it('have else behind the brace, or on a line of its own', () => {
    check(
      'package a\nf(x) := 1 if { x == 1\n x > 0 } else := 2 if { x == 2 } else := 3',
      'package a\n\nf(x) := 1 if {\n\tx == 1\n\tx > 0\n} else := 2 if x == 2\n\nelse := 3\n',
    );
  });

  it('keep parentheses where a body would begin like a comprehension', () => {
    check(
      'package a\np if { (x|y) == z; (x|y) == z }',
      'package a\n\np if {\n\t(x | y) == z\n\tx | y == z\n}\n',
    );
  });

  it('put each condition of a comprehension on its line where one of them takes several', () => {
    check(
      'package a\np := [x | every y in x { y; y > 1 }; x]',
      'package a\n\np := [x |\n\tevery y in x {\n\t\ty\n\t\ty > 1\n\t}\n\tx\n]\n',
    );
  });

  it('keep braces where a bare body would begin with one', () => {
    check(
      'package a\np if { {1} == input.x }\nq if { not {1} == input.x }',
      'package a\n\np if {\n\t{1} == input.x\n}\n\nq if not {1} == input.x\n',
    );
  });

  it('keep with on its own line', () => {
    check(
      'package a\np if {\n q with input as 1\n   with data.x as 2\n}',
      'package a\n\np if {\n\tq with input as 1\n\t\twith data.x as 2\n}\n',
    );
  });

  it('quote what is no name', () => {
    check(
      'package a["b-c"].d\nimport data["x-y"].z\np := 1',
      'package a["b-c"].d\n\nimport data["x-y"].z\n\np := 1\n',
    );
  });
});

describe('collections', () => {
  it('stay on one line, or have a comma behind each element', () => {
    check('package a\np := [1,2 , 3]', 'package a\n\np := [1, 2, 3]\n');
    check(
      'package a\np := {"a":1,\n"b": [1,\n2], }',
      'package a\n\np := {\n\t"a": 1,\n\t"b": [\n\t\t1,\n\t\t2,\n\t],\n}\n',
    );
    check('package a\np := [\n  1, 2,\n  3\n]', 'package a\n\np := [\n\t1, 2,\n\t3,\n]\n');
    check('package a\np := f(1,\n2)', 'package a\n\np := f(\n\t1,\n\t2,\n)\n');
  });

  it('have comprehensions on one line or a literal a line', () => {
    check(
      'package a\np := {x|some x in y}\nq := [x|some x in y\nx>1]\nr := {k:v|\nsome k,v in y}',
      'package a\n\np := {x | some x in y}\n\nq := [x |\n\tsome x in y\n\tx > 1\n]\n\nr := {k: v |\n\tsome k, v in y\n}\n',
    );
  });
});

describe('comments', () => {
  it('stay where they stand', () => {
    const text = [
      '# first',
      '',
      '# METADATA',
      '# title: a',
      'package a # package',
      '',
      'import data.x # import',
      '',
      '# above p',
      'p := [ # open',
      '\t1, # one',
      '\t# before two',
      '\t2,',
      '\t# end',
      '] # close',
      '',
      'q if { # open',
      '\t# first',
      '\tp # p',
      '',
      '\t# last',
      '}',
      '',
      '# end',
      '',
    ].join('\n');
    check(text, text);
  });

  it('are not lost inside an expression', () => {
    check('package a\np := 1 + # one\n2\nq := 1', 'package a\n\np := 1 + 2\n\n# one\n\nq := 1\n');
  });
});

describe('statements', () => {
  it('are written in one way', () => {
    check(
      'package a\nallow   registry "a.b" ,"c.d"\ndeny tag "latest" because "x"\n\nx:require 2 signatures by [k.a,k.b]\n  for "a.b/**"   if {input.x}\nwarn image where {image.x;image.y}\nrequire 1 signature by k.a unless { a; b }',
      'package a\n\nallow registry "a.b", "c.d"\ndeny tag "latest" because "x"\n\nx: require 2 signatures by [k.a, k.b]\n\tfor "a.b/**" if input.x\n\nwarn image where { image.x; image.y }\nrequire 1 signatures by k.a unless { a; b }\n',
    );
  });

  it('keep the lines of their clauses and bodies', () => {
    const text =
      'package a\n\nrequire signature by {\n\t"issuer": "https://a",\n\t"subject": "b",\n} for "a.b"\n\nrequire sbom\n\twhere {\n\t\tsbom.x == 1 # one\n\t\tsbom.y\n\t}\n\tbecause "c"\n\nexempt "a", "b" from deny_tag, other until "2027-01-31" because "d"\n';
    check(text, text);
  });

  it('parse to the same tree', () => {
    const text =
      'package a\nrequire attestation data.t by data.k within "7d"\n for "a", data.b where predicate.x == 1 because sprintf("%s", [image.ref])\ndeny tag semver(">=1 <2"), regex(`^v\\d+$`), (a | b) unless {1} == x';
    const shape = (each: string) => shapeOf(parseModule(each, { version: 'v1', dialect: 'policy' }).module);
    expect(shape(format(text))).toEqual(shape(text));
  });
});

describe('terms', () => {
  it.each([
    '(1 + 2) * 3 - (4 - 5)',
    '1 + 2 * 3',
    'a - (b - c)',
    'a & (b | c) & d',
    'a & b | c & d',
    '[(a + b) | c]',
    '{(a + b): (c == d) | e}',
    '{(a | b)}',
    '[(a | b) | true]',
    '{"k": (a | b)}',
    'a == (b == c)',
    'a == b == c',
    '[1, (2 in [3]), (4, 5 in [6])]',
    '((1 in [2]) in [3])',
    '(1, 2 in [3])',
    '-1 - -2',
    'f(g(x)[0].y, "a\\n\\"b\\"", `raw\\d`)',
    '{x: [y | y = data.a[x]] | some x in {1, 2}}',
    '{"a": {}, "b": set(), "c": []}',
    '{1, 2}[x]',
    '$"a {b} \\{c} {count(d)}"',
    '[x | some x in xs; not x in ys; every y in zs { y > x }]',
    'input.a["b-c"][_].d',
  ])('%s', text => {
    const term = parsed(text);
    expect(printTerm(term)).toBe(text);
    expect(shapeOf(parsed(printTerm(term)))).toEqual(shapeOf(term));
  });

  it('made at random print to text that parses to the same tree', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let i = 0; i < 2_000; i++) {
      const term = randomTerm(random, 4);
      expect(shapeOf(parsed(printTerm(term))), printTerm(term)).toEqual(shapeOf(term));
    }
  });
});

function parsed(text: string): Term {
  const { term, problems } = parseTerm(text);
  expect(problems, text).toEqual([]);
  return term!;
}

const span = { start: 0, end: 0 };
const operators = ['==', '!=', '<', '<=', '>', '>=', '|', '&', '+', '-', '*', '/', '%'] as const;

function randomTerm(random: (below: number) => number, depth: number): Term {
  const inner = () => randomTerm(random, depth - 1);
  const leaf: Term = { kind: 'var', span, name: 'abc'[random(3)]! };
  if (depth === 0) return leaf;
  switch (random(8)) {
    case 0:
      return { kind: 'array', span, items: [inner(), inner()] };
    case 1:
      return { kind: 'set', span, items: [inner()] };
    case 2:
      return { kind: 'object', span, entries: [{ kind: 'entry', span, key: inner(), value: inner() }] };
    case 3:
      return { kind: 'call', span, function: { kind: 'var', span, name: 'f' }, args: [inner(), inner()] };
    case 4:
      return random(2) === 0
        ? { kind: 'membership', span, value: inner(), collection: inner() }
        : { kind: 'membership', span, key: leaf, value: inner(), collection: inner() };
    case 5: {
      const literal = { kind: 'expr', span, with: [], term: inner() } as const;
      return {
        kind: 'arrayComprehension',
        span,
        term: inner(),
        body: { kind: 'body', span, literals: [literal] },
      };
    }
    default:
      return {
        kind: 'infix',
        span,
        operator: operators[random(operators.length)]!,
        operatorSpan: span,
        left: inner(),
        right: inner(),
      };
  }
}

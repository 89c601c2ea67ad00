import { describe, expect, it } from 'vitest';
import { type ParseOptions, parseModule, parseQuery, parseTerm } from '../../grammar/index.ts';

/** Every construct once, to be broken in as many ways. */
const source = `# METADATA
package acme["x"].if
import data.lib as l
import input
default p := {"a": [1, -2.5e3], "b": set()}
p contains $"{x}: \\{{f(y)}" if { some k, v in {a: b | c := a.b[0]["d"](e)} ; not k in {1, 2} }
f(x, _) := x * (1 + 2) % 3 if { every i, j in xs { i != j } with input.x as {"y": 1} } else := null if x
q[x].r := \`raw\` if x == "\\u00e9" { y | z & w }
deny image where { image.tag } because "b" for "a", "c"
two: require 2 signatures by [k, l] unless input.dev
exempt "r" from deny_image until "2027-01-31" because $\`x{y}\`
not.x := [a | b, c] == [a | b]
`;

/** Deterministic numbers below a bound. */
function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return bound => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  '`',
  '$"',
  '|',
  ',',
  ':',
  ';',
  '\n',
  '.',
  '-',
  ' ',
  '\\',
  '#',
];
const words = [
  ':=',
  'if',
  'in',
  'some',
  'every',
  'else',
  'not',
  'with',
  'contains',
  'package',
  'for',
  '\ud800',
  '\0',
];

function mutated(text: string, next: (bound: number) => number): string {
  let result = text;
  for (let times = 1 + next(4); times > 0; times--) {
    const start = next(result.length);
    const end = Math.min(result.length, start + next(12));
    const insertion = [...pieces, ...words][next(pieces.length + words.length)]!;
    const kind = next(3);
    if (kind === 0) result = result.slice(0, start) + result.slice(end);
    else if (kind === 1) result = result.slice(0, start) + insertion + result.slice(start);
    else result = result.slice(0, start) + result.slice(start, end) + result.slice(start);
  }
  return result;
}

describe('any text', () => {
  it.each<ParseOptions>([
    { version: 'v1', dialect: 'policy' },
    { version: 'v1', dialect: 'rego' },
    { version: 'v0', dialect: 'rego' },
  ])('gives a module or problems within the text: %o', options => {
    const next = numbers(20261120);
    for (let round = 0; round < 3000; round++) {
      const text = mutated(source, next);
      const { module, problems } = parseModule(text, options);
      expect(module === undefined).toBe(problems.length > 0);
      for (const { span } of problems) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }
  });

  it('is no danger as a query or a term', () => {
    const next = numbers(7);
    for (let round = 0; round < 1000; round++) {
      const text = mutated(source, next).slice(next(source.length));
      expect(() => [parseQuery(text), parseTerm(text)]).not.toThrow();
    }
  });

  it('is parsed the same way twice', () => {
    const first = parseModule(source, { dialect: 'policy' });
    parseModule('package p\np := [');
    expect(parseModule(source, { dialect: 'policy' })).toEqual(first);
  });
});

import { describe, expect, it } from 'vitest';
import { Halt, SourceFile } from '../../src/base/index.ts';
import { checkPolicy } from '../../src/language/index.ts';
import { parseJson, stringify, toJson } from '../../src/values/index.ts';
import { evaluationOf } from '../evaluate/evaluated.ts';

/** A tenth of what is usual, so that the tests take a tenth of the time. */
const small = { steps: 2_000_000, resultSize: 400_000 };

/** How the evaluation of `p` ended: the code of the error, or `value`, with the limit that ran out. */
function ending(rules: string, input?: string, budget = small): string {
  const evaluation = evaluationOf(`package test\n${rules}`, {
    budget,
    ...(input !== undefined && { inputText: input }),
  });
  try {
    const value = evaluation.document(['test', 'p']);
    const said = evaluation.errors[0];
    if (value === undefined) return said ? said.code : 'undefined';
    stringify(value);
    toJson(value);
    return 'value';
  } catch (error) {
    if (error instanceof Halt) return `${error.code} ${error.limit}`;
    throw error;
  }
}

/** `x0` to `x60`, each holding the one before it twice: 60 small values that mean 2^60. */
function doubled(from: string, twice: (name: string) => string, letter = 'x'): string {
  const lines = Array.from({ length: 60 }, (_, i) => `${letter}${i + 1} := ${twice(`${letter}${i}`)}`);
  return [`${letter}0 := ${from}`, ...lines].join('\n');
}

const arrays = doubled('[1]', x => `[${x}, ${x}]`);
const others = doubled('[1]', x => `[${x}, ${x}]`, 'y');
const objects = doubled('{"a": 1}', x => `{"a": ${x}, "b": ${x}}`);
const keys = doubled('"a"', x => `{[${x}]: 1}`);
const sets = doubled('{1}', x => `{${x}, [${x}]}`);

describe('what would be too much ends with the name of a limit', () => {
  it.each([
    ['an array of shared parts given back', `${arrays}\np := x60`],
    ['an object of shared parts given back', `${objects}\np := x60`],
    ['a set of shared parts', `${sets}\np := x60`],
    ['shared parts as an element of a set', `${arrays}\np := count({x60})`],
    ['shared parts as a key', `${arrays}\np := count({x60: 1})`],
    ['keys of keys given back', `${keys}\np := x60`],
    ['keys of keys as JSON', `${keys}\np := count(json.marshal(x60))`],
    ['keys of keys as YAML', `${keys}\np := count(yaml.marshal(x60))`],
    ['shared parts compared', `${arrays}\n${others}\np if x60 == y60`],
    ['shared parts ordered', `${arrays}\n${others}\np if x60 < y60`],
    ['shared parts sorted', `${arrays}\n${others}\np := count(sort([x60, y60]))`],
    ['shared parts as JSON', `${arrays}\np := count(json.marshal(x60))`],
    [
      'shared parts as indented JSON',
      `${arrays}\np := count(json.marshal_with_options(x60, {"pretty": true}))`,
    ],
    ['shared parts as YAML', `${arrays}\np := count(yaml.marshal(x60))`],
    ['shared parts as text', `${arrays}\np := count(sprintf("%v", [x60]))`],
    ['shared parts in a template', `${arrays}\np := count($"{x60}")`],
    ['shared parts walked through', `${arrays}\np := count([1 | walk(x60, [_, _])])`],
    [
      'shared parts of objects joined',
      `${objects}\n${objects.replaceAll('x', 'z')}\np := count(object.union(x60, z60))`,
    ],
    ['shared parts filtered', `${objects}\np := json.filter(x60, ["a"])`],
    ['shared parts removed from', `${objects}\np := json.remove(x60, ["a/b"])`],
    [
      'shared parts patched',
      `${objects}\np := json.patch(x60, [{"op": "test", "path": "/a", "value": x59}])`,
    ],
    ['a range', 'p := numbers.range(0, 1000000000000)'],
    ['a range in steps', 'p := count(numbers.range_step(0, 1000000000000, 2))'],
    [
      'a product of comprehensions',
      'p := count([1 | some a in xs; some b in xs; some c in xs])\nxs := numbers.range(1, 1000)',
    ],
    [
      'a string doubled by concat',
      doubled('"0123456789"', x => `concat("", [${x}, ${x}])`).concat('\np := count(x60)'),
    ],
    [
      'a string grown by replace',
      doubled('"aaaa"', x => `replace(${x}, "a", "aa")`).concat('\np := count(x60)'),
    ],
    [
      'a string grown by strings.replace_n',
      doubled('"aaaa"', x => `strings.replace_n({"a": "aa"}, ${x})`).concat('\np := count(x60)'),
    ],
    [
      'a string grown by sprintf',
      doubled('"aaaa"', x => `sprintf("%s%s", [${x}, ${x}])`).concat('\np := count(x60)'),
    ],
    ['a string grown by a template', doubled('"aaaa"', x => `$"{${x}}{${x}}"`).concat('\np := count(x60)')],
    [
      'a string grown by regex.replace',
      doubled('"aaaa"', x => `regex.replace(${x}, "a", "aa")`).concat('\np := count(x60)'),
    ],
    [
      'base64 of base64',
      doubled('"aaaa"', x => `base64.encode(concat("", [${x}, ${x}]))`).concat('\np := count(x60)'),
    ],
    [
      'an array grown by array.concat',
      doubled('[1]', x => `array.concat(${x}, ${x})`).concat('\np := count(x60)'),
    ],
    [
      'objects joined',
      'p := object.union_n([o | some i in numbers.range(1, 3000); o := {sprintf("%d", [j]): i | some j in numbers.range(1, 3000)}])',
    ],
    ['a product of sets', 'p := count({[a, b] | some a in xs; some b in xs})\nxs := numbers.range(1, 4000)'],
  ])('%s', (_, rules) => {
    expect(ending(rules)).toMatch(/^eval_budget_error /u);
  });

  it.each([
    ['a number shifted', 'p := bits.lsh(1, 1000000000000)'],
    ['a number grown by multiplication', `${doubled('12345678901234567890', x => `${x} * ${x}`)}\np := x60`],
    ['a power of ten as a number', 'p := to_number("1e1000000000")'],
    [
      'a regular expression of nested repetitions',
      'p := regex.match("((((a{1000}){1000}){1000}){1000})", "a")',
    ],
    [
      'text that is nested too deeply',
      `p := json.unmarshal(concat("", [concat("", xs), concat("", ys)]))\nxs := ["[" | some _ in numbers.range(1, 100000)]\nys := ["]" | some _ in numbers.range(1, 100000)]`,
    ],
  ])('%s is an error of the function, or of the budget', (_, rules) => {
    expect(ending(rules)).toMatch(/^eval_(?:budget|builtin)_error/u);
  });

  it.each([
    ['(a*)*b', 'aaaaaaaaaa'],
    ['^(a|a)*$', 'aaaaaaaaab'],
    ['(.*a){20}', 'aaaaaaaaaa'],
    ['([a-z]+)+\\\\d', 'abcdefghij'],
  ])('the regular expression %s takes no time that grows with a power of its text', (pattern, text) => {
    const rules = `t := concat("", ["${text}" | some _ in numbers.range(1, 5000)])\np := regex.match("${pattern}", t)`;
    expect(ending(rules)).toMatch(/^(?:value|eval_budget_error)/u);
  });

  it('a glob of many stars', () => {
    const rules = `t := concat("", ["a" | some _ in numbers.range(1, 20000)])\np := glob.match("${'*a'.repeat(30)}b", [], t)`;
    expect(ending(rules)).toMatch(/^(?:value|eval_budget_error)/u);
  });

  it('the overlap of two globs of many stars', () => {
    expect(ending(`p := regex.globs_match("${'a*'.repeat(40)}b", "${'.*a+'.repeat(40)}c")`)).toMatch(
      /^(?:value|eval_b)/u,
    );
  });
});

describe('what is nested deeply', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  it('as an input of 10,000 levels is read, or refused as no JSON', () => {
    try {
      const value = parseJson(deep(10_000));
      expect(value).toBeDefined();
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
  });

  it.each([
    'p := input',
    'p := {input}',
    'p if input == json.unmarshal(json.marshal(input))',
    'p := count([1 | walk(input, [_, _])])',
    'p := json.marshal(input)',
    'p := sprintf("%v", [input])',
    'p := yaml.marshal(input)',
    'p := object.union({"a": input}, {"a": input})',
    'p := json.unmarshal(json.marshal(input))',
    'p := array.flatten(input)',
  ])('as an input ends %s', rules => {
    for (const levels of [400, 1_400]) {
      expect(ending(rules, deep(levels))).toMatch(/^(?:value|eval_b)/u);
    }
  });

  it.each([
    ['data.q[', ']'],
    ['data.t.r[', ']'],
    ['input[', ']'],
    ['{[', ']: 1}'],
    ['{{1: ', '}: 1}'],
  ])('as a policy of %j the work does not double at each level', (open, close) => {
    const levels = open.startsWith('{') ? 45 : 90;
    expect(ending(`p if ${open.repeat(levels)}1${close.repeat(levels)}`)).toMatch(/^(?:value|undefined)/u);
  });

  it('as a policy is one problem', () => {
    const shapes = [
      (n: number) => `p := ${'['.repeat(n)}${']'.repeat(n)}`,
      (n: number) => `p := ${'-('.repeat(n)}x${')'.repeat(n)}`,
      (n: number) => `p if ${'not '.repeat(n)}x`,
      (n: number) => `p if ${'{ x | '.repeat(n)}true${'}'.repeat(n)}`,
      (n: number) => `p := f${'(f'.repeat(n)}(1)${')'.repeat(n)}`,
      (n: number) => `p := 1${' + 1'.repeat(n)}`,
      (n: number) => `p := x${'.y'.repeat(n)}`,
      (n: number) => `p := 1 if false${' else := 1 if false'.repeat(n)}`,
    ];
    for (const shape of shapes) {
      for (const levels of [400, 20_000]) {
        const text = `package test\n${shape(levels)}\n`;
        const { diagnostics, checked } = checkPolicy([{ source: new SourceFile('deep.rego', text) }]);
        expect(checked === undefined).toBe(diagnostics.length > 0);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { Budget, Halt, limits } from '../../src/base/index.ts';
import { BuiltinError } from '../../src/builtins/index.ts';
import { ObjectValue, type Value } from '../../src/values/index.ts';
import { big, call, callIn, context, type Operand, set } from './agreement.ts';

/** Which limit a call runs into. */
function limitOf(name: string, ...operands: readonly Operand[]): string | undefined {
  try {
    call(name, ...operands);
  } catch (error) {
    if (error instanceof Halt) return error.limit;
    throw error;
  }
  return undefined;
}

function shared(depth: number): Value {
  let value: Value = ['a'];
  for (let i = 0; i < depth; i++) value = [value, value];
  return ObjectValue.of([['a', value]]);
}

/** `a` and `b` without a pattern, the same each time. */
function randomText(length: number): string {
  let seed = 1;
  let text = '';
  for (let i = 0; i < length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    text += seed >>> 31 === 0 ? 'a' : 'b';
  }
  return text;
}

describe('what takes long costs steps', () => {
  const long = 'ab'.repeat(100_000);
  const random = randomText(20_000);

  /** Steps that a call costs beyond its own, of an evaluation that has made it before. */
  function steps(name: string, ...operands: readonly Operand[]): number {
    const budget = new Budget();
    const within = context({ budget });
    callIn(within, name, ...operands);
    const before = budget.steps;
    callIn(within, name, ...operands);
    return before - budget.steps;
  }

  it.each<[string, readonly Operand[], number]>([
    ['startswith', [long, long], 6_000],
    ['endswith', [long, long], 6_000],
    ['trim', [long, 'ab'], 40_000],
    ['trim_space', [long], 40_000],
    ['trim_prefix', [long, long], 6_000],
    ['strings.reverse', [long], 60_000],
    ['upper', [long], 40_000],
    ['split', [long, 'z'], 6_000],
    ['concat', ['', [long, long]], 6_000],
    ['base64.encode', [long], 30_000],
    ['base64.is_valid', [long], 10_000],
    ['hex.encode', [long], 60_000],
    ['urlquery.encode', [long], 100_000],
    ['json.marshal', [[long]], 20_000],
    ['json.unmarshal', [`"${long}"`], 30_000],
    ['count', [long], 6_000],
    ['regex.match', ['(?:a|b)*a(?:a|b){200}[cd]', random], 400_000],
    ['regex.find_n', ['.*[yz]|.', random.slice(0, 500), -1], 30_000],
    ['glob.match', ['*a*a*a*a*c', [], long], 10_000],
    ['crypto.sha256', ['a'], 20],
    ['time.clock', [0], 20],
    ['and', [set(...Array(1000).keys()), set(...Array(1000).keys())], 1_000],
    ['minus', [set(...Array(1000).keys()), set(...Array(1000).keys())], 1_000],
    ['max', [Array(4000).fill(1)], 1_000],
    ['sum', [Array(4000).fill(1)], 1_000],
    ['sort', [Array(4000).fill(1)], 4_000],
    ['internal.member_2', [2, Array(8000).fill(1)], 1_000],
    ['to_number', ['9'.repeat(300)], 2],
  ])('%s', (name, operands, least) => {
    expect(steps(name, ...operands)).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['sprintf', ['(a{1,50}){1,10}%d'], 3_800],
    ['sprintf', ['[[:alpha:]\\p{L}]{1,900}%d'], 300],
  ] as const)('patterns that are made: %s(%j)', (_name, [format], most) => {
    const within = context();
    let made = 0;
    const compile = () => {
      for (; made < 5_000; made++) callIn(within, 'regex.is_valid', format.replace('%d', String(made)));
    };
    expect(compile).toThrow('steps');
    expect(made).toBeLessThan(most);
  });

  it('but what ordinary policies call costs little', () => {
    const reference = 'registry.acme.example/team/application:1.4.2';
    expect(steps('startswith', reference, 'registry.acme.example/')).toBeLessThan(4);
    expect(
      steps('regex.match', '^registry\\.acme\\.example/[a-z0-9/-]+:v?\\d+\\.\\d+$', reference),
    ).toBeLessThan(30);
    expect(steps('glob.match', 'registry.acme.example/*/*', ['/'], reference)).toBeLessThan(30);
    expect(steps('sprintf', '%s is denied', [reference])).toBeLessThan(10);
    expect(steps('split', reference, '/')).toBeLessThan(10);
  });
});

describe('built-in functions that make much out of little', () => {
  it.each<[string, string, readonly Operand[]]>([
    ['a range', 'numbers.range', [0, 1e12]],
    ['a range of large integers', 'numbers.range', [0, big('1e300')]],
    ['a range with steps', 'numbers.range_step', [0, 1e12, 2]],
    ['the text of shared arrays', 'sprintf', ['%v', [shared(60)]]],
  ])('stop at the size of results: %s', (_title, name, operands) => {
    expect(limitOf(name, ...operands)).toBe('resultSize');
  });

  it.each<[string, string, readonly Operand[]]>([
    ['padding', 'sprintf', ['%1000000d'.repeat(20), Array(20).fill(1)]],
    ['precision', 'sprintf', ['%.1000000f'.repeat(20), Array(20).fill(0.5)]],
    ['replacing', 'replace', ['a'.repeat(100_000), 'a', 'b'.repeat(1000)]],
    ['replacing many', 'strings.replace_n', [{ a: 'b'.repeat(1000) }, 'a'.repeat(100_000)]],
    ['joining', 'concat', ['b'.repeat(100_000), Array(1000).fill('a')]],
    ['a template', 'strings.render_template', ['{{range 1000000}}{{$.a}}{{end}}', { a: 'a'.repeat(1000) }]],
  ])('stop at the length of a string: %s', (_title, name, operands) => {
    expect(limitOf(name, ...operands)).toBe('stringLength');
  });

  it.each<[string, string, readonly Operand[]]>([
    ['an endless template', 'strings.render_template', ['{{range 1000000000000}}{{end}}', {}]],
    [
      'old texts that nearly match',
      'strings.replace_n',
      [{ [`${'a'.repeat(10_000)}b`]: '' }, 'a'.repeat(100_000)],
    ],
    ['runs that nearly match', 'object.subset', [Array(10_000).fill(0), [...Array(5_000).fill(0), 1]]],
    ['overlapping places', 'indexof_n', ['a'.repeat(200_000), 'a'.repeat(100_000)]],
  ])('stop at the number of steps: %s', (_title, name, operands) => {
    expect(limitOf(name, ...operands)).toBe('steps');
  });

  it.each<[string, string, readonly Operand[]]>([
    ['a shift', 'bits.lsh', [1, 1e12]],
    ['a product', 'mul', [big('1e30000'), big('7e30000')]],
    ['a product of many', 'product', [Array(100_000).fill(3)]],
    ['a small number', 'to_number', ['1e-99999999']],
    ['units', 'units.parse', ['1e999999K']],
    ['bytes', 'units.parse_bytes', ['1e-999999K']],
    ['nested branches', 'strings.render_template', ['{{if 1}}'.repeat(1000), {}]],
    [
      'nested templates',
      'strings.render_template',
      ['{{define "a"}}{{template "a"}}{{end}}{{template "a"}}', {}],
    ],
  ])('fail where a number or nesting is too large: %s', (_title, name, operands) => {
    expect(() => call(name, ...operands)).toThrow(BuiltinError);
  });

  it('charge what they make', () => {
    const charged = (name: string, ...operands: Operand[]) => {
      const budget = new Budget();
      callIn(context({ budget }), name, ...operands);
      return limits.resultSize - budget.resultSize;
    };
    expect(charged('numbers.range', 1, 1000)).toBe(1000);
    expect(charged('array.concat', [1, 2], [3])).toBe(3);
    expect(charged('or', set(1, 2), set(3))).toBe(3);
    expect(charged('concat', '', ['a'.repeat(640), 'b'.repeat(640)])).toBe(21);
  });

  it('compare many texts with many affixes', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `registry/${i}/app`);
    const others = Array.from({ length: 20_000 }, (_, i) => `mirror/${i}`);
    expect(call('strings.any_prefix_match', texts, others)).toBe(false);
    expect(call('strings.any_prefix_match', texts, [...others, 'registry/777/'])).toBe(true);
    expect(call('strings.any_suffix_match', texts, others)).toBe(false);
    expect(call('strings.any_suffix_match', texts, [...others, '/19999/app'])).toBe(true);
  });

  it('find long texts in linear time', () => {
    const almost = `${'a'.repeat(250_000)}b${'a'.repeat(250_000)}`;
    expect(call('contains', 'a'.repeat(1_000_000), almost)).toBe(false);
    expect(call('split', `x${almost}y`, almost)).toEqual(['x', 'y']);
    expect(call('strings.count', almost + almost, almost)).toBe(2);
    expect(call('indexof', `é😀${almost}`, almost)).toBe(2);
  });
});

describe('keys that JavaScript knows', () => {
  const objects = Object.fromEntries([['__proto__', 1] as const]);

  it('are plain data', () => {
    expect(call('object.get', {}, 'constructor', 'none')).toBe('none');
    expect(call('object.get', {}, ['__proto__', 'toString'], 'none')).toBe('none');
    expect(call('object.get', objects, '__proto__', 'none')).toBe(1);
    expect(call('strings.render_template', '{{.constructor}}{{.__proto__}}', objects)).toBe('<undefined>1');
    expect(call('sprintf', '%constructor', [1])).toBe('\u0001onstructor');
  });
});

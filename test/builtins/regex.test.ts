import { describe, expect, it } from 'vitest';
import { agreesWithOpa, call, callIn, context, set } from './agreement.ts';

agreesWithOpa('regular expressions and globs', [
  ['regex.match', ['a+b', 'xaab'], true],
  ['regex.match', ['^$', ''], true],
  ['regex.match', ['(', 'a'], undefined, 'eval_builtin_error'],
  ['regex.match', ['é.😀$', 'xéa😀'], true],
  ['regex.match', [1, 'a'], undefined, 'eval_type_error'],
  ['regex.split', ['a', 'banana'], ['b', 'n', 'n', '']],
  ['regex.split', ['', 'abc'], ['a', 'b', 'c']],
  ['regex.split', ['', ''], []],
  ['regex.split', ['a', ''], ['']],
  ['regex.split', ['a*', 'baaac'], ['b', 'c']],
  ['regex.split', ['x', 'abc'], ['abc']],
  ['regex.split', ['b*', 'abbabb'], ['a', 'a', '']],
  ['regex.split', ['^', 'abc'], ['abc']],
  ['regex.split', [',', ',a,'], ['', 'a', '']],
  ['regex.find_n', ['a.', 'abacad', 2], ['ab', 'ac']],
  ['regex.find_n', ['a.', 'abacad', -1], ['ab', 'ac', 'ad']],
  ['regex.find_n', ['a.', 'abacad', 0], []],
  ['regex.find_n', ['a*', 'baaac', -1], ['', 'aaa', '']],
  ['regex.find_n', ['a*', 'baaac', 1.5], undefined, 'eval_type_error'],
  ['regex.find_n', ['x', 'b', -1], []],
  [
    'regex.find_all_string_submatch_n',
    ['a(x*)b(y|z)?c', '-axxxbyc-abzc-abc-', -1],
    [
      ['axxxbyc', 'xxx', 'y'],
      ['abzc', '', 'z'],
      ['abc', '', ''],
    ],
  ],
  [
    'regex.find_all_string_submatch_n',
    ['a(x*)b(y|z)?c', '-axxxbyc-abzc-abc-', 2],
    [
      ['axxxbyc', 'xxx', 'y'],
      ['abzc', '', 'z'],
    ],
  ],
  ['regex.find_all_string_submatch_n', ['q', 'a', -1], []],
  ['regex.find_all_string_submatch_n', ['', 'é😀', -1], [[''], [''], ['']]],
  ['regex.replace', ['foo', '^[a-z]', 'F'], 'Foo'],
  ['regex.replace', ['-ab-axxb-', 'a(x*)b', '$1'], '--xx-'],
  ['regex.replace', ['-ab-axxb-', 'a(x*)b', '$1W'], '---'],
  ['regex.replace', ['-ab-axxb-', 'a(x*)b', '\u0024{1}W'], '-W-xxW-'],
  [
    'regex.replace',
    ['-ab-axxb-', 'a(?P<n>x*)b', '$n-$$-\u0024{n}-$x-$-$1-$01-\u0024{ab'],
    '--$---$---\u0024{ab-xx-$-xx--$-xx--\u0024{ab-',
  ],
  ['regex.replace', ['abc', '', '-'], '-a-b-c-'],
  ['regex.replace', ['abc', 'x*', '-'], '-a-b-c-'],
  ['regex.replace', ['baaac', 'a*', 'x'], 'xbxcx'],
  ['regex.replace', ['a', '(', 'x'], undefined, 'eval_builtin_error'],
  ['regex.template_match', ['urn:foo:{.*}', 'urn:foo:bar:baz', '{', '}'], true],
  ['regex.template_match', ['urn:foo:<[0-9]+>', 'urn:foo:12', '<', '>'], true],
  ['regex.template_match', ['urn:foo:{.*', 'urn', '{', '}'], undefined, 'eval_builtin_error'],
  ['regex.template_match', ['urn:foo:{.*}', 'urn', '{{', '}'], undefined, 'eval_builtin_error'],
  ['regex.template_match', ['a.b{c}', 'axbc', '{', '}'], false],
  ['regex.template_match', ['a{(}', 'axbc', '{', '}'], undefined, 'eval_builtin_error'],
  ['regex.template_match', ['a{b{2}}', 'abb', '{', '}'], true],
  ['regex.template_match', ['a}{', 'abb', '{', '}'], undefined, 'eval_builtin_error'],
  ['regex.template_match', ['a{b|c}d', 'a{b|c}d', '{', '}'], false],
  ['regex.is_valid', ['a('], false],
  ['regex.is_valid', ['a'], true],
  ['regex.is_valid', [1], false],
  ['regex.globs_match', ['a.a.[0-9]+z', 'b.b*'], false],
  ['regex.globs_match', ['[a-z]+', '[0-9]*'], false],
  ['regex.globs_match', ['[pqrs]+', '[a-p]+'], true],
  ['regex.globs_match', ['a*c', 'b*c'], false],
  ['regex.globs_match', ['', ''], true],
  ['regex.globs_match', ['', 'a'], false],
  ['regex.globs_match', ['', 'a*'], false],
  ['regex.globs_match', ['[]', '.'], true],
  ['regex.globs_match', ['[', '.'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['*', '.'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['a-b', 'a-b'], true],
  ['regex.globs_match', ['[a-]', 'a'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['[-a]', 'a'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['[a-b-c]', 'c'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['[b-a]', 'c'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['a\\', 'c'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['a\\*', 'a*'], false],
  ['regex.globs_match', ['a\\*', 'a.'], true],
  ['regex.globs_match', ['a*a+b', 'aaab'], true],
  ['regex.globs_match', ['x*y*z*', 'xyz'], true],
  ['regex.globs_match', ['a+', 'a*b'], false],
  ['regex.globs_match', ['abc*', 'abd*'], false],
  ['regex.globs_match', ['ab]', 'ab'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['.*x.*y', '.*y.*x'], false],
  ['regex.globs_match', ['[\\]]', ']'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['[a\\-z]', 'm'], false],
  ['regex.globs_match', ['[+]', '+'], undefined, 'eval_builtin_error'],
  ['regex.globs_match', ['a++', 'a'], undefined, 'eval_builtin_error'],
  ['glob.match', ['*.github.com', [], 'api.github.com'], true],
  ['glob.match', ['*.github.com', null, 'api.cdn.github.com'], true],
  ['glob.match', ['*hub.com', ['.'], 'api.cdn.github.com'], false],
  ['glob.match', ['*:github:com', [':'], 'api:github:com'], true],
  ['glob.match', ['api.**.com', ['.'], 'api.github.com'], true],
  ['glob.match', ['api.**.com', ['.'], 'api.cdn.github.com'], true],
  ['glob.match', ['?at', ['f'], 'fat'], false],
  ['glob.match', ['?at', ['f'], 'cat'], true],
  ['glob.match', ['[abc]at', [], 'bat'], true],
  ['glob.match', ['[!abc]at', [], 'bat'], false],
  ['glob.match', ['[!abc]at', [], 'dat'], true],
  ['glob.match', ['[a-c]at', [], 'bat'], true],
  ['glob.match', ['[!a-c]at', [], 'zat'], true],
  ['glob.match', ['{cat,bat,[fr]at}', [], 'rat'], true],
  ['glob.match', ['{cat,bat,[fr]at}', [], 'zat'], false],
  ['glob.match', ['{a,b', [], 'a'], undefined, 'eval_builtin_error'],
  ['glob.match', ['a}', [], 'a}'], true],
  ['glob.match', ['a,b', [], 'a,b'], true],
  ['glob.match', ['{a,b{c,d}e,}', [], 'bde'], true],
  ['glob.match', ['{a,b{c,d}e,}', [], ''], true],
  ['glob.match', ['{}', [], ''], true],
  ['glob.match', ['{}a', [], 'a'], true],
  ['glob.match', ['[]', [], ''], undefined, 'eval_builtin_error'],
  ['glob.match', ['[a', [], ''], undefined, 'eval_builtin_error'],
  ['glob.match', ['[!]', [], ''], undefined, 'eval_builtin_error'],
  ['glob.match', ['[!!]', [], 'a'], true],
  ['glob.match', ['[!!]', [], '!'], false],
  ['glob.match', ['[a-]', [], '-'], undefined, 'eval_builtin_error'],
  ['glob.match', ['[-a]', [], '-'], true],
  ['glob.match', ['[a-z0]', [], 'b'], undefined, 'eval_builtin_error'],
  ['glob.match', ['[ab-d]', [], 'c'], false],
  ['glob.match', ['[ab-d]', [], '-'], true],
  ['glob.match', ['[c-a]', [], 'b'], undefined, 'eval_builtin_error'],
  ['glob.match', ['\\*', [], '*'], true],
  ['glob.match', ['\\*', [], 'a'], false],
  ['glob.match', ['a\\', [], 'a'], undefined, 'eval_builtin_error'],
  ['glob.match', ['[\\]]', [], ']'], true],
  ['glob.match', ['[\\\\]', [], '\\'], true],
  ['glob.match', ['[^a]', [], '^'], true],
  ['glob.match', ['[^a]', [], 'b'], false],
  ['glob.match', ['**', ['/'], 'a/b'], true],
  ['glob.match', ['***', ['/'], 'a/b'], true],
  ['glob.match', ['*', ['/'], 'a\nb'], true],
  ['glob.match', ['*', ['/', 'é'], 'aéb'], false],
  ['glob.match', ['*', ['//'], 'a'], undefined, 'eval_type_error'],
  ['glob.match', ['*', [''], 'a'], undefined, 'eval_type_error'],
  ['glob.match', ['*', [1], 'a'], undefined, 'eval_type_error'],
  ['glob.match', ['*', set('.'), 'a'], undefined, 'eval_type_error'],
  ['glob.match', ['a.b+c(d)|e^$', [], 'a.b+c(d)|e^$'], true],
  ['glob.match', ['?', [], '😀'], true],
  ['glob.match', ['?', [], ''], false],
  ['glob.match', ['', '', ''], undefined, 'eval_type_error'],
  ['glob.match', ['', [], ''], true],
  ['glob.match', ['[*]', [], '*'], true],
  ['glob.match', ['{*,a}', ['.'], 'b.c'], false],
  ['glob.match', ['{[,]}', [], ','], true],
  ['glob.match', ['{a\\,b}', [], 'a,b'], true],
  ['glob.match', ['{a\\}b}', [], 'a}b'], true],
  ['glob.match', ['[]a]', [], ']a]'], undefined, 'eval_builtin_error'],
  ['glob.match', ['[a]]', [], 'a]'], true],
  ['glob.match', ['!a', [], '!a'], true],
  ['glob.match', ['[--a]', [], 'A'], true],
  ['glob.match', ['[\\-a]', [], '-'], false],
  ['glob.match', ['[!-a]', [], '-'], false],
  ['glob.match', ['[!-a]', [], 'b'], true],
  ['glob.match', ['[!---]', [], 'b'], true],
  ['glob.quote_meta', ['*.domain.com?[a]{b}\\,!-'], '\\*.domain.com\\?\\[a\\]\\{b\\}\\\\,!-'],
]);

describe('hostile patterns', () => {
  it('end fast where a backtracking engine would not', () => {
    const text = `${'a'.repeat(50_000)}!`;
    expect(call('regex.match', '^(a+)+$', text)).toBe(false);
    expect(call('regex.match', '(a|aa)+$', text)).toBe(false);
    expect(call('glob.match', '*a*a*a*a*a*a*a*a*b', null, text)).toBe(false);
    expect(call('regex.globs_match', `${'.*a'.repeat(60)}b`, `${'.*b'.repeat(60)}a`)).toBeTypeOf('boolean');
  });

  it('cost steps in proportion to the text', () => {
    const within = context();
    callIn(within, 'regex.match', 'x', 'a');
    const before = within.budget.steps;
    callIn(within, 'regex.match', 'x', 'a'.repeat(16_000));
    expect(before - within.budget.steps).toBe(1005);
  });

  it('cost steps for their size once, whatever has been compiled before', () => {
    const costs = (within = context()) => {
      const before = within.budget.steps;
      callIn(within, 'regex.match', '(a{1,50}){1,10}x', 'b');
      return before - within.budget.steps;
    };
    const within = context();
    expect(costs(within)).toBeGreaterThan(5_000);
    expect(costs(within)).toBeLessThan(20);
    expect(costs()).toBeGreaterThan(5_000);
  });

  it('may name a group like a property of every object', () => {
    expect(call('regex.replace', 'ab', '(?P<constructor>a)', '[$constructor$toString]')).toBe('[a]b');
  });
});

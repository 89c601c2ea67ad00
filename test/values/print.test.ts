import { describe, expect, it } from 'vitest';
import { ObjectValue, parseJson, quote, quoteWith, SetValue, toRego } from '../../src/values/index.ts';

describe('a value as Rego text', () => {
  it.each([
    ['null', null],
    ['true', true],
    ['1.5', 1.5],
    ['12345678901234567890', parseJson('12345678901234567890')],
    ['"a"', 'a'],
    ['[]', []],
    ['[1, ["a"]]', [1, ['a']]],
    ['{}', ObjectValue.empty],
    ['{"a": [1], "b": null}', parseJson('{"b": null, "a": [1]}')],
    ['{[1]: {2: 3}}', ObjectValue.of([[[1], ObjectValue.of([[2, 3]])]])],
    ['set()', SetValue.empty],
    ['{1, "a", {2}}', SetValue.of(['a', SetValue.of([2]), 1])],
  ])('%s', (text, value) => {
    expect(toRego(value)).toBe(text);
  });

  it('tells of its length before it is made', () => {
    let length = 0;
    const text = toRego(parseJson('{"a": [1, true, "b"]}'), more => {
      length += more;
    });
    expect(length).toBeGreaterThan(text.length / 2);
    expect(() =>
      toRego([['deep']], () => {
        throw new Error('enough');
      }),
    ).toThrow('enough');
  });
});

describe('a quoted text', () => {
  it.each([
    ['plain', '"plain"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\n\r\t\v\f\b\x07', '"\\n\\r\\t\\v\\f\\b\\a"'],
    ['\0\x1f\x7f', '"\\x00\\x1f\\x7f"'],
    ['é😀', '"é😀"'],
    ['\u200b\u00ad\u00a0\ufeff', '"\\u200b\\u00ad\\u00a0\\ufeff"'],
    ['\u{e0001}', '"\\U000e0001"'],
  ])('is escaped as Go escapes it: %j', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });

  it('may be ASCII alone, or between other marks', () => {
    expect(quote('é😀', true)).toBe('"\\u00e9\\U0001f600"');
    expect(quoteWith(`'"`, "'", false)).toBe(`'\\'"'`);
  });
});

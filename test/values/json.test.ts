import { describe, expect, it } from 'vitest';
import {
  BigNumber,
  isObject,
  ObjectValue,
  parseJson,
  parseNumber,
  printNumber,
  SetValue,
  stringify,
  toJson,
} from '../../src/values/index.ts';

describe('JSON', () => {
  it.each([
    ['null', 'null'],
    ['{"b": [1, -2.5, "a", true], "a": {}}', '{"a":{},"b":[1,-2.5,"a",true]}'],
    ['[12345678901234567890, 0.12345678901234567890123]', '[12345678901234567890,0.12345678901234567890123]'],
    ['[1.0, -0, 1e3, 1E-2]', '[1,0,1000,0.01]'],
    ['{"__proto__": 1, "constructor": 2}', '{"__proto__":1,"constructor":2}'],
    ['{"a": 1, "a": 2}', '{"a":2}'],
  ])('is read and written: %s', (text, written) => {
    expect(stringify(parseJson(text))).toBe(written);
  });

  it.each(['', '{', '[1,]', '01', 'NaN', "'a'"])('is refused where it is none: %j', text => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('makes no prototype of a key', () => {
    const value = parseJson('{"__proto__": {"polluted": true}}');
    expect(isObject(value) && value.get('polluted')).toBeUndefined();
    const json = toJson(value) as object;
    expect(Object.keys(json)).toEqual(['__proto__']);
    expect('polluted' in json).toBe(false);
  });

  it('writes sets as arrays, and keys that are no strings as their text', () => {
    expect(stringify(SetValue.of(['b', 'a']))).toBe('["a","b"]');
    expect(stringify(ObjectValue.of([[[1], 2]]))).toBe('{"[1]":2}');
    expect(toJson(SetValue.of([2, 1]))).toEqual([1, 2]);
  });
});

describe('numbers', () => {
  it('are doubles where these print them exactly', () => {
    expect(parseNumber('0.1')).toBe(0.1);
    expect(parseNumber('1e21')).toBe(1e21);
    expect(parseNumber('9007199254740993')).toBeInstanceOf(BigNumber);
    expect(parseNumber('0.1000000000000000055')).toBeInstanceOf(BigNumber);
    expect(parseNumber('abc')).toBeUndefined();
  });

  it('of very many digits are refused in JSON text', () => {
    expect(stringify(parseJson('9'.repeat(10_000)))).toBe('9'.repeat(10_000));
    expect(() => parseJson(`[${'9'.repeat(10_001)}]`)).toThrow(SyntaxError);
  });

  it('of sixteen digits about a point are read exactly', () => {
    expect(stringify(parseJson('[900719925474099.3, 12345678.12345678, 1.5]'))).toBe(
      '[900719925474099.3,12345678.12345678,1.5]',
    );
  });

  it.each([
    ['1e21', '1000000000000000000000'],
    ['1.5e-7', '1.5e-7'],
    ['-123456789012345678901.5', '-123456789012345678901.5'],
    ['0.00012345678901234567891', '0.00012345678901234567891'],
    ['1e-400', '1e-400'],
    ['1.25e500', '1.25e500'],
  ])('print: %s', (text, printed) => {
    expect(printNumber(parseNumber(text)!)).toBe(printed);
  });
});

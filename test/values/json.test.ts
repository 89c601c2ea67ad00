import { describe, expect, it } from 'vitest';
import { Halt, limits } from '../../src/base/index.ts';
import {
  BigNumber,
  compare,
  equals,
  hash,
  isObject,
  measure,
  metered,
  ObjectValue,
  parseJson,
  parseNumber,
  printNumber,
  SetValue,
  stringify,
  toJson,
  toRego,
  type Value,
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

describe('keys that hold keys', () => {
  const nested = (levels: number): Value =>
    Array.from({ length: levels }).reduce<Value>(key => ObjectValue.of([[[key], 1]]), 'a');

  /** How writing ends: with a text, or a Halt and its limit. */
  const ending = (write: (value: Value) => unknown, value: Value): string => {
    try {
      write(value);
      return 'text';
    } catch (error) {
      if (error instanceof Halt) return error.limit!;
      throw error;
    }
  };

  it.each([
    ['text', stringify],
    ['plain JSON', toJson],
  ])('are written as %s, or end with the limit of a text', (_, write) => {
    for (const levels of [1, 2, 10]) expect(ending(write, nested(levels))).toBe('text');
    for (const levels of [40, 200]) expect(ending(write, nested(levels))).toBe('stringLength');
  });

  it('are beyond the size of a result before their text is beyond the limit', () => {
    const bounds = { size: limits.resultSize, depth: 1_000 };
    for (let levels = 1; levels < 60; levels++) {
      if (measure(nested(levels), bounds) === 'size') continue;
      expect([levels, ending(stringify, nested(levels))]).toEqual([levels, 'text']);
    }
    expect(measure(nested(10), bounds)).toBeUndefined();
    expect(measure(nested(60), bounds)).toBe('size');
  });

  it('cost no more at each level where nothing is written', () => {
    const steps = (levels: number): number => {
      let left = 0;
      metered(
        1_000_000,
        () => {
          equals(nested(levels), nested(levels));
          compare(nested(levels), nested(levels + 1));
          hash(nested(levels));
          toRego(nested(levels));
        },
        rest => {
          left = rest;
        },
      );
      return 1_000_000 - left;
    };
    expect(steps(200)).toBeLessThan(16 * steps(50));
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

import { describe, expect, it } from 'vitest';
import {
  compare,
  compareDecimals,
  equals,
  hash,
  ObjectBuilder,
  ObjectValue,
  parseDecimal,
  parseJson,
  parseNumber,
  SetBuilder,
  SetValue,
  typeName,
  type Value,
} from '../../src/values/index.ts';

/** In Rego's order, each before the next. */
const ordered: readonly Value[] = [
  null,
  false,
  true,
  parseNumber('-1e400')!,
  -1,
  0,
  0.1,
  parseNumber('0.10000000000000000001')!,
  2,
  parseNumber('18446744073709551616')!,
  parseNumber('18446744073709551617')!,
  parseNumber('1e400')!,
  '',
  'a',
  'aa',
  'b',
  '\uffff',
  '😀',
  [],
  [1],
  [1, 2],
  [2],
  ObjectValue.empty,
  ObjectValue.of([['a', 1]]),
  ObjectValue.of([['a', 2]]),
  ObjectValue.of([['b', 0]]),
  SetValue.empty,
  SetValue.of([1]),
  SetValue.of([1, 2]),
  SetValue.of([2]),
];

describe('the order of values', () => {
  it('is total', () => {
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) {
        expect(Math.sign(compare(a, b)), `${hash(a)} and ${hash(b)}`).toBe(Math.sign(i - j));
        expect(equals(a, b)).toBe(i === j);
        expect(hash(a) === hash(b)).toBe(i === j);
      }
    }
  });

  it('knows equal values by their content', () => {
    const text = '{"b": [1, {"c": 12345678901234567890}], "a": null}';
    expect(equals(parseJson(text), parseJson(text))).toBe(true);
    expect(compare(parseJson(text), parseJson(text))).toBe(0);
    expect(hash(parseJson(text))).toBe(hash(parseJson(text)));
  });

  it('does not expand large exponents', () => {
    const [a, b] = [parseDecimal('1e999999999')!, parseDecimal('2e-999999999')!];
    expect(Math.sign(compareDecimals(a, b))).toBe(1);
    expect(Math.sign(compareDecimals(b, a))).toBe(-1);
  });
});

describe('collections', () => {
  it('take any value as a key or element, once', () => {
    const builder = new ObjectBuilder();
    const keys: Value[] = [
      '__proto__',
      'constructor',
      1,
      '1',
      null,
      [1],
      SetValue.of([1]),
      ObjectValue.empty,
    ];
    for (const [i, key] of keys.entries()) builder.set(key, i);
    for (const key of [[1], SetValue.of([1])]) builder.set(key, 'again');
    const object = builder.build();
    expect(object.size).toBe(keys.length);
    expect(object.get('__proto__')).toBe(0);
    expect(object.get('toString')).toBeUndefined();
    expect(object.get([1])).toBe('again');
    expect(object.keys()).toEqual(keys.toSorted(compare));
  });

  it('keep the elements of a set in order, once', () => {
    const builder = new SetBuilder();
    expect([2, 1, 2, [1], [1]].map(item => builder.add(item))).toEqual([true, true, false, true, false]);
    expect(builder.build().items()).toEqual([1, 2, [1]]);
  });

  it('name their types', () => {
    const values = [null, true, 1, parseNumber('1e400')!, '', [], ObjectValue.empty, SetValue.empty];
    expect(values.map(typeName)).toEqual([
      'null',
      'boolean',
      'number',
      'number',
      'string',
      'array',
      'object',
      'set',
    ]);
  });
});

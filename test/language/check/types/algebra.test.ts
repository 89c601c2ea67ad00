import { describe, expect, it } from 'vitest';
import { describe as inWords } from '../../../../src/language/check/types/describe.ts';
import { overlap } from '../../../../src/language/check/types/overlap.ts';
import { schemaType } from '../../../../src/language/check/types/schema.ts';
import { keysOf, select, valuesOf } from '../../../../src/language/check/types/selection.ts';
import {
  any,
  arrayType,
  boolean,
  join,
  number,
  objectType,
  same,
  setType,
  string,
  type Type,
  typeOfValue,
} from '../../../../src/language/check/types/type.ts';
import { ObjectValue, SetValue } from '../../../../src/values/index.ts';

const pair = arrayType([number, string]);
const record = objectType([{ key: 'a', value: number }]);
const dictionary = objectType([], { key: string, value: number });

describe('join', () => {
  it('is one of both, each once', () => {
    const both = join(number, string)!;
    expect(inWords(both)).toBe('number or string');
    expect(join(both, number)).toStrictEqual(both);
    expect(join(both, any)).toBe(any);
    expect(join(undefined, number)).toBe(number);
  });

  it('does not care for order', () => {
    expect(same(join(number, string), join(string, number))).toBe(true);
    expect(same(join(number, string), join(boolean, number))).toBe(false);
  });
});

describe('overlap', () => {
  it.each<[Type, Type, boolean]>([
    [number, number, true],
    [number, string, false],
    [any, pair, true],
    [join(number, string)!, string, true],
    [pair, arrayType([number, string]), true],
    [pair, arrayType([number]), false],
    [pair, arrayType([], number), false],
    [arrayType([], string), arrayType([], number), false],
    [record, dictionary, true],
    [record, objectType([{ key: 'b', value: number }]), false],
    [record, objectType([], { key: string, value: boolean }), false],
    [setType(number), setType(string), false],
    [setType(undefined), setType(string), true],
  ])('%#', (a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
    expect(overlap(b, a)).toBe(expected);
  });
});

describe('selection', () => {
  it('finds keys and what stands at them', () => {
    expect(select(record, 'a')).toBe(number);
    expect(select(record, 'b')).toBeUndefined();
    expect(select(dictionary, 'b')).toBe(number);
    expect(select(dictionary, 1)).toBeUndefined();
    expect(select(pair, 1)).toBe(string);
    expect(select(pair, 2)).toBeUndefined();
    expect(select(string, 'a')).toBeUndefined();
    expect(keysOf(pair)).toBe(number);
    expect(keysOf(string)).toBeUndefined();
    expect(inWords(valuesOf(pair))).toBe('number or string');
  });

  it('takes keys such as __proto__ as they come', () => {
    const type = typeOfValue(ObjectValue.of([['__proto__', 1]]));
    expect(select(type, '__proto__')).toBe(number);
    expect(select(type, 'constructor')).toBeUndefined();
  });
});

describe('types of values', () => {
  it.each([
    [[1, 'a'], 'array [number, string]'],
    [SetValue.of([1, 'a']), 'set of number or string'],
    [ObjectValue.of([['k', true]]), 'object {"k": boolean}'],
    [null, 'null'],
  ] as const)('%s', (value, text) => {
    expect(inWords(typeOfValue(value))).toBe(text);
  });

  it('are any where they would be too large to compare', () => {
    expect(typeOfValue(Array.from({ length: 30_000 }, (_, i) => i))).toBe(any);
    let type: Type = number;
    for (let i = 0; i < 64; i++) type = arrayType([type, type]);
    expect(type.size).toBeLessThan(20_001);
  });
});

describe('schemas', () => {
  it.each([
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string'],
    [{ type: 'object' }, 'object of any value'],
    [{ properties: { a: { type: 'boolean' } } }, 'object {"a": boolean}'],
    [{ items: { type: 'string' } }, 'array of string'],
    [{ items: [{ type: 'string' }, {}] }, 'array [string, any value]'],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'string or number'],
    [
      { allOf: [{ properties: { a: {} } }, { properties: { b: {} } }] },
      'object {"a": any value, "b": any value}',
    ],
    [{ $defs: { s: { type: 'string' } }, items: { $ref: '#/$defs/s' } }, 'array of string'],
    [{ properties: { next: { $ref: '#' } } }, 'object {"next": object {"next": any value}}'],
    [true, 'any value'],
  ])('%j', (schema, text) => {
    const type = schemaType(schema);
    expect(typeof type === 'string' ? type : inWords(type)).toBe(text);
  });

  it.each([
    [{ type: 'text' }, 'the schema has the unknown type "text"'],
    [
      { $ref: 'https://acme.example/schema' },
      'the schema refers to https://acme.example/schema, which is not in it',
    ],
    [{ $ref: '#/$defs/__proto__' }, 'the schema refers to #/$defs/__proto__, which is not in it'],
    [
      { allOf: [{ type: 'string' }, { type: 'number' }] },
      'the parts of allOf have different types: string and number',
    ],
    [3, 'a schema is an object'],
  ])('%j cannot be read', (schema, message) => {
    expect(schemaType(schema)).toBe(message);
  });
});

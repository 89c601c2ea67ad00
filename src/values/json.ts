import { Halt, limits } from '../base/index.ts';
import { BigNumber } from './big-number.ts';
import { spend } from './meter.ts';
import { parseNumber, printNumber } from './number.ts';
import { ObjectBuilder, ObjectValue } from './object-value.ts';
import { SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/** What `JSON.parse` gives. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** A Rego value from parsed JSON. Own properties only; any key is plain data. */
export function fromJson(json: Json): Value {
  if (json === null || typeof json !== 'object') return Object.is(json, -0) ? 0 : json;
  if (isJsonArray(json)) {
    const items = new Array<Value>(json.length);
    for (let i = 0; i < items.length; i++) items[i] = fromJson(json[i]!);
    return items;
  }
  const builder = new ObjectBuilder();
  for (const key of Object.keys(json)) builder.set(key, fromJson(json[key]!));
  return builder.build();
}

/** Digits that a double may lose; seen in a text, every number is read with its exact text. */
const LONG_NUMBER = /(?:\d\.?){16}|\d\.?\d*[eE]/u;

/**
 * A Rego value from JSON text, numbers beyond doubles kept exactly.
 * Throws SyntaxError where the text is not JSON, nested deeper than the stack, or holds a number longer than
 * `limits.numberDigits`.
 */
export function parseJson(text: string): Value {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError('JSON text is nested too deeply');
    throw error;
  }
}

function readJson(text: string): Value {
  if (!LONG_NUMBER.test(text)) return fromJson(JSON.parse(text) as Json);
  const numbers = new WeakMap<object, number | BigNumber>();
  const parsed = JSON.parse(text, exactNumbers(numbers)) as Json;
  return fromExact(parsed, numbers);
}

/** Objects that stand for numbers while the reviver runs; no JSON text can make one that `numbers` knows. */
function exactNumbers(numbers: WeakMap<object, number | BigNumber>) {
  return (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
    if (typeof value !== 'number' || context?.source === undefined) return value;
    if (context.source.length > limits.numberDigits)
      throw new SyntaxError(`a number has more than ${limits.numberDigits} digits`);
    const exact = parseNumber(context.source);
    if (!(exact instanceof BigNumber)) return exact;
    const stand = {};
    numbers.set(stand, exact);
    return stand;
  };
}

function fromExact(json: Json, numbers: WeakMap<object, number | BigNumber>): Value {
  if (json === null || typeof json !== 'object') return Object.is(json, -0) ? 0 : json;
  const exact = numbers.get(json);
  if (exact !== undefined) return exact;
  if (isJsonArray(json)) return json.map(item => fromExact(item, numbers));
  const builder = new ObjectBuilder();
  for (const key of Object.keys(json)) builder.set(key, fromExact(json[key]!, numbers));
  return builder.build();
}

/**
 * Plain JSON of a value: sets become sorted arrays, a key that is no string its JSON text, a number
 * beyond doubles the nearest double. Objects have no prototype, so that `__proto__` is a key.
 * Throws what `stringify` throws.
 */
export function toJson(value: Value): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof BigNumber) return Number(printNumber(value));
  if (value instanceof SetValue) return value.items().map(toJson);
  if (!(value instanceof ObjectValue)) return value.map(toJson);
  const json: Record<string, Json> = Object.create(null);
  for (const [key, item] of value.entries()) json[keyText(key)] = toJson(item);
  return json;
}

/**
 * JSON text of a value, keys in order, numbers exact. Throws a Halt where the text of a key is longer than
 * `limits.stringLength`: keys that hold keys double it at every level.
 */
export function stringify(value: Value): string {
  if (typeof value === 'number' || value instanceof BigNumber) return printNumber(value);
  if (typeof value === 'string') {
    spend(value.length >> 4);
    return JSON.stringify(value.toWellFormed());
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  spend(1);
  if (value instanceof SetValue) return stringifyList(value.items());
  return value instanceof ObjectValue ? stringifyObject(value) : stringifyList(value);
}

function stringifyList(items: readonly Value[]): string {
  const texts: string[] = [];
  for (const item of items) texts.push(stringify(item));
  return `[${texts.join(',')}]`;
}

function stringifyObject(value: ObjectValue): string {
  const entries: string[] = [];
  for (const [key, item] of value.entries()) entries.push(`${stringify(keyText(key))}:${stringify(item)}`);
  return `{${entries.join(',')}}`;
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  const text = stringify(key);
  if (text.length <= limits.stringLength) return text;
  throw new Halt(
    'eval_budget_error',
    `the text of a key is longer than ${limits.stringLength} characters`,
    'stringLength',
  );
}

function isJsonArray(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

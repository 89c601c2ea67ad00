import {
  isArray,
  isObject,
  isSet,
  type Json,
  ObjectValue,
  parseNumber,
  printNumber,
  SetValue,
  type Value,
} from '../../values/index.ts';

/**
 * Values as JSON without loss: scalars stand for themselves, anything else is a list that begins
 * with `a` (array), `o` (object, its entries as pairs), `s` (set) or `n` (number as text).
 */
export function encodeValue(value: Value): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return ['a', ...value.map(encodeValue)];
  if (isSet(value)) return ['s', ...value.items().map(encodeValue)];
  if (isObject(value)) return ['o', ...[...value.entries()].map(pair => pair.map(encodeValue))];
  return ['n', printNumber(value)];
}

/** The value that `encodeValue` made this JSON of; throws on JSON that it did not make. */
export function decodeValue(json: Json): Value {
  if (json === null || typeof json !== 'object') return json;
  if (!Array.isArray(json)) throw new TypeError('a plan constant is malformed');
  const [tag, ...items] = json as readonly Json[];
  switch (tag) {
    case 'a':
      return items.map(decodeValue);
    case 's':
      return SetValue.of(items.map(decodeValue));
    case 'o':
      return ObjectValue.of(items.map(pair => (pair as readonly Json[]).map(decodeValue) as [Value, Value]));
    case 'n':
      return parseNumber(String(items[0])) ?? 0;
    default:
      throw new TypeError('a plan constant is malformed');
  }
}

/** The constants of a plan, each once. */
export class ConstantPool {
  readonly encoded: Json[] = [];
  private readonly indexes = new Map<string, number>();

  /** The index of a constant. */
  index(value: Value): number {
    const json = encodeValue(value);
    const text = JSON.stringify(json);
    const known = this.indexes.get(text);
    if (known !== undefined) return known;
    this.indexes.set(text, this.encoded.length);
    return this.encoded.push(json) - 1;
  }
}

import {
  compilePatterns,
  compileTagPatterns,
  type Image,
  type PatternMatcher,
  type PatternProblem,
  type RangeUse,
  type TagMatcher,
  toImage,
} from '../images/index.ts';
import { isArray, isObject, isSet, type Value } from '../values/index.ts';
import { BoundedCache } from './bounded-cache.ts';
import { type BuiltinContext, BuiltinError } from './builtin.ts';
import { asString, mismatch } from './operands.ts';

/** A list of patterns, compiled. */
export interface Compiled<Matcher> {
  readonly matcher: Matcher;
  readonly problems: readonly PatternProblem[];
}

const parsed = new WeakMap<object, Image>();
const patternLists = new WeakMap<object, Compiled<PatternMatcher>>();
const patternTexts = new BoundedCache<Compiled<PatternMatcher>>(1_000);
const tagLists = { 'let-in': tagCache(), 'keep-out': tagCache() };
const tagTexts = new BoundedCache<Compiled<TagMatcher>>(1_000);

/**
 * The image of a reference or of an image object, whose `ref` alone is read (`name` where there is none):
 * fields that contradict it cannot mislead. Throws where the reference is not valid.
 */
export function asImage(value: Value, position: number): Image {
  const make = () => toImage(referenceText(value, position));
  const image = isObject(value) ? keptFor(parsed, value, make) : make();
  if (image.invalid !== undefined) throw new BuiltinError(`invalid image reference: ${image.invalid}`);
  return image;
}

/** The patterns, compiled once for one array, set or text. */
export function asPatterns(
  { budget }: BuiltinContext,
  value: Value,
  position: number,
): Compiled<PatternMatcher> {
  if (typeof value === 'string') return patternTexts.get(value, () => compilePatterns([value], budget));
  if (!isArray(value) && !isSet(value)) return mismatch(value, position, 'string', 'array', 'set');
  return keptFor(patternLists, value, () => {
    const items = isSet(value) ? value.items() : value;
    return compilePatterns(
      items.map(item => asString(item, position)),
      budget,
    );
  });
}

/** The tag terms, compiled once for one array, set, object or text and for what ranges are used. */
export function asTags(
  { budget }: BuiltinContext,
  value: Value,
  position: number,
  use: RangeUse,
): Compiled<TagMatcher> {
  if (typeof value === 'string') return tagTexts.get(value, () => compileTagPatterns([value], budget));
  const compile = (terms: readonly Value[]) => () => compileTagPatterns(terms, budget, use);
  if (isObject(value)) return keptFor(tagLists[use], value, compile([value]));
  if (!isArray(value) && !isSet(value)) return mismatch(value, position, 'string', 'object', 'array', 'set');
  return keptFor(tagLists[use], value, compile(isSet(value) ? value.items() : value));
}

function tagCache() {
  return new WeakMap<object, Compiled<TagMatcher>>();
}

function referenceText(value: Value, position: number): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return mismatch(value, position, 'string', 'object');
  const text = value.get('ref') ?? value.get('name');
  if (typeof text === 'string') return text;
  throw new BuiltinError(`operand ${position} must be an image: its ref must be a string`, 'eval_type_error');
}

function keptFor<T>(cache: WeakMap<object, T>, key: object, make: () => T): T {
  let value = cache.get(key);
  if (value === undefined) {
    value = make();
    cache.set(key, value);
  }
  return value;
}

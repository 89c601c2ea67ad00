import { truncateNumber, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan, chargeText } from './bytes.ts';
import { asIndex, asStrings, computed, typeError } from './elements.ts';
import { toLower, toUpper } from './letter-case.ts';
import { asNumber, asString } from './operands.ts';
import { finderOf, placesOf, splitText } from './search.ts';
import { chargeSteps, codePointLength, isPair, offsetOf, reserveText } from './text.ts';

/** Parts up to here are compared within the step that their call costs. */
const SHORT = 64;

export const stringsFamily: Readonly<Record<string, BuiltinFunction>> = {
  concat,
  contains: scanning((text, part) => part === '' || finderOf(part)(text, 0) !== -1),
  startswith: (context, text, start) => {
    const whole = asString(text!, 1);
    const part = asString(start!, 2);
    if (part.length > SHORT) chargeSteps(context.budget, part.length >> 5);
    return whole.startsWith(part);
  },
  endswith: (context, text, end) => {
    const whole = asString(text!, 1);
    const part = asString(end!, 2);
    if (part.length > SHORT) chargeSteps(context.budget, part.length >> 5);
    return whole.endsWith(part);
  },
  format_int: formatInteger,
  indexof: (context, text, part) => indexesOf(context, text!, part!, 1)[0] ?? -1,
  indexof_n: (context, text, part) => indexesOf(context, text!, part!, Number.POSITIVE_INFINITY),
  lower: mapping(toLower),
  upper: mapping(toUpper),
  split,
  'strings.split_n': splitSome,
  'strings.reverse': mapping(text => [...text].reverse().join('')),
  'strings.count': scanning(countParts),
  substring,
};

function mapping(map: (text: string) => string): BuiltinFunction {
  return (context, operand) => {
    const text = asString(operand!, 1);
    chargeText(context.budget, text.length);
    return map(text);
  };
}

function scanning(search: (text: string, part: string) => Value): BuiltinFunction {
  return (context, text, part) => {
    const whole = asString(text!, 1);
    chargeScan(context.budget, whole.length);
    return search(whole, asString(part!, 2));
  };
}

function concat(context: BuiltinContext, delimiter: Value, collection: Value): Value {
  const between = asString(delimiter, 1);
  const parts = asStrings(collection, 2);
  let length = between.length * Math.max(parts.length - 1, 0);
  for (const part of parts) length += part.length;
  reserveText(context.budget, length);
  chargeSteps(context.budget, (parts.length + (length >> 4)) >> 1);
  return parts.join(between);
}

/** Without its fraction, in base 2, 8, 10 or 16. */
function formatInteger(context: BuiltinContext, value: Value, base: Value): Value {
  const wanted = asNumber(value, 1);
  const radix = asNumber(base, 2);
  if (radix !== 2 && radix !== 8 && radix !== 10 && radix !== 16) {
    throw typeError('operand 2 must be one of {2, 8, 10, 16}');
  }
  if (Number.isSafeInteger(wanted)) return wanted.toString(radix);
  const text = computed(() => truncateNumber(wanted)).toString(radix);
  chargeText(context.budget, text.length);
  return text;
}

/** Where the part begins, in code points; places may overlap. */
function indexesOf(context: BuiltinContext, value: Value, search: Value, most: number): number[] {
  const text = asString(value, 1);
  const part = asString(search, 2);
  if (part === '') throw new BuiltinError('empty search character');
  chargeScan(context.budget, text.length);
  const indexes: number[] = [];
  let index = 0;
  let from = 0;
  const find = finderOf(part);
  for (let at = find(text, 0); at !== -1 && indexes.length < most; at = find(text, at + 1)) {
    for (; from < at; from++) if (!isPair(text, from)) index++;
    indexes.push(index);
    context.budget.charge(1);
    chargeScan(context.budget, part.length);
  }
  return indexes;
}

/** An empty delimiter splits into characters. */
function split(context: BuiltinContext, value: Value, delimiter: Value): Value {
  const parts = partsOf(asString(value, 1), asString(delimiter, 2));
  context.budget.charge(parts.length);
  return parts;
}

/** The first so many parts, or the last where the number is negative. */
function splitSome(context: BuiltinContext, value: Value, delimiter: Value, count: Value): Value {
  const text = asString(value, 1);
  const between = asString(delimiter, 2);
  const wanted = asIndex(count, 3);
  const parts = partsOf(text, between);
  context.budget.charge(parts.length);
  return wanted >= 0 ? parts.slice(0, wanted) : parts.slice(wanted);
}

function partsOf(text: string, delimiter: string): string[] {
  return delimiter === '' ? [...text] : splitText(text, delimiter);
}

/** Places that do not overlap; the empty part is before and after every character. */
function countParts(text: string, part: string): number {
  return part === '' ? codePointLength(text) + 1 : placesOf(text, part).length;
}

/** A negative length takes all that remains. */
function substring(context: BuiltinContext, value: Value, offset: Value, length: Value): Value {
  const text = asString(value, 1);
  const first = asIndex(offset, 2);
  const count = asIndex(length, 3);
  if (first < 0) throw new BuiltinError('negative offset');
  chargeText(context.budget, text.length);
  const rest = text.slice(offsetOf(text, first));
  return count < 0 ? rest : rest.slice(0, offsetOf(rest, count));
}

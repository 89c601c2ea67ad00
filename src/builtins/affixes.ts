import { isArray, isSet, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { asStrings } from './elements.ts';
import { mismatch } from './operands.ts';
import { chargeSteps } from './text.ts';

export const affixesFamily: Readonly<Record<string, BuiltinFunction>> = {
  'strings.any_prefix_match': (context, search, base) =>
    anyStarts(context, asTextOrTexts(search!, 1), asTextOrTexts(base!, 2)),
  'strings.any_suffix_match': (context, search, base) =>
    anyEnds(context, asTextOrTexts(search!, 1), asTextOrTexts(base!, 2)),
};

/** Pairs up to this many are compared one by one. */
const fewPairs = 64;

function asTextOrTexts(value: Value, position: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isArray(value) || isSet(value)) return asStrings(value, position);
  return mismatch(value, position, 'string', 'set', 'array');
}

/** Whether a text begins with a prefix: the texts that do stand together, after the prefix, where they are sorted. */
function anyStarts(context: BuiltinContext, texts: readonly string[], prefixes: readonly string[]): boolean {
  chargeSteps(context.budget, texts.length + prefixes.length);
  if (texts.length === 1 || texts.length * prefixes.length <= fewPairs) {
    return prefixes.some(prefix => texts.some(text => text.startsWith(prefix)));
  }
  const sorted = texts.toSorted(byUnits);
  return prefixes.some(prefix => sorted[placeOf(sorted, prefix)]?.startsWith(prefix) ?? false);
}

function anyEnds(context: BuiltinContext, texts: readonly string[], suffixes: readonly string[]): boolean {
  if (texts.length === 1 || texts.length * suffixes.length <= fewPairs) {
    chargeSteps(context.budget, texts.length * suffixes.length);
    return suffixes.some(suffix => texts.some(text => text.endsWith(suffix)));
  }
  return anyStarts(context, texts.map(reversed), suffixes.map(reversed));
}

/** The place of the first of the sorted texts that is not before `text`. */
function placeOf(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** UTF-16 unit by unit. */
function reversed(text: string): string {
  return text.split('').reverse().join('');
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { typeError } from './elements.ts';
import { asObject, asString } from './operands.ts';
import { splitText } from './search.ts';
import { chargeSteps, isPair, reserveText, textMeter } from './text.ts';

export const replacementFamily: Readonly<Record<string, BuiltinFunction>> = {
  replace,
  'strings.replace_n': replaceMany,
};

/** What is looked for: a tree of the old texts by character, so that one pass finds them all. */
interface OldTexts {
  readonly next: Map<string, OldTexts>;
  /** Which old text ends here, by its place in order, and what replaces it. */
  order: number;
  replacement: string;
}

function replace(context: BuiltinContext, text: Value, old: Value, replacement: Value): Value {
  const whole = asString(text, 1);
  const from = asString(old, 2);
  const to = asString(replacement, 3);
  if (from === '') return replaceAll(context, whole, [[from, to]]);
  chargeScan(context.budget, whole.length);
  const parts = splitText(whole, from);
  reserveText(context.budget, whole.length + (parts.length - 1) * (to.length - from.length));
  return parts.join(to);
}

/** At each place the first old text in order is replaced, and what replaces it is not looked at again. */
function replaceMany(context: BuiltinContext, patterns: Value, text: Value): Value {
  const object = asObject(patterns, 1);
  const whole = asString(text, 2);
  const pairs: [string, string][] = [];
  for (const [old, replacement] of object.entries()) {
    if (typeof old !== 'string') throw typeError('operand 1 non-string key found in pattern object');
    if (typeof replacement !== 'string')
      throw typeError('operand 1 non-string value found in pattern object');
    pairs.push([old, replacement]);
  }
  return replaceAll(context, whole, pairs);
}

function replaceAll(
  context: BuiltinContext,
  text: string,
  pairs: readonly (readonly [old: string, replacement: string])[],
): string {
  const tree = treeOf(pairs);
  const meter = textMeter(context.budget);
  let replaced = '';
  let copied = 0;
  let afterEmpty = false;
  for (let at = 0; at <= text.length; ) {
    const found = find(context, tree, text, at, afterEmpty);
    afterEmpty = found !== undefined && found.length === 0;
    if (found === undefined) {
      at += isPair(text, at) ? 2 : 1;
      continue;
    }
    meter(at - copied + found.replacement.length);
    replaced += text.slice(copied, at) + found.replacement;
    at += found.length;
    copied = at;
  }
  meter(text.length - copied);
  return replaced + text.slice(copied);
}

/** The old text first in order that stands at a place; the empty one not twice at the same. */
function find(
  context: BuiltinContext,
  tree: OldTexts,
  text: string,
  from: number,
  afterEmpty: boolean,
): { length: number; replacement: string } | undefined {
  let best: { length: number; replacement: string } | undefined;
  let order = Number.POSITIVE_INFINITY;
  let node: OldTexts | undefined = tree;
  for (let at = from; node !== undefined; at++) {
    if (node.order < order && !(afterEmpty && at === from)) {
      order = node.order;
      best = { length: at - from, replacement: node.replacement };
    }
    chargeSteps(context.budget, 1);
    node = at < text.length ? node.next.get(text[at]!) : undefined;
  }
  return best;
}

function treeOf(pairs: readonly (readonly [string, string])[]): OldTexts {
  const tree = newNode();
  pairs.forEach(([old, replacement], order) => {
    let node = tree;
    for (let i = 0; i < old.length; i++) {
      const next = node.next.get(old[i]!) ?? newNode();
      node.next.set(old[i]!, next);
      node = next;
    }
    node.order = order;
    node.replacement = replacement;
  });
  return tree;
}

function newNode(): OldTexts {
  return { next: new Map(), order: Number.POSITIVE_INFINITY, replacement: '' };
}

import { isSet, ObjectValue, toRego, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { chargeText } from './bytes.ts';
import { asArray, asString, mismatch } from './operands.ts';

export const tracingFamily: Readonly<Record<string, BuiltinFunction>> = {
  trace: (context, note) => {
    const message = asString(note!, 1);
    context.note?.(message);
    return true;
  },
  'internal.print': print,
  'internal.test_case': (context, name) => {
    context.testCase?.(name!);
    return true;
  },
  'opa.runtime': context => context.runtime ?? ObjectValue.empty,
};

/** Each operand is the set of the values it may have; an empty one is undefined. */
function print(context: BuiltinContext, operand: Value): Value {
  const operands = asArray(operand, 1);
  if (context.print) printCombinations(context, operands, []);
  return true;
}

function printCombinations(
  context: BuiltinContext,
  operands: readonly Value[],
  words: readonly string[],
): void {
  const operand = operands[words.length];
  if (operand === undefined) {
    if (--context.budget.steps < 0) context.budget.exhausted('steps');
    context.print?.(words.join(' '));
    return;
  }
  for (const word of wordsOf(context, operand)) printCombinations(context, operands, [...words, word]);
}

function wordsOf(context: BuiltinContext, operand: Value): readonly string[] {
  if (isSet(operand)) {
    return operand.size === 0 ? ['<undefined>'] : operand.items().map(value => wordOf(context, value));
  }
  const isPrimitive = operand === null || typeof operand !== 'object';
  return isPrimitive ? [wordOf(context, operand)] : mismatch(operand, 1, 'set');
}

function wordOf(context: BuiltinContext, value: Value): string {
  return typeof value === 'string' ? value : toRego(value, length => chargeText(context.budget, length));
}

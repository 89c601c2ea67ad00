import {
  type Decimal,
  isInteger,
  isNumber,
  printNumber,
  toBigInt,
  toDecimal,
  toRego,
  type Value,
} from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { asArray, asString } from './operands.ts';
import { formatText } from './sprintf-format.ts';
import type { FormatArgument } from './sprintf-verbs.ts';
import { textMeter } from './text.ts';

export const sprintfFamily: Readonly<Record<string, BuiltinFunction>> = { sprintf };

/**
 * An integer that ends in so many zeros was written with an exponent, we take it: OPA prints a number
 * by its text, which a value has not.
 */
const exponentZeros = 21;

function sprintf(context: BuiltinContext, format: Value, values: Value): Value {
  const text = asString(format, 1);
  const meter = textMeter(context.budget);
  const args = asArray(values, 2).map(value => formatArgumentOf(value, meter));
  return formatText(text, args, textMeter(context.budget));
}

/** Numbers as Go numbers; strings as they are; anything else, booleans too, as Rego text. */
function formatArgumentOf(value: Value, meter: (length: number) => void): FormatArgument {
  if (typeof value === 'string') return value;
  if (!isNumber(value)) return toRego(value, meter);
  const short = Number.isSafeInteger(value) || toDecimal(value).exponent < exponentZeros;
  if (short && isInteger(value)) return toBigInt(value)!;
  const double = Number(printNumber(value));
  if (Number.isFinite(double)) return double;
  return short ? printNumber(value) : exponentText(toDecimal(value));
}

function exponentText({ coefficient, exponent }: Decimal): string {
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${coefficient < 0n ? '-' : ''}${digits[0]}${fraction}e${exponent + digits.length - 1}`;
}

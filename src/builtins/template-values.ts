import {
  isArray,
  isNumber,
  isObject,
  isSet,
  type ObjectValue,
  printNumber,
  type Value,
} from '../values/index.ts';
import { type BuiltinContext, BuiltinError } from './builtin.ts';
import { formatText } from './sprintf-format.ts';
import type { FormatArgument } from './sprintf-verbs.ts';
import { TemplateFloat } from './template-nodes.ts';
import { chargeSteps } from './text.ts';

/** What a template computes with; undefined is what a map has not. A Rego number is its text. */
export type TemplateValue = Value | bigint | TemplateFloat | undefined;

/** Told of the characters of each part of a text before it is made. */
export type Meter = (length: number) => void;

/** As Go prints a value: `[a b]`, `map[k:v]`, `<nil>`. */
export function printValue(value: TemplateValue, meter: Meter): string {
  const text = printScalar(value);
  meter((text?.length ?? 4) + 1);
  if (text !== undefined) return text;
  if (isList(value)) return `[${value.map(item => printValue(item, meter)).join(' ')}]`;
  const entries: string[] = [];
  for (const [key, item] of (value as ObjectValue).entries())
    entries.push(`${key}:${printValue(item, meter)}`);
  return `map[${entries.join(' ')}]`;
}

function printScalar(value: TemplateValue): string | undefined {
  if (value === undefined || value === null) return '<nil>';
  if (value instanceof TemplateFloat) return formatText('%v', [value.value], () => {});
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return textOf(value);
}

/** The text of a string or Rego number; undefined for anything else. */
export function textOf(value: TemplateValue): string | undefined {
  if (typeof value === 'string') return value;
  return isRegoNumber(value) ? printNumber(value) : undefined;
}

/** A value as `printf` takes it. */
export function toFormatArgument(value: TemplateValue, meter: Meter): FormatArgument {
  if (typeof value === 'bigint' || typeof value === 'boolean') return value;
  return value instanceof TemplateFloat ? value.value : printValue(value, meter);
}

/** Nothing, false, zero and what is empty are false; a Rego number, being a text, is true. */
export function isTrue(value: TemplateValue): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0n) return false;
  if (value instanceof TemplateFloat) return value.value !== 0;
  if (isList(value)) return value.length > 0;
  return !isMap(value) || value.size > 0;
}

export function isList(value: TemplateValue): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: TemplateValue): value is ObjectValue {
  return value !== undefined && isValue(value) && isObject(value);
}

function isRegoNumber(value: TemplateValue): value is Extract<Value, number> {
  return value !== undefined && isValue(value) && isNumber(value);
}

function isValue(value: NonNullable<TemplateValue> | null): value is Value {
  return typeof value !== 'bigint' && !(value instanceof TemplateFloat);
}

/** Throws where a value has a set or a key that is no string, for which templates have no word. */
export function assertPlain(context: BuiltinContext, value: Value): void {
  chargeSteps(context.budget, 1);
  if (isArray(value)) for (const item of value) assertPlain(context, item);
  else if (isObject(value)) {
    for (const [key, item] of value.entries()) {
      if (typeof key !== 'string') throw new BuiltinError('template variables must have strings as keys');
      assertPrintable(key);
      assertPlain(context, item);
    }
  } else if (typeof value === 'string') assertPrintable(value);
  else if (isSet(value)) throw new BuiltinError('template variables must not hold sets');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\0-\x07\v\x0e-\x1f\x7f]|\p{Surrogate}|(?![\0-\uffff])[^\p{L}\p{M}\p{N}\p{P}\p{S}]/u;

/** OPA hands variables over as Rego text read as JSON, which has no escapes of Go for what cannot be printed. */
function assertPrintable(text: string): void {
  if (UNPRINTABLE.test(text))
    throw new BuiltinError('template variables must not hold unprintable characters');
}

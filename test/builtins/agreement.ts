import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/base/index.ts';
import {
  type BuiltinContext,
  BuiltinError,
  builtins,
  type EvidenceSource,
} from '../../src/builtins/index.ts';
import {
  type Json,
  ObjectValue,
  parseJson,
  parseNumber,
  SetValue,
  stringify,
  type Value,
} from '../../src/values/index.ts';

/** An operand or a result: JSON, in which sets and large numbers may stand. */
export type Operand = Json | Value | readonly Operand[] | { readonly [key: string]: Operand };

/** A call with the answer that OPA gives; without an answer, the code of the error, or none where it is undefined. */
export type Row =
  | readonly [name: string, operands: readonly Operand[], answer: Operand]
  | readonly [name: string, operands: readonly Operand[], answer: undefined, code?: string];

/** One test a row: our answer is OPA's. */
export function agreesWithOpa(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const [name, operands, answer, code] of rows) {
      const call = `${name}(${operands.map(operand => show(operand)).join(', ')})`;
      it(call.length > 150 ? `${call.slice(0, 150)}…` : call, () => {
        const got = outcome(name, ...operands);
        expect(got).toEqual(answer === undefined ? { code } : { value: show(answer) });
      });
    }
  });
}

/**
 * The rows of `recorded/NAME.json`, which OPA answered. `{"$text": 3}` is the fourth of its texts and
 * `{"$set": […]}` a set; a call without an answer has the code of its error, or none where it is undefined.
 */
export function recorded(name: string): readonly Row[] {
  const file = parseJson(
    readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), 'utf8'),
  ) as ObjectValue;
  const texts = file.get('texts') as readonly string[];
  return (file.get('calls') as readonly ObjectValue[]).map((call): Row => {
    const answer = call.get('answer');
    const operands = expand(call.get('operands')!, texts) as readonly Value[];
    const head = [call.get('call') as string, operands] as const;
    if (answer === undefined) return [...head, undefined, call.get('code') as string | undefined] as Row;
    return [...head, expand(answer, texts)];
  });
}

function expand(value: Value, texts: readonly string[]): Value {
  if (Array.isArray(value)) return value.map(item => expand(item, texts));
  if (!(value instanceof ObjectValue)) return value;
  const text = value.get('$text');
  if (typeof text === 'number') return texts[text]!;
  const items = value.get('$set');
  if (items !== undefined) return SetValue.of(expand(items, texts) as readonly Value[]);
  return ObjectValue.of([...value.entries()].map(([key, item]) => [key, expand(item, texts)] as const));
}

/** The answer as text, or the code of the error. */
export function outcome(
  name: string,
  ...operands: readonly Operand[]
): { value: string } | { code: string | undefined } {
  try {
    const value = call(name, ...operands);
    return value === undefined ? { code: undefined } : { value: printed(value) };
  } catch (error) {
    if (error instanceof BuiltinError) return { code: error.code };
    throw error;
  }
}

export function call(name: string, ...operands: readonly Operand[]): Value | undefined {
  return callIn(context(), name, ...operands);
}

export function callIn(
  within: BuiltinContext,
  name: string,
  ...operands: readonly Operand[]
): Value | undefined {
  return builtins.get(name)!(within, ...operands.map(toValue));
}

export function context(more: Partial<BuiltinContext> & { evidence?: EvidenceSource } = {}): BuiltinContext {
  return { budget: new Budget(), now: 1_700_000_000_123_456_789n, random: () => 7, memo: new Map(), ...more };
}

/** A set. */
export function set(...items: readonly Operand[]): SetValue {
  return SetValue.of(items.map(toValue));
}

/** A number that no double holds. */
export function big(digits: string): Value {
  return parseNumber(digits)!;
}

/** A value of plain JSON in which values may stand. */
export function toValue(operand: Operand): Value {
  if (operand === null || typeof operand !== 'object') return operand;
  if (Array.isArray(operand)) return operand.map(toValue);
  if (Object.getPrototypeOf(operand) !== Object.prototype) return operand as Value;
  const entries = Object.entries(operand as Record<string, Operand>);
  return ObjectValue.of(entries.map(([key, value]) => [key, toValue(value)] as const));
}

/** OPA prints a byte that is no UTF-8 as U+FFFD; here it is a lone surrogate inside an evaluation. */
function printed(value: Value): string {
  return stringify(value).replace(/\\udc[89a-f][0-9a-f]/gu, '\ufffd');
}

function show(operand: Operand): string {
  return stringify(toValue(operand));
}

import {
  isArray,
  isSet,
  numberOf,
  parseDecimal,
  SetBuilder,
  type TypeName,
  typeName,
  type Value,
} from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { typeError } from './elements.ts';
import { mismatch } from './operands.ts';
import { chargeSteps } from './text.ts';

export const conversionsFamily: Readonly<Record<string, BuiltinFunction>> = {
  to_number: toNumber,
  cast_array: castArray,
  cast_set: castSet,
  cast_string: only('string'),
  cast_boolean: only('boolean'),
  cast_null: only('null'),
  cast_object: only('object'),
};

/** Digits with or without a point among or beside them, and an exponent. */
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/u;

/** Smaller numbers OPA refuses as "too big". */
const minExponent = -30_000;
const NOT_FINITE = /^[+-]*(?:inf|infinity|nan)$/iu;

function toNumber(context: BuiltinContext, value: Value): Value {
  if (typeof value === 'string') {
    // Reading digits takes the square of their number
    chargeSteps(context.budget, Math.ceil(value.length ** 2 / 32_768));
    return parseText(value);
  }
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeName(value) === 'number' ? value : mismatch(value, 1, 'null', 'boolean', 'number', 'string');
}

/** What Go's `strconv.ParseFloat` reads, hexadecimal apart: beyond a double's range is an error. */
function parseText(text: string): Value {
  if (NOT_FINITE.test(text)) throw typeError('operand 1 must be valid number string but got string');
  const match = NUMBER.exec(withoutSeparators(text));
  const [, sign = '', whole = '', fraction = '', exponent = ''] = match ?? [];
  if (whole === '' && fraction === '') throw new BuiltinError(`${JSON.stringify(text)} is not a number`);
  const literal = `${sign === '-' ? '-' : ''}${whole || '0'}.${fraction || '0'}${exponent}`;
  const decimal = parseDecimal(literal)!;
  if (!Number.isFinite(Number(literal)) || decimal.exponent < minExponent) {
    throw new BuiltinError(`${JSON.stringify(text)} is out of the range of numbers`);
  }
  return numberOf(decimal);
}

/** Without the underscores between digits. */
function withoutSeparators(text: string): string {
  return text.replace(/(?<=\d)_(?=\d)/gu, '');
}

function castArray(context: BuiltinContext, value: Value): Value {
  if (isArray(value)) return value;
  if (!isSet(value)) return mismatch(value, 1, 'array', 'set');
  context.budget.charge(value.size);
  return value.items();
}

function castSet(context: BuiltinContext, value: Value): Value {
  if (isSet(value)) return value;
  if (!isArray(value)) return mismatch(value, 1, 'array', 'set');
  context.budget.charge(value.length);
  const builder = new SetBuilder();
  for (const item of value) builder.add(item);
  return builder.build();
}

/** The value itself, where it has the type. */
function only(wanted: TypeName): BuiltinFunction {
  return (_context: BuiltinContext, value: Value) =>
    typeName(value) === wanted ? value : mismatch(value, 1, wanted);
}

import { compareStrings, isArray, isSet, ObjectValue, type Value } from '../values/index.ts';
import { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from './base64.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { bytesOf, chargeText, fromHex, hexOf, textOf } from './bytes.ts';
import { jsonKey } from './go-json.ts';
import { asObject, asString } from './operands.ts';
import { percentDecode, percentEncode } from './percent.ts';

export const encodingFamily: Readonly<Record<string, BuiltinFunction>> = {
  'base64.encode': textFunction(text => encodeBase64(bytesOf(text))),
  'base64.decode': textFunction(text => textOf(decodeBase64(text) ?? illegal('base64'))),
  'base64.is_valid': (_context, text) => typeof text === 'string' && decodeBase64(text) !== undefined,
  'base64url.encode': textFunction(text => encodeBase64Url(bytesOf(text))),
  'base64url.encode_no_pad': textFunction(text => encodeBase64Url(bytesOf(text)).replace(/=+$/u, '')),
  'base64url.decode': textFunction(text => textOf(decodeBase64Url(padded(text)) ?? illegal('base64url'))),
  'hex.encode': textFunction(text => hexOf(bytesOf(text))),
  'hex.decode': textFunction(text => textOf(fromHex(text) ?? illegal('hexadecimal'))),
  'urlquery.encode': textFunction(text => percentEncode(text, 'query')),
  'urlquery.decode': textFunction(text => percentDecode(text, 'query')),
  'urlquery.encode_object': encodeObject,
  'urlquery.decode_object': decodeObject,
};

/** A function of one text, whose result is charged by what its operand suggests. */
function textFunction(convert: (text: string) => string): BuiltinFunction {
  return (context, operand) => {
    const text = asString(operand!, 1);
    chargeText(context.budget, text.length * 2);
    return convert(text);
  };
}

function padded(text: string): string {
  return text.endsWith('=') ? text : text + '='.repeat([0, 0, 2, 1][text.length % 4]!);
}

function illegal(encoding: string): never {
  throw new BuiltinError(`illegal ${encoding} data`);
}

function encodeObject(context: BuiltinContext, operand: Value): Value {
  const parameters: [key: string, value: Value][] = [];
  for (const [key, value] of asObject(operand, 1).entries()) {
    const name = jsonKey(context.budget, key);
    const items = isArray(value) ? value : isSet(value) ? value.items() : [value];
    for (const item of items) parameters.push([name, item]);
  }
  parameters.sort((a, b) => compareStrings(a[0], b[0]));
  context.budget.charge(parameters.length);
  return parameters.map(([key, value]) => `${percentEncode(key, 'query')}=${encodedValue(value)}`).join('&');
}

function encodedValue(value: Value): string {
  if (typeof value === 'string') return percentEncode(value, 'query');
  throw new BuiltinError('operand 1 values must be string, array[string], or set[string]', 'eval_type_error');
}

function decodeObject(context: BuiltinContext, operand: Value): Value {
  const values = new Map<string, string[]>();
  for (const parameter of asString(operand, 1).split('&')) {
    if (parameter.includes(';')) throw new BuiltinError('invalid semicolon separator in query');
    if (parameter === '') continue;
    const equals = parameter.indexOf('=');
    const key = percentDecode(equals < 0 ? parameter : parameter.slice(0, equals), 'query');
    const value = equals < 0 ? '' : percentDecode(parameter.slice(equals + 1), 'query');
    context.budget.charge(1);
    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  }
  return ObjectValue.of(values);
}

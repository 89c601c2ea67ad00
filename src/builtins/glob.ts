import { RE2JS } from 're2js';
import { isArray, typeName, type Value } from '../values/index.ts';
import { BoundedCache } from './bounded-cache.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { globPattern } from './glob-pattern.ts';
import { asString, mismatch } from './operands.ts';

const compiled = new BoundedCache<RE2JS>(200);

export const globFamily: Readonly<Record<string, BuiltinFunction>> = {
  'glob.match': match,
  'glob.quote_meta': (_context, text) => asString(text!, 1).replace(/[*?\\[\]{}]/gu, '\\$&'),
};

function match(context: BuiltinContext, pattern: Value, delimiters: Value, value: Value): Value {
  const source = asString(pattern, 1);
  const stops = delimiterText(delimiters);
  const text = asString(value, 3);
  chargeScan(context.budget, text.length);
  const key = `${source.length} ${source}${stops}`;
  return compiled.get(key, () => compile(source, stops)).testExact(text);
}

function compile(source: string, stops: string): RE2JS {
  const pattern = globPattern(source, stops);
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw new BuiltinError('glob: the pattern is too large');
  }
}

function delimiterText(delimiters: Value): string {
  if (delimiters === null) return '';
  if (!isArray(delimiters)) return mismatch(delimiters, 2, 'array', 'null');
  return delimiters.length === 0 ? '.' : delimiters.map(delimiter).join('');
}

function delimiter(value: Value): string {
  if (
    typeof value === 'string' &&
    value !== '' &&
    value.length === String.fromCodePoint(value.codePointAt(0)!).length
  )
    return value;
  const wanted = typeof value === 'string' ? 'rune' : 'string';
  throw new BuiltinError(
    `operand 2 must be array of ${wanted}s but got array containing ${typeName(value)}`,
    'eval_type_error',
  );
}

import { RE2JS } from 're2js';
import { isArray, typeName, type Value } from '../values/index.ts';
import { BoundedCache } from './bounded-cache.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { globPattern } from './glob-pattern.ts';
import { asString, mismatch } from './operands.ts';
import { compileRegex, testRegex } from './re2.ts';

/** As regular expressions. */
const patterns = new BoundedCache<string>(200);

export const globFamily: Readonly<Record<string, BuiltinFunction>> = {
  'glob.match': match,
  'glob.quote_meta': (_context, text) => asString(text!, 1).replace(/[*?\\[\]{}]/gu, '\\$&'),
};

function match(context: BuiltinContext, pattern: Value, delimiters: Value, value: Value): Value {
  const source = asString(pattern, 1);
  const stops = delimiterText(delimiters);
  const text = asString(value, 3);
  const key = `${source.length} ${source}${stops}`;
  chargeScan(context.budget, key.length);
  const expression = patterns.get(key, () => globPattern(source, stops));
  return testRegex(context.budget, compileRegex(context.budget, expression, RE2JS.DOTALL), text, true);
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

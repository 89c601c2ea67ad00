import type { Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction } from './builtin.ts';
import { chargeText } from './bytes.ts';
import { asString } from './operands.ts';

export const trimmingFamily: Readonly<Record<string, BuiltinFunction>> = {
  trim: cutting(true, true),
  trim_left: cutting(true, false),
  trim_right: cutting(false, true),
  trim_prefix: (_context, value, prefix) => {
    const text = asString(value!, 1);
    const start = asString(prefix!, 2);
    return text.startsWith(start) ? text.slice(start.length) : text;
  },
  trim_suffix: (_context, value, suffix) => {
    const text = asString(value!, 1);
    const end = asString(suffix!, 2);
    return text.endsWith(end) ? text.slice(0, text.length - end.length) : text;
  },
  trim_space: (context, value) => cut(context, asString(value!, 1), spaces, true, true),
};

/** What Go's `unicode.IsSpace` takes, which is not quite what JavaScript trims. */
const spaces: ReadonlySet<string> = new Set(
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

function cutting(left: boolean, right: boolean): BuiltinFunction {
  return (context: BuiltinContext, value: Value, cutset: Value) =>
    cut(context, asString(value, 1), new Set(asString(cutset, 2)), left, right);
}

/** The text without the characters of a set at its ends. */
function cut(
  context: BuiltinContext,
  text: string,
  characters: ReadonlySet<string>,
  left: boolean,
  right: boolean,
): string {
  chargeText(context.budget, text.length);
  let start = 0;
  let end = text.length;
  if (left) {
    for (let first = characterAt(text, start); characters.has(first); first = characterAt(text, start)) {
      start += first.length;
    }
  }
  if (right) {
    for (let last = characterBefore(text, end); end > start && characters.has(last); ) {
      end -= last.length;
      last = characterBefore(text, end);
    }
  }
  return text.slice(start, end);
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function characterBefore(text: string, end: number): string {
  const last = text.slice(Math.max(end - 2, 0), end);
  return last.codePointAt(0)! > 0xffff ? last : last.slice(-1);
}

import type { Pattern } from '../language/index.ts';
import { equals, isArray, isObject } from '../values/index.ts';
import type { Compiler, Get, Match } from './context.ts';
import { compileExpr } from './expressions.ts';

/** A closure that holds a value against a pattern. */
export function compilePattern(compiler: Compiler, pattern: Pattern): Match {
  switch (pattern.p) {
    case 'any':
      return () => true;
    case 'bind': {
      const { s } = pattern;
      return (_, frame, value) => {
        frame[s] = value;
        return true;
      };
    }
    case 'equal': {
      const expected = compileExpr(compiler, pattern.e);
      return (context, frame, value) => {
        const wanted = expected(context, frame);
        return wanted !== undefined && equals(wanted, value);
      };
    }
    case 'array':
      return compileArrayPattern(pattern.items.map(item => compilePattern(compiler, item)));
    case 'object':
      return compileObjectPattern(
        pattern.entries.map(([key, value]) => [compileExpr(compiler, key), compilePattern(compiler, value)]),
      );
  }
}

function compileArrayPattern(items: readonly Match[]): Match {
  return (context, frame, value) => {
    if (!isArray(value) || value.length !== items.length) return false;
    for (let i = 0; i < items.length; i++) if (!items[i]!(context, frame, value[i]!)) return false;
    return true;
  };
}

/** An object fits where it has just these keys. */
function compileObjectPattern(entries: readonly (readonly [Get, Match])[]): Match {
  return (context, frame, value) => {
    if (!isObject(value) || value.size !== entries.length) return false;
    for (const [getKey, match] of entries) {
      const key = getKey(context, frame);
      const item = key === undefined ? undefined : value.get(key);
      if (item === undefined || !match(context, frame, item)) return false;
    }
    return true;
  };
}

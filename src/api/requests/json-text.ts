import { limits, SourceFile } from '../../base/index.ts';
import { isArray, type Json, ObjectValue, parseJson, type Value } from '../../values/index.ts';
import { ProblemError } from '../problem.ts';
import { findJsonError } from './json-error.ts';

/** A body that was JSON. */
export interface JsonBody {
  /** As `JSON.parse` gives it, which rounds numbers to doubles. */
  readonly json: Json;
  /** What stands at a path of keys and indexes, with numbers as they are written; undefined where nothing stands. */
  readonly valueAt: (...path: readonly string[]) => Value | undefined;
}

/**
 * The JSON of a body. Throws `invalid_json` with line and column, or `limit_exceeded` where it is nested
 * too deep for what comes after. Where a key stands twice in one object, the last counts, as everywhere
 * in JavaScript: what is decided upon is what the verdict lists.
 */
export function readJson(text: string): JsonBody {
  refuseDepth(text);
  try {
    const json = JSON.parse(text) as Json;
    let exact: Value | undefined;
    return {
      json,
      valueAt: (...path) => {
        exact ??= parseJson(text);
        return path.reduce<Value | undefined>(entryOf, exact);
      },
    };
  } catch {
    const { offset, message } = findJsonError(text);
    const { line, column } = new SourceFile('body', text).position(offset);
    throw new ProblemError('invalid_json', `line ${line}, column ${column}: ${message}`, { line, column });
  }
}

function entryOf(value: Value | undefined, key: string): Value | undefined {
  if (value !== undefined && isArray(value)) return value[Number(key)];
  return value instanceof ObjectValue ? value.get(key) : undefined;
}

/** Counts brackets outside strings: one pass, no recursion. */
function refuseDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > limits.nesting) {
      throw new ProblemError('limit_exceeded', `the body is nested deeper than ${limits.nesting} levels`, {
        limit: 'nesting',
      });
    }
  }
}

/** The offset of the quote that ends the string, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  return text.length;
}

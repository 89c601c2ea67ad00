import { limits } from '../../base/index.ts';
import {
  countKeys,
  findDuplicateKey,
  isArray,
  type Json,
  type JsonScan,
  ObjectValue,
  parseJson,
  scanJson,
  type Value,
} from '../../values/index.ts';
import { ProblemError } from '../problem.ts';
import { findJsonError, placeIn } from './json-error.ts';

/** A body that was JSON. */
export interface JsonBody {
  /** As `JSON.parse` gives it, which rounds numbers to doubles. */
  readonly json: Json;
  /** What stands at a path of keys and indexes, with numbers as they are written; undefined where nothing stands. */
  readonly valueAt: (...path: readonly string[]) => Value | undefined;
}

/**
 * The JSON of a body. Throws `invalid_json` with line and column, or `limit_exceeded` where it is nested
 * too deep for what comes after, or `invalid_request` where a key stands twice in one object: readers differ
 * in which one counts, and what was meant to be decided upon must not be passed over.
 */
export function readJson(text: string): JsonBody {
  const scan = scanJson(text, limits.nesting);
  refuseDepth(scan);
  const json = parse(text);
  refuseDuplicates(text, json, scan);
  let exact: Value | undefined;
  return {
    json,
    valueAt: (...path) => {
      exact ??= parseExact(text);
      return path.reduce<Value | undefined>(entryOf, exact);
    },
  };
}

/** The text has been read once: what may be wrong now is a number too long to be exact. */
function parseExact(text: string): Value {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ProblemError('limit_exceeded', error.message, { limit: 'numberDigits' });
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    const { offset, message } = findJsonError(text);
    const { line, column } = placeIn(text, offset);
    throw new ProblemError('invalid_json', `line ${line}, column ${column}: ${message}`, { line, column });
  }
}

function entryOf(value: Value | undefined, key: string): Value | undefined {
  if (value !== undefined && isArray(value)) return value[Number(key)];
  return value instanceof ObjectValue ? value.get(key) : undefined;
}

function refuseDepth({ depth }: JsonScan): void {
  if (depth <= limits.nesting) return;
  throw new ProblemError('limit_exceeded', `the body is nested deeper than ${limits.nesting} levels`, {
    limit: 'nesting',
  });
}

/** Every member of an object has a colon in the text: where the objects have fewer keys, one stood twice. */
function refuseDuplicates(text: string, json: Json, { colons }: JsonScan): void {
  if (countKeys(json) === colons) return;
  const found = findDuplicateKey(text);
  if (found === undefined) return;
  const { line, column } = placeIn(text, found.offset);
  const message = `the key ${JSON.stringify(found.key)} stands twice in one object`;
  throw new ProblemError('invalid_request', `line ${line}, column ${column}: ${message}`, {
    errors: [{ pointer: found.pointer, message }],
    line,
    column,
  });
}

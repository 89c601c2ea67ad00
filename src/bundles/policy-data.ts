import { type Diagnostic, limits, type SourceFile } from '../base/index.ts';
import { nodeValue, readDocuments, toProblem } from '../manifests/index.ts';
import { equals, isObject, ObjectBuilder, ObjectValue, parseJson, type Value } from '../values/index.ts';

/** Thrown where two data files give different values for one path. */
class DataConflict extends Error {}

/** `data` as it is put together out of files, and what is wrong with them. */
export class PolicyData {
  readonly problems: Diagnostic[] = [];
  /** The last source of each key at the root. */
  readonly sources = new Map<Value, SourceFile>();
  private merged: ObjectValue = ObjectValue.empty;

  get value(): ObjectValue {
    return this.merged;
  }

  /** Puts an object from a JSON or YAML text below a path; objects at one path become one. */
  add(source: SourceFile, path: readonly string[] = []): void {
    const value = readObject(source, this.problems);
    if (value !== undefined) this.put(value, path, source);
  }

  /** Puts a value below a path; at the root, only an object can stand. */
  put(value: Value, path: readonly string[], source: SourceFile): void {
    const placed = path.reduceRight((inner, key) => ObjectValue.of([[key, inner]]), value);
    try {
      if (isObject(placed)) {
        this.merged = merge(this.merged, placed, []);
        for (const key of placed.keys()) this.sources.set(key, source);
      } else this.problems.push(problem(source, 'expected one object'));
    } catch (error) {
      if (!(error instanceof DataConflict)) throw error;
      this.problems.push(problem(source, error.message));
    }
  }
}

/** The one object that a JSON or YAML text holds; undefined where it is unreadable or holds anything else. */
export function readObject(source: SourceFile, problems: Diagnostic[]): ObjectValue | undefined {
  try {
    const documents = [...readDocuments(source)].map(({ root }) => nodeValue(root));
    const value = hasLongNumber(source.text) ? parseJson(source.text) : documents[0];
    const others = documents.slice(1);
    if (value !== undefined && others.length === 0 && isObject(value)) return value;
    problems.push(problem(source, 'expected one object'));
  } catch (thrown) {
    problems.push(thrown instanceof SyntaxError ? longNumber(source) : toProblem(thrown, source));
  }
  return undefined;
}

/** YAML takes numbers of more characters for texts, which JSON does not. */
const YAML_NUMBER = 1_000;

/** Whether a number that YAML would take for a text stands outside of quotes. */
function hasLongNumber(text: string): boolean {
  for (const { 0: digits, index } of text.matchAll(/[-+]?[\d.]+(?:[eE][-+]?\d+)?/gu)) {
    const quoted = /["'\w]/u.test(text.charAt(index - 1));
    if (digits.length > YAML_NUMBER && !quoted) return true;
  }
  return false;
}

function longNumber(source: SourceFile): Diagnostic {
  return problem(
    source,
    `a number has more digits than can be read: ${YAML_NUMBER} in YAML, ${limits.numberDigits} in JSON`,
    'write it in quotes if it is a text',
  );
}

/** An error about a text as a whole. */
export function problem(source: SourceFile, message: string, hint?: string): Diagnostic {
  const span = { start: 0, end: 0 };
  return {
    code: 'manifest_error',
    severity: 'error',
    message,
    source,
    span,
    ...(hint !== undefined && { hint }),
  };
}

function merge(a: ObjectValue, b: ObjectValue, path: readonly string[]): ObjectValue {
  const builder = new ObjectBuilder(a);
  for (const [key, value] of b.entries()) {
    const before = builder.get(key);
    builder.set(key, before === undefined ? value : mergeValues(before, value, [...path, String(key)]));
  }
  return builder.build();
}

function mergeValues(a: Value, b: Value, path: readonly string[]): Value {
  if (isObject(a) && isObject(b)) return merge(a, b, path);
  if (equals(a, b)) return a;
  throw new DataConflict(`data.${path.join('.')} is given twice, with different values`);
}

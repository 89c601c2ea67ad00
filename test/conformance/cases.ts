import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isArray, ObjectValue, parseJson, type Value } from '../../src/values/index.ts';

/** One case of OPA's suite; the format is described where the suite is kept. */
export interface ConformanceCase {
  /** `file.json#3`: the notes are not unique. */
  readonly id: string;
  readonly note: string;
  readonly modules: readonly string[];
  readonly query: string;
  readonly data: Value;
  readonly input?: Value;
  /** A Rego term in place of `input`. */
  readonly inputTerm?: string;
  /** One object of bindings for each answer; absent where an error is expected. */
  readonly wantResult?: readonly Value[];
  /** The code, or true where any error will do. */
  readonly wantError?: string | true;
  readonly sortBindings: boolean;
  readonly strict: boolean;
}

/** Every case below a folder, in the order of the files. */
export function readCases(folder: string): readonly ConformanceCase[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.json'))
    .sort()
    .flatMap(name => casesOf(relative(folder, join(folder, name)), readFileSync(join(folder, name), 'utf8')));
}

function casesOf(file: string, text: string): readonly ConformanceCase[] {
  const document = parseJson(text);
  const cases = document instanceof ObjectValue ? (document.get('cases') ?? null) : null;
  if (cases === null || !isArray(cases)) return [];
  return cases.map((value, index) => toCase(`${file}#${index}`, value as ObjectValue));
}

function toCase(id: string, value: ObjectValue): ConformanceCase {
  const input = value.get('input');
  const inputTerm = value.get('input_term');
  const code = value.get('want_error_code');
  const wantError = typeof code === 'string' ? code : value.has('want_error') ? true : undefined;
  return {
    id,
    note: text(value, 'note'),
    modules: list(value.get('modules')).map(String),
    query: text(value, 'query'),
    data: value.get('data') ?? ObjectValue.empty,
    ...(input !== undefined && { input }),
    ...(typeof inputTerm === 'string' && { inputTerm }),
    ...(wantError === undefined ? { wantResult: list(value.get('want_result')) } : { wantError }),
    sortBindings: value.get('sort_bindings') === true,
    strict: value.get('strict_error') === true,
  };
}

function text(value: ObjectValue, key: string): string {
  const found = value.get(key);
  return typeof found === 'string' ? found : '';
}

function list(value: Value | undefined): readonly Value[] {
  return value !== undefined && isArray(value) ? value : [];
}

import { parseQuery, type RegoVersion } from '../../grammar/index.ts';
import { type Diagnostic, Halt, SourceFile } from '../../src/base/index.ts';
import { type Bindings, compilePlan, Evaluation } from '../../src/evaluate/index.ts';
import { checkPolicy, checkQuery, planPolicy } from '../../src/language/index.ts';
import {
  compare,
  equals,
  isArray,
  ObjectValue,
  SetValue,
  stringify,
  type Value,
} from '../../src/values/index.ts';
import type { ConformanceCase } from './cases.ts';

/** Undefined where the case passes, else why it does not. */
export function runCase(test: ConformanceCase, version: RegoVersion = 'v1'): string | undefined {
  const outcome = outcomeOf(test, version);
  if (test.wantError === undefined) {
    if ('error' in outcome) return `unexpected ${outcome.code}: ${outcome.error}`;
    return difference(test, outcome.answers);
  }
  if (!('error' in outcome)) {
    return `${test.wantError === true ? 'an error' : test.wantError} expected, found ${shown(outcome.answers)}`;
  }
  if (test.wantError === true || test.wantError === outcome.code) return undefined;
  return `${test.wantError} expected, found ${outcome.code}: ${outcome.error}`;
}

type Outcome = { readonly answers: readonly Value[] } | { readonly code: string; readonly error: string };

function outcomeOf(test: ConformanceCase, version: RegoVersion): Outcome {
  try {
    const input = test.inputTerm === undefined ? test.input : termValue(test.inputTerm);
    const files = test.modules.map((module, index) => ({
      source: new SourceFile(`test-${index}.rego`, module),
      version,
    }));
    const answers = answersTo(test.query, files, {
      data: test.data,
      ...(input !== undefined && { input }),
      strict: test.strict,
    });
    return { answers: answers.map(bindings => answerValue(bindings, test.sortBindings)) };
  } catch (thrown) {
    if (thrown instanceof Refused) return { code: thrown.code, error: thrown.message };
    if (thrown instanceof Halt) return { code: thrown.code, error: thrown.message };
    return { code: 'crash', error: String(thrown) };
  }
}

/** The texts do not compile. */
class Refused extends Error {
  readonly code: string;

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message ?? 'no diagnostic');
    this.code = diagnostics[0]?.code ?? 'none';
  }
}

function answersTo(
  query: string,
  files: Parameters<typeof checkPolicy>[0],
  options: Partial<ConstructorParameters<typeof Evaluation>[1]> = {},
): readonly Bindings[] {
  const { checked, diagnostics } = checkPolicy(files);
  if (checked === undefined) throw new Refused(diagnostics);
  const { body, problems } = parseQuery(query);
  if (body === undefined) throw new Error(`the query does not parse: ${problems[0]?.message}`);
  const asked = checkQuery(checked, new SourceFile('query', query), body);
  if (asked.query === undefined) throw new Refused(asked.diagnostics);
  const policy = compilePlan(planPolicy(checked, [asked.query]));
  return new Evaluation(policy, { now: BigInt(Date.now()) * 1_000_000n, ...options }).query(0);
}

function termValue(text: string): Value | undefined {
  return answersTo(`x = ${text}`, [])[0]?.get('x');
}

/** What the suite writes for an answer: sets as arrays in order, keys as strings. */
function answerValue(bindings: Bindings, sort: boolean): Value {
  const named = [...bindings].filter(([name]) => !name.startsWith('__local'));
  return ObjectValue.of(named.map(([name, value]) => [name, sorted(asJson(value), sort)]));
}

function asJson(value: Value): Value {
  if (value instanceof SetValue) return value.items().map(asJson);
  if (value instanceof ObjectValue) {
    const entries = [...value.entries()];
    return ObjectValue.of(
      entries.map(([key, item]) => [typeof key === 'string' ? key : stringify(key), asJson(item)]),
    );
  }
  return isArray(value) ? value.map(asJson) : value;
}

function sorted(value: Value, sort: boolean): Value {
  return sort && isArray(value) ? [...value].sort(compare) : value;
}

/** Answers have no order: as many as wanted, each of them wanted. */
function difference(test: ConformanceCase, answers: readonly Value[]): string | undefined {
  const wanted = (test.wantResult ?? []).map(value =>
    ObjectValue.of(
      [...(value as ObjectValue).entries()]
        .filter(([name]) => !String(name).startsWith('__local'))
        .map(([name, item]) => [name, sorted(item, test.sortBindings)]),
    ),
  );
  const distinct = answers.filter(
    (answer, index) => answers.findIndex(other => equals(other, answer)) === index,
  );
  const same =
    distinct.length === wanted.length &&
    wanted.every(value => distinct.some(answer => equals(answer, value)));
  return same ? undefined : `${shown(wanted)} expected, found ${shown(answers)}`;
}

function shown(values: readonly Value[]): string {
  const text = stringify(values);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

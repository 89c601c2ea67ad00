import { Budget, Halt } from '../../base/index.ts';
import { parseYaml } from '../../builtins/index.ts';
import { type Document, evaluateDocument, type LoadedPolicy } from '../../decide/index.ts';
import type { EvidenceResolver } from '../../evidence/index.ts';
import { isObject, type Json, parseJson, stringify, type Value } from '../../values/index.ts';
import { explanation } from './explanation.ts';
import { OpaError } from './opa-error.ts';
import type { OpaParameters } from './parameters.ts';

/** Events that an explanation holds at most. */
const TRACE_EVENTS = 2_000;

/** A question to OPA's Data API. */
export interface DataQuestion {
  readonly path: readonly string[];
  /** Absent where none was given. */
  readonly input?: Value;
  readonly parameters: OpaParameters;
  /** Whether an input could have been given and was not. */
  readonly lacksInput?: boolean;
}

/** What questions are answered by. */
export interface DataSource {
  readonly policy: LoadedPolicy;
  /** Nanoseconds since 1970. */
  readonly asOf: bigint;
  readonly evidence?: EvidenceResolver;
  /** Microseconds, from any beginning. */
  readonly clock: () => number;
  readonly version: string;
  /** Told of each document that is answered, or is undefined; must not throw. */
  readonly answered?: (question: DataQuestion, document: Value | undefined) => void;
}

/** The input of a v1 body, `{"input": …}`; undefined where it has none. Throws an OpaError where it is broken. */
export function readInput(text: string, isYaml: boolean): Value | undefined {
  const body = readBody(text, isYaml, 'body contains malformed input document');
  if (body === undefined || body === null) return undefined;
  if (!isObject(body))
    throw new OpaError(400, 'invalid_parameter', 'body contains malformed input document: not an object');
  return body.get('input') ?? undefined;
}

/** The value of a text; undefined where there is none. Throws an OpaError where it is broken. */
export function readBody(text: string, isYaml: boolean, complaint: string): Value | undefined {
  if (text.trim() === '') return undefined;
  try {
    return isYaml ? parseYaml(new Budget(), text) : parseJson(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new OpaError(400, 'invalid_parameter', `${complaint}: ${error.message}`);
  }
}

/** `{result, …}`, where an undefined document is `{}`. Throws an OpaError where the evaluation fails. */
export async function answerV1(question: DataQuestion, source: DataSource): Promise<Response> {
  const started = source.clock();
  const { value, trace } = await evaluated(question, source);
  const { explain, pretty, provenance, metrics } = question.parameters;
  const fields: [string, string][] = [
    ...(explain === undefined ? [] : [field('explanation', explanation(trace, explain, pretty))]),
    ...(provenance ? [field('provenance', provenanceOf(source))] : []),
    ...(metrics ? [field('metrics', metricsOf(source.clock() - started))] : []),
    ...(value === undefined ? [] : [['result', stringify(value)] as [string, string]]),
    ...(question.lacksInput === true ? [field('warning', noInput)] : []),
  ];
  return json(`{${fields.map(([name, text]) => `"${name}":${text}`).join(',')}}`, pretty);
}

/** The value alone; `undefined_document` where there is none. */
export async function answerV0(question: DataQuestion, source: DataSource): Promise<Response> {
  const { value } = await evaluated(question, source);
  if (value !== undefined) return json(stringify(value), question.parameters.pretty);
  const path = ['data', ...question.path].join('.');
  throw new OpaError(404, 'undefined_document', `document undefined: ${path}`);
}

async function evaluated(question: DataQuestion, source: DataSource): Promise<Document> {
  const document = await evaluatedBy(question, source);
  source.answered?.(question, document.value);
  return document;
}

async function evaluatedBy(
  { path, input, parameters: { strict, explain } }: DataQuestion,
  { policy, asOf, evidence }: DataSource,
): Promise<Document> {
  try {
    return await evaluateDocument(policy, path, input, {
      asOf,
      strict,
      ...(evidence !== undefined && { evidence }),
      ...(explain !== undefined && { traceEvents: TRACE_EVENTS }),
    });
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    const { code, message } = error;
    throw new OpaError(500, 'internal_error', 'error(s) occurred while evaluating query', [
      { code, message },
    ]);
  }
}

const noInput: Json = { code: 'api_usage_warning', message: "'input' key missing from the request" };

function provenanceOf({ policy: { identity }, version }: DataSource): Json {
  return {
    version,
    build_commit: '',
    build_timestamp: '',
    build_hostname: '',
    bundles: { [identity.name]: { revision: identity.digest } },
  };
}

/** What has no step of its own here took no time: nothing is parsed or compiled for a question. */
function metricsOf(microseconds: number): Json {
  const elapsed = Math.round(microseconds * 1_000);
  return {
    counter_server_query_cache_hit: 1,
    timer_rego_external_resolve_ns: 0,
    timer_rego_input_parse_ns: 0,
    timer_rego_query_compile_ns: 0,
    timer_rego_query_eval_ns: elapsed,
    timer_rego_query_parse_ns: 0,
    timer_server_handler_ns: elapsed,
  };
}

function field(name: string, value: Json | readonly Json[]): [string, string] {
  return [name, JSON.stringify(value)];
}

function json(text: string, pretty: boolean): Response {
  return new Response(`${pretty ? indented(text) : text}\n`, {
    headers: { 'content-type': 'application/json' },
  });
}

/** JSON with each member on a line of its own; the text of every number stays as it is. */
function indented(text: string): string {
  let depth = 0;
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|\{\}|\[\]|[[\]{},:]/gu, token => {
    if (token === '{' || token === '[') return `${token}${newLine(++depth)}`;
    if (token === '}' || token === ']') return `${newLine(--depth)}${token}`;
    if (token === ',') return `,${newLine(depth)}`;
    return token === ':' ? ': ' : token;
  });
}

function newLine(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

import { limits } from '../base/index.ts';
import { BuiltinError, bytesOf, parseDuration } from '../builtins/index.ts';
import { BigNumber, isObject, type ObjectValue, stringify, type Value } from '../values/index.ts';
import { refuse } from './look-up-error.ts';

/** What `http.send` was called with. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly followRedirects: boolean;
  /** What the body is read as whatever the response says. */
  readonly decode?: 'json' | 'yaml';
}

/** As OPA has it. */
const defaultTimeout = 5_000;

const nanoseconds = 1_000_000n;

const methodForm = /^[A-Z]+$/u;
/** `fetch` sends none of these. */
const refusedMethods: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);
const bodyless: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Headers that belong to the connection; a policy that sets them would be answered by another host. */
const refusedHeaders =
  /^(?:host|connection|content-length|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/u;

/**
 * Reads a request as OPA does. Throws a LookUpError for a value of the wrong type and for what cannot be
 * done here: `tls_*`, which a Worker has no say in, a body of GET, and headers of the connection.
 * What is for caches and `max_retry_attempts` is accepted and changes nothing: equal requests of one
 * decision are sent once, and no answer outlives it.
 */
export function readHttpRequest(request: ObjectValue): HttpRequest {
  const tls = request.keys().find(key => typeof key === 'string' && key.startsWith('tls_'));
  if (tls !== undefined) refuse(`${String(tls)} is not supported: certificates are checked by the platform`);
  const method = textAt(request, 'method')!.toUpperCase() || 'GET';
  if (!methodForm.test(method) || refusedMethods.has(method)) refuse(`the method ${method} is not sent`);
  const body = bodyOf(request);
  if (body !== undefined && bodyless.has(method)) refuse(`a body cannot be sent with ${method}`);
  if (body !== undefined && body.length > limits.httpRequestBytes)
    refuse(`the body of the request is larger than ${limits.httpRequestBytes} bytes`);
  const decode = flagAt(request, 'force_json_decode')
    ? 'json'
    : flagAt(request, 'force_yaml_decode')
      ? 'yaml'
      : undefined;
  return {
    url: toUrl(textAt(request, 'url')!),
    method,
    headers: headersOf(request.get('headers')),
    timeout: timeoutOf(request.get('timeout')),
    followRedirects: flagAt(request, 'enable_redirect'),
    ...(body !== undefined && { body }),
    ...(decode !== undefined && { decode }),
  };
}

/** Where a request goes, for a verdict; undefined where its URL is none. */
export function originOf(request: Value): string | undefined {
  const text = isObject(request) ? request.get('url') : undefined;
  const url = typeof text === 'string' ? URL.parse(text) : null;
  return url?.host ? `${url.protocol}//${url.host}` : undefined;
}

function toUrl(text: string): URL {
  return URL.parse(text) ?? refuse('the URL is not valid');
}

function textAt(request: ObjectValue, key: string): string | undefined {
  const value = request.get(key);
  if (value === undefined || typeof value === 'string') return value;
  return refuse(`"${key}" must be a string`);
}

function flagAt(request: ObjectValue, key: string): boolean {
  const value = request.get(key) ?? false;
  return typeof value === 'boolean' ? value : refuse(`invalid value for ${key} field`);
}

/** `raw_body` goes before `body`, which is sent as JSON. */
function bodyOf(request: ObjectValue): Uint8Array<ArrayBuffer> | undefined {
  const raw = textAt(request, 'raw_body');
  const body = request.get('body');
  if (raw !== undefined) return new Uint8Array(bytesOf(raw));
  return body === undefined ? undefined : new TextEncoder().encode(stringify(body));
}

function headersOf(value: Value | undefined): Headers {
  const headers = new Headers({ 'user-agent': 'pratique' });
  if (value === undefined) return headers;
  if (!isObject(value)) return refuse('invalid type for headers key');
  for (const [name, text] of value.entries()) {
    if (typeof name !== 'string' || typeof text !== 'string') return refuse('invalid type for headers value');
    if (refusedHeaders.test(name.toLowerCase())) return refuse(`the header ${name} cannot be set`);
    setHeader(headers, name, text);
  }
  return headers;
}

function setHeader(headers: Headers, name: string, text: string): void {
  try {
    headers.set(name, text);
  } catch {
    refuse('a header is not valid');
  }
}

/** Nanoseconds, as a number or in digits, or a duration of Go; none at all means as long as can be. */
function timeoutOf(value: Value | undefined): number {
  if (value === undefined) return defaultTimeout;
  const asked = durationOf(value);
  if (asked === undefined) return refuse('invalid timeout value: nanoseconds or a duration such as "5s"');
  if (asked <= 0n) return limits.lookUpTime;
  return Math.min(Math.max(1, Number(asked / nanoseconds)), limits.lookUpTime);
}

function durationOf(value: Value): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (value instanceof BigNumber) return durationOf(stringify(value));
  if (typeof value !== 'string') return undefined;
  if (/^[+-]?\d{1,19}$/u.test(value)) return BigInt(value);
  try {
    return parseDuration(value);
  } catch (error) {
    if (error instanceof BuiltinError) return undefined;
    throw error;
  }
}

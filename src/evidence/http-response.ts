import { Budget, Halt } from '../base/index.ts';
import { BuiltinError, parseYaml, textOf, unmarshalJson } from '../builtins/index.ts';
import { ObjectBuilder, ObjectValue, type Value } from '../values/index.ts';
import type { HttpRequest } from './http-request.ts';
import type { OutsideResponse } from './outside.ts';

/** The texts of RFC 9110, for protocols that send none. */
const statusTexts: ReadonlyMap<number, string> = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [202, 'Accepted'],
  [204, 'No Content'],
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [303, 'See Other'],
  [304, 'Not Modified'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [422, 'Unprocessable Entity'],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

const jsonType = /^application\/(?:json|[^/;]+\+json)$/u;

/** `200 OK`. */
export function statusLine({ status, statusText }: OutsideResponse): string {
  return `${status} ${statusText || (statusTexts.get(status) ?? '')}`.trimEnd();
}

/**
 * What `http.send` gives of a response: `status`, `status_code`, `raw_body`, `headers` by lower-case name,
 * each a list, and `body`: the value of a JSON or YAML body, null of any other and of one that is not
 * what it is said to be.
 */
export function responseValue(
  response: OutsideResponse,
  body: Uint8Array,
  decode: HttpRequest['decode'],
): ObjectValue {
  const raw = textOf(body);
  const type = response.headers.get('content-type') ?? '';
  return ObjectValue.of([
    ['status', statusLine(response)],
    ['status_code', response.status],
    ['body', decoded(raw, decode ?? formatOf(type))],
    ['raw_body', raw],
    ['headers', headersValue(response.headers)],
  ]);
}

function formatOf(contentType: string): 'json' | 'yaml' | undefined {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (jsonType.test(type)) return 'json';
  return /application\/(?:x-)?yaml/u.test(contentType) ? 'yaml' : undefined;
}

function decoded(text: string, format: 'json' | 'yaml' | undefined): Value {
  if (format === undefined) return null;
  const budget = new Budget();
  try {
    return format === 'json' ? unmarshalJson({ budget }, text) : parseYaml(budget, text);
  } catch (error) {
    if (error instanceof BuiltinError || error instanceof Halt) return null;
    throw error;
  }
}

/** Headers of one name are one text, as `fetch` has them; only cookies are kept apart. */
function headersValue(headers: Headers): ObjectValue {
  const builder = new ObjectBuilder();
  for (const [name, text] of headers) if (name !== 'set-cookie') builder.set(name, [text]);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) builder.set('set-cookie', cookies);
  return builder.build();
}

import { isObject, ObjectValue, SetValue, stringify, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { askOutside, reasonOf } from './evidence.ts';
import { asObject } from './operands.ts';

const required = ['method', 'url'];

const allowed = new Set<Value>([
  ...required,
  'body',
  'cache',
  'cache_ignored_headers',
  'caching_mode',
  'enable_redirect',
  'force_cache',
  'force_cache_duration_seconds',
  'force_json_decode',
  'force_yaml_decode',
  'headers',
  'max_retry_attempts',
  'raise_error',
  'raw_body',
  'timeout',
  'tls_ca_cert',
  'tls_ca_cert_env_variable',
  'tls_ca_cert_file',
  'tls_client_cert',
  'tls_client_cert_env_variable',
  'tls_client_cert_file',
  'tls_client_key',
  'tls_client_key_env_variable',
  'tls_client_key_file',
  'tls_insecure_skip_verify',
  'tls_server_name',
  'tls_use_system_certs',
]);

export const httpFamily: Readonly<Record<string, BuiltinFunction>> = {
  'http.send': send,
};

/**
 * A response from the evidence; undefined in the round in which it is asked first. An error becomes a
 * response with status 0 where `raise_error` is false.
 */
function send(context: BuiltinContext, operand: Value): Value | undefined {
  const request = asObject(operand, 1);
  const raise = request.get('raise_error') ?? true;
  if (typeof raise !== 'boolean') throw new BuiltinError('invalid value for raise_error field');
  try {
    checkRequestKeys(request);
    const answer = askOutside(context, 'http.send', stringify(request), request);
    return answer === undefined ? undefined : responseOf(answer, raise);
  } catch (error) {
    if (raise || !(error instanceof BuiltinError)) throw error;
    return httpFailure('eval_http_send_internal_error', `http.send: ${error.message}`);
  }
}

/** The answer, where it is a response; throws BuiltinError for a failure that is to be raised. */
function responseOf(answer: Value, raise: boolean): Value {
  const code = isObject(answer) ? answer.get('status_code') : undefined;
  if (!isObject(answer) || code === undefined) throw new BuiltinError(`http.send: ${reasonOf(answer)}`);
  const error = code === 0 ? answer.get('error') : undefined;
  if (!raise || error === undefined || !isObject(error)) return answer;
  throw new BuiltinError(`http.send: ${String(error.get('message'))}`);
}

/** Throws BuiltinError where a request has an unknown key or lacks one. */
export function checkRequestKeys(request: ObjectValue): void {
  const invalid = request.keys().filter(key => !allowed.has(key));
  if (invalid.length > 0) wrong('invalid request parameters(s)', invalid);
  const missing = required.filter(key => !request.has(key));
  if (missing.length > 0) wrong('missing required request parameters(s)', missing);
}

function wrong(problem: string, keys: readonly Value[]): never {
  const listed = SetValue.of(keys).items().map(stringify).join(', ');
  throw new BuiltinError(`operand 1 ${problem}: {${listed}}`, 'eval_type_error');
}

export type HttpFailureCode = 'eval_http_send_internal_error' | 'eval_http_send_network_error';

/** The response that stands for a request that came to nothing. */
export function httpFailure(code: HttpFailureCode, message: string): ObjectValue {
  const error = ObjectValue.of([
    ['code', code],
    ['message', message],
  ]);
  return ObjectValue.of([
    ['status_code', 0],
    ['error', error],
  ]);
}

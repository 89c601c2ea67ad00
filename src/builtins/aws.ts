import {
  isObject,
  ObjectBuilder,
  ObjectValue,
  SetValue,
  stringify,
  toDecimal,
  type Value,
} from '../values/index.ts';
import { signAwsRequest } from './aws-signature.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { bytesOf } from './bytes.ts';
import { marshalJson } from './go-json.ts';
import { checkRequestKeys } from './http.ts';
import { asNumber, asObject, mismatch } from './operands.ts';

export const awsFamily: Readonly<Record<string, BuiltinFunction>> = {
  'providers.aws.sign_req': signRequest,
};

const required = ['aws_access_key', 'aws_region', 'aws_secret_access_key', 'aws_service'];

function signRequest(
  context: BuiltinContext,
  requestOperand: Value,
  configOperand: Value,
  time: Value,
): Value {
  const request = asObject(requestOperand, 1);
  const config = asObject(configOperand, 1);
  checkConfig(config);
  const milliseconds = millisecondsOf(time);
  checkRequestKeys(request);
  const headers = headersOf(request);
  const [url, method] = [request.get('url')!, request.get('method')!];
  if (typeof url !== 'string' || typeof method !== 'string')
    return wrong(1, 'invalid values for required request parameters(s)');
  const signature = signAwsRequest({
    method,
    url,
    headers,
    body: bodyOf(context, request),
    time: new Date(milliseconds),
    service: textOf(config, 'aws_service'),
    region: textOf(config, 'aws_region'),
    accessKey: textOf(config, 'aws_access_key'),
    secretKey: textOf(config, 'aws_secret_access_key'),
    sessionToken: textOf(config, 'aws_session_token'),
    unsignedPayload: unsignedPayload(config),
  });
  return new ObjectBuilder(request).set('headers', ObjectValue.of([...headers, ...signature])).build();
}

function checkConfig(config: ObjectValue): void {
  const missing = required.filter(name => !config.has(name));
  if (missing.length > 0) wrong(2, 'missing required AWS config parameters(s)', missing);
  const invalid = required.filter(name => typeof config.get(name) !== 'string');
  if (invalid.length > 0) wrong(2, 'invalid values for required AWS config parameters(s)', invalid);
}

/** A time before 1970 signs nothing. */
function millisecondsOf(time: Value): number {
  const { coefficient, exponent } = toDecimal(asNumber(time, 1));
  const isWhole = exponent >= 0 && exponent <= 19 && coefficient >= 0n;
  const nanoseconds = isWhole ? coefficient * 10n ** BigInt(exponent) : -1n;
  if (nanoseconds < 0n || BigInt.asIntN(64, nanoseconds) !== nanoseconds)
    return wrong(3, 'could not convert time_ns value into a unix timestamp');
  return Math.floor(Number(nanoseconds) / 1e6);
}

/** What is no text in the headers is empty. */
function headersOf(request: ObjectValue): ReadonlyMap<string, string> {
  const headers = request.get('headers');
  if (headers === undefined) return new Map();
  if (!isObject(headers)) return mismatch(headers, 0, 'object');
  return new Map([...headers.entries()].map(([name, value]) => [plain(name), plain(value)]));
}

function plain(value: Value): string {
  return typeof value === 'string' ? value : '';
}

function textOf(config: ObjectValue, name: string): string {
  const value = config.get(name);
  return typeof value === 'string' ? value : '';
}

function bodyOf(context: BuiltinContext, request: ObjectValue): Uint8Array {
  const raw = request.get('raw_body');
  if (raw !== undefined) return bytesOf(plain(raw));
  const body = request.get('body');
  return bytesOf(body === undefined ? '' : marshalJson(context.budget, body));
}

function unsignedPayload(config: ObjectValue): boolean {
  const disabled = config.has('disable_payload_signing') ? config.get('disable_payload_signing') : false;
  return typeof disabled === 'boolean'
    ? disabled
    : wrong(2, "invalid value for 'disable_payload_signing' in AWS config");
}

function wrong(position: number, problem: string, names: readonly string[] = []): never {
  const listed = names.length > 0 ? `: {${SetValue.of(names).items().map(stringify).join(', ')}}` : '';
  throw new BuiltinError(`operand ${position} ${problem}${listed}`, 'eval_type_error');
}

import { limits } from '../../../base/index.ts';
import { decodeBase64, decodeRawBase64Url } from '../../../builtins/index.ts';
import { isArray, isObject, type ObjectValue, parseJson, type Value } from '../../../values/index.ts';
import { refuse } from '../refused.ts';
import { type Algorithm, type NotationEnvelope, timeNames, timestampName } from './envelope.ts';

const algorithms: ReadonlyMap<Value, Algorithm> = new Map<Value, Algorithm>([
  ['PS256', { scheme: 'pss', hash: 'sha256' }],
  ['PS384', { scheme: 'pss', hash: 'sha384' }],
  ['PS512', { scheme: 'pss', hash: 'sha512' }],
  ['ES256', { scheme: 'ecdsa', hash: 'sha256' }],
  ['ES384', { scheme: 'ecdsa', hash: 'sha384' }],
  ['ES512', { scheme: 'ecdsa', hash: 'sha512' }],
]);

const joseNames: ReadonlySet<Value> = new Set(['alg', 'cty', 'crit']);
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A JWS in its flattened JSON form (specs/signature-envelope-jws.md). Throws where it is malformed. */
export function readJws(bytes: Uint8Array): NotationEnvelope {
  const envelope = objectOf(parseJson(decoder.decode(bytes)));
  const payload = textOf(envelope.get('payload'));
  const protectedHeader = textOf(envelope.get('protected'));
  const header = objectOf(envelope.get('header'));
  const claims = objectOf(parseJson(decoder.decode(base64Url(protectedHeader))));
  const algorithm = algorithms.get(claims.get('alg') ?? null);
  if (algorithm === undefined) return refuse('the algorithm of the signature is not accepted');
  const timestamp = header.get(timestampName);
  return {
    algorithm,
    contentType: textOf(claims.get('cty')),
    critical: listOf(claims.get('crit')).map(textOf),
    attributes: attributesOf(claims),
    payload: base64Url(payload),
    message: new TextEncoder().encode(`${protectedHeader}.${payload}`),
    signature: base64Url(textOf(envelope.get('signature'))),
    chain: listOf(header.get('x5c')).map(base64),
    ...(timestamp !== undefined && { timestamp: base64(timestamp) }),
  };
}

function attributesOf(claims: ObjectValue): ReadonlyMap<string, string | number> {
  const attributes = new Map<string, string | number>();
  for (const [name, value] of claims.entries()) {
    if (typeof name !== 'string' || joseNames.has(name)) continue;
    attributes.set(name, timeNames.has(name) ? timeOf(value) : String(value));
  }
  return attributes;
}

function timeOf(value: Value): number {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u;
  const time = form.test(textOf(value)) ? Date.parse(textOf(value)) : Number.NaN;
  return Number.isNaN(time) ? refuse('a time of the signature is malformed') : time;
}

function objectOf(value: Value | undefined): ObjectValue {
  return value !== undefined && isObject(value) ? value : refuse('the envelope is malformed');
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : refuse('the envelope is malformed');
}

function listOf(value: Value | undefined): readonly Value[] {
  const list = value !== undefined && isArray(value) && value.length <= 2 * limits.certificates;
  return list ? value : refuse('the envelope is malformed');
}

function base64Url(text: string): Uint8Array {
  return decodeRawBase64Url(text) ?? refuse('the envelope is not base64');
}

function base64(value: Value): Uint8Array {
  return decodeBase64(textOf(value)) ?? refuse('the envelope is not base64');
}

import { isObject, type ObjectValue } from '../../values/index.ts';
import { encodeBase64Url } from '../base64.ts';
import type { BuiltinContext } from '../builtin.ts';
import { BuiltinError } from '../builtin.ts';
import { bytesOf } from '../bytes.ts';
import { createSignature, hmac } from '../crypto/primitives.ts';
import { unmarshalJson } from '../json-text.ts';
import { childrenOf, readOnly } from '../x509/der.ts';
import { type Algorithm, algorithms } from './algorithm.ts';
import { type JwtKey, parseJwks } from './jwk.ts';

/** The signed token of a header, a payload and a JSON Web Key, each as JSON text. Throws BuiltinError. */
export function signToken(context: BuiltinContext, header: string, payload: string, jwk: string): string {
  const key = parseJwks(context, jwk)[0]?.key ?? fail('no keys found in JWK set');
  const fields = headerFields(context, header);
  const algorithm = algorithmOf(fields);
  const type = fields.get('typ');
  if ((typeof type !== 'string' || type === 'JWT') && !isJson(context, payload))
    fail('type is JWT but payload is not JSON');
  const signed = `${rawBase64Url(bytesOf(header))}.${rawBase64Url(bytesOf(payload))}`;
  return `${signed}.${rawBase64Url(signatureOf(key, algorithm, bytesOf(signed)))}`;
}

function headerFields(context: BuiltinContext, header: string): ObjectValue {
  const fields = isJson(context, header) ? unmarshalJson(context, header) : null;
  return isObject(fields) ? fields : fail("missing or invalid 'alg' header");
}

function algorithmOf(fields: ObjectValue): Algorithm {
  const name = fields.get('alg');
  if (typeof name !== 'string') return fail("missing or invalid 'alg' header");
  return algorithms.get(name) ?? fail(`unknown JWS algorithm: ${name}`);
}

function isJson(context: BuiltinContext, text: string): boolean {
  try {
    unmarshalJson(context, text);
    return true;
  } catch (error) {
    if (error instanceof BuiltinError) return false;
    throw error;
  }
}

function signatureOf(key: JwtKey, { scheme, hash, name }: Algorithm, message: Uint8Array): Uint8Array {
  if (scheme === 'hmac') return key.kind === 'secret' ? hmac(hash, key.bytes, message) : misfit(name);
  if (key.kind !== 'private') return misfit(name);
  const wanted = scheme === 'ecdsa' ? 'ec' : scheme === 'ed25519' ? 'ed25519' : 'rsa';
  if (key.key.kind !== wanted) return misfit(name);
  const signature = createSignature(scheme, hash, key.pkcs8, message);
  return key.key.kind === 'ec' ? joinedPair(signature, key.key.curve) : signature;
}

const pairSizes: Readonly<Record<string, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };

/** A token has the two numbers of an ECDSA signature one after another, each as long as the curve's. */
function joinedPair(signature: Uint8Array, curve: string): Uint8Array {
  const size = pairSizes[curve] ?? misfit(curve);
  const joined = new Uint8Array(2 * size);
  for (const [i, { content }] of childrenOf(readOnly(signature)).entries()) {
    const digits = content[0] === 0 ? content.subarray(1) : content;
    joined.set(digits, (i + 1) * size - digits.length);
  }
  return joined;
}

function rawBase64Url(bytes: Uint8Array): string {
  return encodeBase64Url(bytes).replace(/=+$/u, '');
}

function misfit(name: string): never {
  return fail(`the key does not fit ${name}`);
}

function fail(message: string): never {
  throw new BuiltinError(message);
}

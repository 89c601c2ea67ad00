import { BoundedCache } from '../bounded-cache.ts';
import { type BuiltinContext, BuiltinError } from '../builtin.ts';
import { bytesOf } from '../bytes.ts';
import { equalInConstantTime, hmac, verifySignature } from '../crypto/primitives.ts';
import { certificateKey } from '../x509/certificate.ts';
import { encodeElement, encodeUnsigned, tags } from '../x509/der.ts';
import { decodePem } from '../x509/pem.ts';
import { type PublicKey, parsePublicKey } from '../x509/public-key.ts';
import { type Algorithm, algorithms } from './algorithm.ts';
import { type Jwk, type JwtKey, parseJwks } from './jwk.ts';

const parsedKeys = new BoundedCache<readonly Jwk[]>(100);

/** The keys of one certificate or public key in PEM, or of a JSON Web Key (set). Throws BuiltinError. */
export function parseKeys(context: BuiltinContext, text: string): readonly Jwk[] {
  return parsedKeys.get(text, () => {
    const block = decodePem(text);
    if (block === undefined)
      return parseJwks(context, text).filter(key => key.alg === '' || algorithms.has(key.alg));
    if (block.rest !== '') throw new BuiltinError('extra data after a PEM certificate block');
    if (block.type === 'CERTIFICATE') return [unnamed(certificateKey(block.bytes))];
    if (block.type === 'PUBLIC KEY') return [unnamed(parsePublicKey(block.bytes))];
    throw new BuiltinError('failed to extract a Key from the PEM certificate');
  });
}

/** The key of a secret that both sides know. */
export function secretKey(secret: string): Jwk {
  return { alg: '', kid: '', key: { kind: 'secret', bytes: bytesOf(secret) } };
}

function unnamed(key: PublicKey): Jwk {
  return { alg: '', kid: '', key: { kind: 'public', key } };
}

/**
 * Whether one of the keys made the signature: the key that the token names, where there is one of that
 * name, or else any that is not for another algorithm than the token says.
 */
export function verifiesWithAny(
  keys: readonly Jwk[],
  header: { readonly alg: string; readonly kid: string },
  algorithm: Algorithm,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const named = header.kid === '' ? undefined : keys.find(key => key.kid === header.kid);
  const candidates = named ? [named] : keys.filter(key => key.alg === '' || key.alg === header.alg);
  return candidates.some(({ key }) => verifies(key, algorithm, message, signature));
}

function verifies(key: JwtKey, algorithm: Algorithm, message: Uint8Array, signature: Uint8Array): boolean {
  const { scheme, hash } = algorithm;
  if (scheme === 'hmac')
    return key.kind === 'secret' && equalInConstantTime(hmac(hash, key.bytes, message), signature);
  if (key.kind !== 'public') return false;
  const wanted = scheme === 'ecdsa' ? 'ec' : scheme === 'ed25519' ? 'ed25519' : 'rsa';
  if (key.key.kind !== wanted) return false;
  const encoded = scheme === 'ecdsa' ? signaturePair(signature) : signature;
  return verifySignature(scheme, hash, key.key.spki, message, encoded);
}

/** In DER, the two numbers of an ECDSA signature that stand one after another, as JOSE and COSE have them. */
export function signaturePair(signature: Uint8Array): Uint8Array {
  const half = signature.length >> 1;
  const [r, s] = [signature.subarray(0, half), signature.subarray(half)];
  return encodeElement(tags.sequence, encodeUnsigned(r), encodeUnsigned(s));
}

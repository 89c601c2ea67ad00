import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  type JsonWebKeyInput,
  sign as signOnce,
  timingSafeEqual,
  verify as verifyOnce,
} from 'node:crypto';

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** How a signature is made; `ecdsa` signatures are pairs of numbers in DER. */
export type Scheme = 'pkcs1' | 'pss' | 'pss-auto' | 'ecdsa' | 'ed25519';

type JsonWebKey = JsonWebKeyInput['key'];

export function digest(hash: HashName, bytes: Uint8Array): Uint8Array {
  return createHash(hash).update(bytes).digest();
}

export function hmac(hash: HashName, key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac(hash, key).update(message).digest();
}

/** Whether two byte strings are the same, in a time that depends on their lengths alone. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether the signature is that of the message; false too where key, scheme and signature do not fit together. */
export function verifySignature(
  scheme: Scheme,
  hash: HashName,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = { key: Buffer.from(spki), format: 'der', type: 'spki', ...padding(scheme) } as const;
  try {
    if (scheme === 'ed25519') return verifyOnce(null, message, key, signature);
    return createVerify(hash).update(message).verify(key, signature);
  } catch {
    return false;
  }
}

/** The signature of the message. Throws where key and scheme do not fit together. */
export function createSignature(
  scheme: Scheme,
  hash: HashName,
  pkcs8: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  const key = { key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8', ...padding(scheme) } as const;
  if (scheme === 'ed25519') return signOnce(null, message, key);
  return createSign(hash).update(message).sign(key);
}

/** The SubjectPublicKeyInfo of a JSON Web Key. Throws where it is none. */
export function spkiOfJwk(jwk: JsonWebKey): Uint8Array {
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' });
}

/** The PKCS #8 form of a JSON Web Key that is private. Throws where it is none. */
export function pkcs8OfJwk(jwk: JsonWebKey): Uint8Array {
  return createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' });
}

/** The SubjectPublicKeyInfo of the public half of a private key. Throws where it is none. */
export function spkiOfPrivateKey(der: Uint8Array, type: 'pkcs1' | 'pkcs8' | 'sec1'): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type });
  return createPublicKey(key.export({ format: 'pem', type: 'pkcs8' })).export({
    format: 'der',
    type: 'spki',
  });
}

function padding(scheme: Scheme): { readonly padding?: number; readonly saltLength?: number } {
  if (scheme === 'pss')
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  if (scheme === 'pss-auto')
    return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  return scheme === 'pkcs1' ? { padding: constants.RSA_PKCS1_PADDING } : {};
}

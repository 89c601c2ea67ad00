import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

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

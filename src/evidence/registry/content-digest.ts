import { createHash } from 'node:crypto';
import { InvalidReference, parseDigest } from '../../images/index.ts';

/** The digest of bytes by SHA-256, as the OCI image specification writes it. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Whether bytes have a digest; false for one that is not valid. */
export function hasDigest(bytes: Uint8Array, digest: string): boolean {
  if (!isDigest(digest)) return false;
  const colon = digest.indexOf(':');
  return createHash(digest.slice(0, colon)).update(bytes).digest('hex') === digest.slice(colon + 1);
}

/** Whether a text is a digest of an algorithm that can be checked. */
export function isDigest(text: string): boolean {
  return !(parseDigest(text) instanceof InvalidReference);
}

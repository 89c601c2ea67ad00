import { createHash } from 'node:crypto';
import type { SignatureMaterial, SignedSubject, TrustRoot } from '../../../src/evidence/signatures/index.ts';
import type { Json } from '../../../src/values/index.ts';

/** A question about signatures as plain data, so that it can be put to Node and to workerd alike. */
export interface Question {
  readonly subject: SignedSubject;
  readonly material: readonly SignatureMaterial[];
  readonly authorities: Json;
  /** A predicate type: asks for attestations. */
  readonly type?: string;
  readonly trustRoots?: readonly TrustRoot[];
  /** RFC 3339; the time of the test otherwise. */
  readonly now?: string;
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

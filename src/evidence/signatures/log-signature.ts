import type { TrustMaterial } from '@sigstore/verify';
import { parsePublicKey } from '../../builtins/index.ts';
import { hasSigned, spkiOf } from './keys.ts';

export type Log = TrustMaterial['tlogs'][number];

/** Whether a log has signed a message. */
export function hasLogged({ publicKey }: Log, message: Uint8Array, signature: Uint8Array): boolean {
  return hasSigned(parsePublicKey(spkiOf(publicKey)), message, signature);
}

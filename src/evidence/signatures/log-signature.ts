import type { TrustMaterial } from '@sigstore/verify';
import { parsePublicKey } from '../../builtins/index.ts';
import { hasSigned, spkiOf } from './keys.ts';
import { remembered } from './remembered.ts';

export type Log = TrustMaterial['tlogs'][number];

/** Of a log of a trust root, which is kept as it was read. */
const keyOf = remembered(({ publicKey }: Log) => parsePublicKey(spkiOf(publicKey)));

/** Whether a log has signed a message. */
export function hasLogged(log: Log, message: Uint8Array, signature: Uint8Array): boolean {
  return hasSigned(keyOf(log), message, signature);
}

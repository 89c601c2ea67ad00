import { createPublicKey, type KeyObject } from 'node:crypto';
import { ed25519ph } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import {
  decodePemBlocks,
  digest,
  type HashName,
  hexOf,
  type PublicKey,
  parsePublicKey,
  verifySignature,
} from '../../builtins/index.ts';
import { refuse } from './refused.ts';

const leastRsaBits = 2048;
const hashes: readonly HashName[] = ['sha256', 'sha384', 'sha512'];

/** What signers use with each curve: the hash of its size, or SHA-256 as cosign does with all. */
const curveHashes: ReadonlyMap<string, readonly HashName[]> = new Map([
  ['P-256', ['sha256']],
  ['P-384', ['sha384', 'sha256']],
  ['P-521', ['sha512', 'sha256']],
]);

/** The one public key of a PEM text. Throws where there is none, or several. */
export function readPublicKey(pem: string): PublicKey {
  const blocks = decodePemBlocks(pem);
  if (blocks.length !== 1) return refuse('the authority must hold one public key in PEM');
  const { type, bytes } = blocks[0]!;
  if (type === 'PUBLIC KEY') return usable(parsePublicKey(bytes));
  if (type !== 'RSA PUBLIC KEY') return refuse(`no public key in PEM: ${type}`);
  const key = createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs1' });
  return usable(parsePublicKey(spkiOf(key)));
}

/** The SubjectPublicKeyInfo of a key. */
export function spkiOf(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' });
}

export function keyObject({ spki }: PublicKey): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}

/** What tells a key apart from others, however it is written. */
export function fingerprint({ spki }: PublicKey): string {
  return `sha256:${hexOf(digest('sha256', spki))}`;
}

/**
 * Whether a key has signed a message. The key decides what algorithms come in question, never the
 * signature or what came with it.
 */
export function hasSigned(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const verifies = (scheme: 'ecdsa' | 'pkcs1' | 'pss-auto') => (hash: HashName) =>
    verifySignature(scheme, hash, key.spki, message, signature);
  switch (usable(key).kind) {
    case 'ec':
      return curveHashes.get(key.kind === 'ec' ? key.curve : '')!.some(verifies('ecdsa'));
    case 'rsa':
      return hashes.some(verifies('pkcs1')) || hashes.some(verifies('pss-auto'));
    default:
      return (
        verifySignature('ed25519', 'sha512', key.spki, message, signature) ||
        prehashed(key, message, signature)
      );
  }
}

/** Whether a key on a curve has signed the message of a digest; the platform wants the message itself. */
export function hasSignedDigest(key: PublicKey, digest: Uint8Array, signature: Uint8Array): boolean {
  if (key.kind !== 'ec') return refuse('the manifest it signs is not at hand, which its kind of key needs');
  const curve = { 'P-256': p256, 'P-384': p384, 'P-521': p521 }[key.curve];
  if (curve === undefined) return refuse(`keys on ${key.curve} are not accepted`);
  const point = Buffer.from(key.spki).subarray(-curve.lengths.publicKeyUncompressed!);
  return quiet(() => curve.verify(signature, digest, point, { prehash: false, lowS: false, format: 'der' }));
}

/** Ed25519ph (RFC 8032), in which cosign signs with keys of Ed25519 because its log takes hashes alone. */
function prehashed(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.kind !== 'ed25519') return false;
  return quiet(() => ed25519ph.verify(signature, message, key.bytes, { zip215: false }));
}

/** Malformed signatures are no signatures. */
function quiet(verify: () => boolean): boolean {
  try {
    return verify();
  } catch {
    return false;
  }
}

/** The key, unless it is one that nobody should trust. */
function usable(key: PublicKey): PublicKey {
  if (key.kind === 'other') return refuse('the kind of the key is not known');
  if (key.kind === 'ec' && !curveHashes.has(key.curve))
    return refuse(`keys on ${key.curve} are not accepted`);
  if (key.kind === 'rsa' && key.modulus < 1n << BigInt(leastRsaBits - 1))
    return refuse(`RSA keys of less than ${leastRsaBits} bits are not accepted`);
  return key;
}

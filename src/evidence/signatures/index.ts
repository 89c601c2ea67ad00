import { momentOf } from '../../base/index.ts';
import type { Value } from '../../values/index.ts';
import type { SignatureMaterial, SignedSubject, TrustRoot, VerifyOptions } from './material.ts';
import type { Verification } from './verify.ts';

export type {
  BundleMaterial,
  CosignAnnotations,
  DsseMaterial,
  NotationMaterial,
  SignatureMaterial,
  SignedSubject,
  SimpleSigningMaterial,
  TrustRoot,
  VerifyOptions,
} from './material.ts';
export type { SeenSignature, Verification } from './verify.ts';

/**
 * The answer to `signature.verified`, with the distinct authorities of whom a valid signature is there: one
 * signature or signer never counts for two of them. Never rejects: what cannot be verified is `unverified`
 * with a reason, nothing at all is `absent`. A signature counts if what is signed names the digest of the image.
 * The code that verifies is loaded with the first call.
 */
export async function verifySignatures(
  subject: SignedSubject,
  material: readonly SignatureMaterial[],
  authorities: Value,
  options: VerifyOptions,
): Promise<Verification> {
  const { verify, signature } = await import('./verify.ts');
  return verify(signature, { subject, material, authorities, options });
}

/**
 * The answer to `attestation.verified`: as `verifySignatures`, of in-toto statements of one predicate type, or of
 * any, whose subjects must name the digest. `statements` are those that are proven, the newest first, each with
 * `verification`: its authorities, identity, all `signers` that it can be told by, source, and `signed_at` where
 * a log or a timestamp proves it. Material of another type is left out.
 */
export async function verifyAttestations(
  subject: SignedSubject,
  material: readonly SignatureMaterial[],
  type: string | undefined,
  authorities: Value,
  options: VerifyOptions,
): Promise<Verification> {
  const { verify, attestation } = await import('./verify.ts');
  return verify(attestation(type), { subject, material, authorities, options });
}

/** The trust root of Sigstore's public-good instance as it came with this version, see `trustRootAge`. */
export async function publicGoodRoot(): Promise<TrustRoot> {
  const { publicGood } = await import('./public-good.ts');
  return publicGood;
}

const nanosecondsPerDay = 86_400_000_000_000n;

/** How old a trust root is, in whole days; undefined where it does not say since when it is here. */
export function trustRootAge({ date }: TrustRoot, now: bigint): number | undefined {
  if (date === undefined) return undefined;
  return Number((now - momentOf(Date.parse(date))) / nanosecondsPerDay);
}

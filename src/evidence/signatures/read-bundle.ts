import {
  BUNDLE_V01_MEDIA_TYPE,
  BUNDLE_V02_MEDIA_TYPE,
  BUNDLE_V03_LEGACY_MEDIA_TYPE,
  BUNDLE_V03_MEDIA_TYPE,
  type Bundle,
  bundleFromJSON,
  ValidationError,
} from '@sigstore/bundle';
import { dsse } from '@sigstore/core';
import { HashAlgorithm } from '@sigstore/protobuf-specs';
import { digest, type HashName, hexOf, type PublicKey } from '../../builtins/index.ts';
import { hasSigned, hasSignedDigest } from './keys.ts';
import type { BundleMaterial, SignedSubject } from './material.ts';
import { oneLine, refuse } from './refused.ts';
import { remembered } from './remembered.ts';
import { type SignedContent, signedContent } from './signed-content.ts';

const mediaTypes: readonly string[] = [
  BUNDLE_V01_MEDIA_TYPE,
  BUNDLE_V02_MEDIA_TYPE,
  BUNDLE_V03_LEGACY_MEDIA_TYPE,
  BUNDLE_V03_MEDIA_TYPE,
];

const hashes: ReadonlyMap<HashAlgorithm, HashName> = new Map([
  [HashAlgorithm.SHA2_256, 'sha256'],
  [HashAlgorithm.SHA2_384, 'sha384'],
  [HashAlgorithm.SHA2_512, 'sha512'],
]);

const format = 'sigstore bundle';

/** What a Sigstore bundle has signed. Throws where it is malformed, or of a version that is not known. */
export function readBundle(material: BundleMaterial, subject: SignedSubject): SignedContent {
  const bundle = parsedBundle(material);
  return bundle.content.$case === 'dsseEnvelope'
    ? readEnvelope(bundle)
    : readMessage(bundle, bundle.content.messageSignature, subject);
}

const parsedBundle = remembered(({ bundle: text }: BundleMaterial): Bundle => {
  const bundle = parse(text);
  const known = mediaTypes.includes(bundle.mediaType);
  return known ? bundle : refuse(`bundles of the type ${oneLine(bundle.mediaType)} are not known`);
});

function parse(text: string): Bundle {
  try {
    return bundleFromJSON(JSON.parse(text));
  } catch (thrown) {
    if (thrown instanceof ValidationError) refuse(`${thrown.message}: ${thrown.fields.join(', ')}`);
    throw thrown;
  }
}

const readEnvelope = remembered((bundle: Bundle): SignedContent => {
  if (bundle.content.$case !== 'dsseEnvelope') return refuse('the bundle holds no envelope');
  const { payload, payloadType } = bundle.content.dsseEnvelope;
  const message = dsse.preAuthEncoding(payloadType, payload);
  return signedContent(bundle, (key, signature) => hasSigned(key, message, signature), {
    format,
    payload: { kind: 'statement', type: payloadType, bytes: payload },
  });
});

/**
 * A signature of bytes that the bundle does not hold. Where the manifest is not at hand, its digest is what the
 * image is known by; the hash must be the same then.
 */
function readMessage(
  bundle: Bundle,
  { messageDigest }: { readonly messageDigest?: { algorithm: HashAlgorithm; digest: Buffer } | undefined },
  { manifest }: SignedSubject,
): SignedContent {
  const hash = messageDigest && hashes.get(messageDigest.algorithm);
  if (hash === undefined) return refuse('the hash of the bundle is not known');
  const hashed = messageDigest!.digest;
  if (manifest === undefined) {
    const signed = (key: PublicKey, signature: Uint8Array) => hasSignedDigest(key, hashed, signature);
    return signedContent(bundle, signed, manifestPayload(hash, hashed));
  }
  if (hexOf(digest(hash, manifest)) !== hexOf(hashed))
    return refuse('it signs something else than the manifest of the image');
  const signed = (key: PublicKey, signature: Uint8Array) => hasSigned(key, manifest, signature);
  return signedContent(bundle, signed, manifestPayload('sha256', digest('sha256', manifest)));
}

function manifestPayload(hash: HashName, hashed: Uint8Array) {
  return { format, payload: { kind: 'manifest', digest: `${hash}:${hexOf(hashed)}` } } as const;
}

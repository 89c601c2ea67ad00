import {
  BUNDLE_V01_MEDIA_TYPE,
  BUNDLE_V02_MEDIA_TYPE,
  BUNDLE_V03_LEGACY_MEDIA_TYPE,
  BUNDLE_V03_MEDIA_TYPE,
  type Bundle,
  bundleFromJSON,
} from '@sigstore/bundle';
import { dsse } from '@sigstore/core';
import { HashAlgorithm } from '@sigstore/protobuf-specs';
import { digest, type HashName, hexOf } from '../../builtins/index.ts';
import type { BundleMaterial, SignedSubject } from './material.ts';
import { oneLine, refuse } from './refused.ts';
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
export function readBundle({ bundle: text }: BundleMaterial, subject: SignedSubject): SignedContent {
  const bundle = bundleFromJSON(JSON.parse(text));
  if (!mediaTypes.includes(bundle.mediaType))
    return refuse(`bundles of the type ${oneLine(bundle.mediaType)} are not known`);
  return bundle.content.$case === 'dsseEnvelope'
    ? readEnvelope(bundle, bundle.content.dsseEnvelope)
    : readMessage(bundle, bundle.content.messageSignature, subject);
}

function readEnvelope(
  bundle: Bundle,
  { payload, payloadType }: { readonly payload: Buffer; readonly payloadType: string },
): SignedContent {
  const message = dsse.preAuthEncoding(payloadType, payload);
  return signedContent(bundle, message, {
    format,
    payload: { kind: 'statement', type: payloadType, bytes: payload },
  });
}

/** A signature of bytes that the bundle does not hold: only those of the manifest can be told to be the image's. */
function readMessage(
  bundle: Bundle,
  { messageDigest }: { readonly messageDigest?: { algorithm: HashAlgorithm; digest: Buffer } | undefined },
  { manifest }: SignedSubject,
): SignedContent {
  if (manifest === undefined) return refuse('it signs a manifest, which is not at hand');
  const hash = messageDigest && hashes.get(messageDigest.algorithm);
  if (hash === undefined) return refuse('the hash of the bundle is not known');
  if (hexOf(digest(hash, manifest)) !== hexOf(messageDigest!.digest))
    return refuse('it signs something else than the manifest of the image');
  const signed = `sha256:${hexOf(digest('sha256', manifest))}`;
  return signedContent(bundle, manifest, { format, payload: { kind: 'manifest', digest: signed } });
}

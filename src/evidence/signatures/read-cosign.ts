import { BUNDLE_V03_MEDIA_TYPE, type Bundle, envelopeFromJSON } from '@sigstore/bundle';
import { dsse } from '@sigstore/core';
import { HashAlgorithm } from '@sigstore/protobuf-specs';
import { limits } from '../../base/index.ts';
import {
  type Certificate,
  decodeBase64,
  decodePemBlocks,
  digest,
  type PublicKey,
  parseCertificate,
} from '../../builtins/index.ts';
import { isObject, parseJson, type Value } from '../../values/index.ts';
import { hasSigned } from './keys.ts';
import type { CosignAnnotations, DsseMaterial, SimpleSigningMaterial } from './material.ts';
import { refuse } from './refused.ts';
import { readRekorBundle } from './rekor-bundle.ts';
import { type SignedContent, signedContent } from './signed-content.ts';

/** What a layer of cosign's `.sig` image has signed. Throws where it is malformed. */
export function readSimpleSigning(material: SimpleSigningMaterial): SignedContent {
  const { payload } = material;
  const signature = bytesOfBase64(material.signature, 'the signature');
  const messageDigest = {
    algorithm: HashAlgorithm.SHA2_256,
    digest: Buffer.from(digest('sha256', payload)),
  };
  const content = { $case: 'messageSignature', messageSignature: { messageDigest, signature } } as const;
  const signed = (key: PublicKey, made: Uint8Array) => hasSigned(key, payload, made);
  return signedContent(bundleOf(material, content), signed, {
    format: 'cosign signature',
    payload: { kind: 'simple_signing', bytes: payload },
    chain: chainOf(material),
  });
}

/** What a layer of cosign's `.att` image has signed, once for each signature of its envelope that differs. */
export function readDsse(material: DsseMaterial): readonly SignedContent[] {
  const envelope = envelopeFromJSON(JSON.parse(material.envelope));
  const { payloadType, payload, signatures } = envelope;
  if (signatures.length === 0) return refuse('the envelope has no signature');
  if (signatures.length > limits.envelopeSignatures) return refuse('the envelope has too many signatures');
  const signed = (key: PublicKey, made: Uint8Array) =>
    hasSigned(key, dsse.preAuthEncoding(payloadType, payload), made);
  const rest = {
    format: 'cosign attestation',
    payload: { kind: 'statement', type: payloadType, bytes: payload },
    chain: chainOf(material),
    ...(material.bundle !== undefined && { envelope: new TextEncoder().encode(material.envelope) }),
  } as const;
  const distinct = new Map(signatures.map(signature => [signature.sig.toString('base64'), signature]));
  return [...distinct.values()].map(signature => {
    const single = { payloadType, payload, signatures: [signature] };
    const bundle = bundleOf(material, { $case: 'dsseEnvelope', dsseEnvelope: single });
    return signedContent(bundle, signed, rest);
  });
}

/** The layer as a bundle would have it. */
function bundleOf(annotations: CosignAnnotations, content: Bundle['content']): Bundle {
  const { bundle, timestamp } = annotations;
  const [certificate] = certificatesOf(annotations.certificate);
  return {
    mediaType: BUNDLE_V03_MEDIA_TYPE,
    verificationMaterial: {
      content: certificate
        ? { $case: 'certificate', certificate: { rawBytes: Buffer.from(certificate.raw) } }
        : { $case: 'publicKey', publicKey: { hint: '' } },
      tlogEntries: bundle === undefined ? [] : [readRekorBundle(bundle)],
      timestampVerificationData:
        timestamp === undefined ? undefined : { rfc3161Timestamps: [readTimestamp(timestamp)] },
    },
    content,
  };
}

function chainOf({ chain }: CosignAnnotations): readonly Certificate[] {
  return certificatesOf(chain);
}

function certificatesOf(pem = ''): readonly Certificate[] {
  if (pem.length > limits.pemLength) return refuse('it carries too many certificates');
  const blocks = decodePemBlocks(pem).filter(({ type }) => type === 'CERTIFICATE');
  if (blocks.length > limits.certificates) return refuse('it carries too many certificates');
  return blocks.map(({ bytes }) => parseCertificate(bytes));
}

function readTimestamp(json: string): { signedTimestamp: Buffer } {
  const value = parseJson(json);
  const response: Value | undefined = isObject(value) ? value.get('SignedRFC3161Timestamp') : undefined;
  if (typeof response !== 'string') return refuse('the annotation holds no timestamp');
  return { signedTimestamp: bytesOfBase64(response, 'the timestamp') };
}

function bytesOfBase64(text: string, what: string): Buffer {
  const bytes = decodeBase64(text.trim());
  return bytes === undefined || bytes.length === 0 ? refuse(`${what} is not base64`) : Buffer.from(bytes);
}

import type { Bundle } from '@sigstore/bundle';
import { type SignedEntity, toSignedEntity } from '@sigstore/verify';
import { type Certificate, parseCertificate, parsePublicKey } from '../../builtins/index.ts';
import { hasSigned, spkiOf } from './keys.ts';
import type { Payload } from './payload.ts';

/** A signature with all that came along with it; nothing is verified yet. */
export interface SignedContent {
  readonly format: string;
  readonly source?: string;
  readonly payload: Payload;
  readonly entity: SignedEntity;
  /** The bytes that were signed. */
  readonly message: Uint8Array;
  /** The envelope as it was stored, where there is one. */
  readonly envelope?: Uint8Array;
  /** Of the signer. */
  readonly certificate?: Certificate;
  /** Certificates that came along and may link the signer's with one that is trusted. */
  readonly intermediates: readonly Certificate[];
}

/**
 * What a bundle has signed. The signature is checked by the kind of the key, for the library knows no
 * Ed25519 beside a hash, nor RSASSA-PSS.
 */
export function signedContent(
  bundle: Bundle,
  message: Uint8Array,
  rest: Pick<SignedContent, 'format' | 'payload' | 'envelope'> & { readonly chain?: readonly Certificate[] },
): SignedContent {
  const entity = toSignedEntity(bundle, Buffer.from(message));
  const content = entity.signature;
  const [certificate, ...intermediates] = certificatesOf(bundle);
  return {
    format: rest.format,
    payload: rest.payload,
    message,
    ...(rest.envelope && { envelope: rest.envelope }),
    ...(certificate && { certificate }),
    intermediates: [...intermediates, ...(rest.chain ?? [])],
    entity: {
      ...entity,
      signature: {
        signature: content.signature,
        compareSignature: signature => content.compareSignature(signature),
        compareDigest: digest => content.compareDigest(digest),
        compareSignedDigest: digest => content.compareSignedDigest(digest),
        verifySignature: key => hasSigned(parsePublicKey(spkiOf(key)), message, content.signature),
      },
    },
  };
}

function certificatesOf({ verificationMaterial: { content } }: Bundle): readonly Certificate[] {
  switch (content.$case) {
    case 'certificate':
      return [parseCertificate(content.certificate.rawBytes)];
    case 'x509CertificateChain':
      return content.x509CertificateChain.certificates.map(({ rawBytes }) => parseCertificate(rawBytes));
    case 'publicKey':
      return [];
  }
}

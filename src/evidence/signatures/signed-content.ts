import type { Bundle } from '@sigstore/bundle';
import type { X509Certificate } from '@sigstore/core';
import { type SignedEntity, toSignedEntity } from '@sigstore/verify';
import { limits } from '../../base/index.ts';
import { type Certificate, type PublicKey, parseCertificate, parsePublicKey } from '../../builtins/index.ts';
import { keepEncoding } from './kept-encoding.ts';
import { fingerprint, spkiOf } from './keys.ts';
import type { Payload } from './payload.ts';
import { refuse } from './refused.ts';

/** A signature with all that came along with it; nothing is verified yet. */
export interface SignedContent {
  readonly format: string;
  readonly source?: string;
  readonly payload: Payload;
  readonly entity: SignedEntity;
  /** Whether a key has made the signature. */
  readonly isSignedBy: (key: PublicKey) => boolean;
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
  signed: (key: PublicKey, signature: Uint8Array) => boolean,
  rest: Pick<SignedContent, 'format' | 'payload' | 'envelope'> & { readonly chain?: readonly Certificate[] },
): SignedContent {
  const entity = toSignedEntity(bundle);
  const content = entity.signature;
  const [certificate, ...intermediates] = certificatesOf(bundle);
  if (entity.key.$case === 'certificate') expectSame(keepEncoding(entity.key.certificate), certificate);
  const isSignedBy = oncePerKey(key => signed(key, content.signature));
  return {
    format: rest.format,
    payload: rest.payload,
    isSignedBy,
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
        verifySignature: key => isSignedBy(parsePublicKey(spkiOf(key))),
      },
    },
  };
}

/** The same signature is held against the same keys for each image that it may be of. */
function oncePerKey(signed: (key: PublicKey) => boolean): (key: PublicKey) => boolean {
  const known = new Map<string, boolean>();
  return key => {
    const print = fingerprint(key);
    const answer = known.get(print) ?? signed(key);
    known.set(print, answer);
    return answer;
  };
}

/** The library and our own reader must have read the same certificate: one of odd encoding is none. */
function expectSame(theirs: X509Certificate, ours: Certificate | undefined): void {
  if (ours === undefined || Buffer.compare(theirs.root.toDER(), ours.raw) !== 0)
    refuse('the certificate is malformed');
}

function certificatesOf({ verificationMaterial: { content } }: Bundle): readonly Certificate[] {
  switch (content.$case) {
    case 'certificate':
      return [parseCertificate(content.certificate.rawBytes)];
    case 'x509CertificateChain':
      if (content.x509CertificateChain.certificates.length > limits.certificates)
        return refuse('it carries too many certificates');
      return content.x509CertificateChain.certificates.map(({ rawBytes }) => parseCertificate(rawBytes));
    case 'publicKey':
      return [];
  }
}

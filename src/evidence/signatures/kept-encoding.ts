import { type ASN1Obj, X509Certificate } from '@sigstore/core';
import { encodeLength } from '@sigstore/core/dist/asn1/length.js';

/**
 * The certificate, with the parts that are compared and checked again and again encoded once: to encode them
 * anew takes the library longer than all the rest of a verification. It must not be changed afterwards.
 */
export function keepEncoding(certificate: X509Certificate): X509Certificate {
  const { root, tbsCertificate, publicKey } = certificate;
  for (const part of [tbsCertificate, root]) {
    const encoded = encode(part);
    part.toDER = () => encoded;
  }
  Object.defineProperty(certificate, 'publicKey', { value: publicKey });
  certificate.clone = () => copyOf(root.toDER());
  return certificate;
}

/** A copy that may be changed: logs of certificates sign what is left without their timestamps. */
function copyOf(encoded: Buffer): X509Certificate {
  const copy = X509Certificate.parse(Buffer.from(encoded));
  const { tbsCertificate } = copy;
  tbsCertificate.toDER = () => encode(tbsCertificate);
  return copy;
}

/** As the library does it, which takes blocks of memory for each part. */
function encode({ tag, subs, value }: ASN1Obj): Buffer {
  const content = subs.length > 0 ? Buffer.concat(subs.map(encode)) : value;
  return Buffer.concat([Buffer.from([tag.toDER()]), encodeLength(content.length), content]);
}

/** The same for a certificate of a trust root, of which too is kept by which others it was signed. */
export function keepChecks(certificate: X509Certificate): X509Certificate {
  const checked = new WeakMap<X509Certificate, boolean>();
  const verify = certificate.verify.bind(certificate);
  certificate.verify = (issuer = certificate) => {
    const known = checked.get(issuer) ?? verify(issuer);
    checked.set(issuer, known);
    return known;
  };
  return keepEncoding(certificate);
}

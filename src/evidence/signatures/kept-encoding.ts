import type { X509Certificate } from '@sigstore/core';

/**
 * The certificate, with the parts that are compared and checked again and again encoded once: to encode them
 * anew takes the library longer than all the rest of a verification. It must not be changed afterwards.
 */
export function keepEncoding(certificate: X509Certificate): X509Certificate {
  for (const part of [certificate.root, certificate.tbsCertificate]) {
    const encoded = part.toDER();
    part.toDER = () => encoded;
  }
  return certificate;
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

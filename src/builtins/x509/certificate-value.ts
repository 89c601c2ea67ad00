import { ObjectBuilder, ObjectValue, parseNumber, type Value } from '../../values/index.ts';
import { encodeBase64 } from '../base64.ts';
import type { Certificate, Extension } from './certificate.ts';
import { addExtensionFields } from './extensions.ts';
import { nameValue, orNull } from './name.ts';
import type { PublicKey } from './public-key.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';

/** A certificate as Go's `x509.Certificate` becomes JSON. */
export function certificateValue(certificate: Certificate): ObjectValue {
  const fields = new ObjectBuilder();
  addExtensionFields(fields, certificate.extensions);
  const algorithm = keyAlgorithm(certificate.publicKey);
  return fields
    .set('Raw', encodeBase64(certificate.raw))
    .set('RawTBSCertificate', encodeBase64(certificate.signed))
    .set('RawSubjectPublicKeyInfo', encodeBase64(certificate.publicKey.spki))
    .set('RawSubject', encodeBase64(certificate.rawSubject))
    .set('RawIssuer', encodeBase64(certificate.rawIssuer))
    .set('Signature', encodeBase64(certificate.signature))
    .set('SignatureAlgorithm', signatureAlgorithm(certificate.signatureAlgorithm).number)
    .set('PublicKeyAlgorithm', algorithm)
    .set('PublicKey', publicKeyValue(certificate.publicKey))
    .set('Version', certificate.version)
    .set('SerialNumber', bigValue(certificate.serialNumber))
    .set('Issuer', nameValue(certificate.issuer))
    .set('Subject', nameValue(certificate.subject))
    .set('NotBefore', timeText(certificate.notBefore))
    .set('NotAfter', timeText(certificate.notAfter))
    .set('Extensions', extensionsValue(certificate.extensions))
    .set('ExtraExtensions', null)
    .build();
}

export function extensionsValue(extensions: readonly Extension[]): Value {
  return orNull(
    extensions.map(({ id, critical, value }) =>
      ObjectValue.of([
        ['Id', id],
        ['Critical', critical],
        ['Value', encodeBase64(value)],
      ]),
    ),
  );
}

/** The number that Go gives to the algorithm of a key. */
export function keyAlgorithm(key: PublicKey): number {
  return { rsa: 1, ec: 3, ed25519: 4, other: 0 }[key.kind];
}

export function publicKeyValue(key: PublicKey): Value {
  switch (key.kind) {
    case 'rsa':
      return ObjectValue.of([
        ['N', bigValue(key.modulus)],
        ['E', bigValue(key.exponent)],
      ]);
    case 'ec':
      return ObjectValue.of([
        ['Curve', ObjectValue.empty],
        ['X', bigValue(key.x)],
        ['Y', bigValue(key.y)],
      ]);
    case 'ed25519':
      return encodeBase64(key.bytes);
    case 'other':
      return null;
  }
}

export function bigValue(number: bigint): Value {
  return parseNumber(number.toString())!;
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

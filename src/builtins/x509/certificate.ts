import { BuiltinError } from '../builtin.ts';
import { latin1 } from '../bytes.ts';
import {
  bitStringOf,
  booleanOf,
  childrenOf,
  context,
  type DerElement,
  expectTag,
  integerOf,
  malformed,
  oidArcs,
  readElements,
  readOnly,
  tags,
} from './der.ts';
import { type NameAttribute, parseName } from './name.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';

/** An X.509 certificate (RFC 5280), its extensions as they are. */
export interface Certificate {
  readonly raw: Uint8Array;
  /** What is signed. */
  readonly signed: Uint8Array;
  /** 1 to 3. */
  readonly version: number;
  readonly serialNumber: bigint;
  readonly signatureAlgorithm: DerElement;
  readonly issuer: readonly NameAttribute[];
  readonly rawIssuer: Uint8Array;
  /** Seconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: readonly NameAttribute[];
  readonly rawSubject: Uint8Array;
  readonly publicKey: PublicKey;
  readonly extensions: readonly Extension[];
  readonly signature: Uint8Array;
}

export interface Extension {
  readonly id: readonly number[];
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** The certificate that the DER is. Throws BuiltinError where it is malformed. */
export function parseCertificate(der: Uint8Array): Certificate {
  const certificate = readOnly(der);
  const [signed, algorithm, signature] = childrenOf(certificate);
  const fields = [...childrenOf(signed)];
  const version =
    fields[0]?.tag === context(0) ? Number(integerOf(readOnly(fields.shift()!.content))) + 1 : 1;
  const [serialNumber, , issuer, validity, subject, spki, ...optional] = fields;
  const [notBefore, notAfter] = childrenOf(validity).map(timeOf);
  const extensions = optional.find(field => field.tag === context(3));
  return {
    raw: certificate.raw,
    signed: signed!.raw,
    version,
    serialNumber: integerOf(serialNumber),
    signatureAlgorithm: expectTag(algorithm, tags.sequence),
    issuer: parseName(issuer),
    rawIssuer: issuer!.raw,
    notBefore: notBefore ?? malformed('no validity'),
    notAfter: notAfter ?? malformed('no validity'),
    subject: parseName(subject),
    rawSubject: subject!.raw,
    publicKey: parsePublicKey(expectTag(spki, tags.sequence).raw),
    extensions: extensions ? parseExtensions(readOnly(extensions.content)) : [],
    signature: bitStringOf(signature),
  };
}

/** The certificates that stand one after another. */
export function parseCertificates(der: Uint8Array): readonly Certificate[] {
  return readElements(der).map(element => parseCertificate(element.raw));
}

/** The public key of a certificate in DER. */
export function certificateKey(der: Uint8Array): PublicKey {
  return parseCertificate(der).publicKey;
}

/** A SEQUENCE OF Extension. */
export function parseExtensions(element: DerElement): readonly Extension[] {
  return childrenOf(element).map(extension => {
    const [id, second, third] = childrenOf(extension);
    const critical = second?.tag === tags.boolean && booleanOf(second);
    const value = expectTag(third ?? second, tags.octetString).content;
    return { id: oidArcs(id), critical, value };
  });
}

/** Seconds since 1970 of a time in UTC. */
function timeOf(element: DerElement): number {
  const text = latin1(element.content);
  const short = element.tag === tags.utcTime;
  const match = (short ? /^(\d\d)(\d{4})(\d{6})Z$/u : /^(\d{4})(\d{4})(\d{6})Z$/u).exec(text);
  if (!match || (!short && element.tag !== tags.generalizedTime))
    throw new BuiltinError('x509: malformed time');
  const year = short ? Number(match[1]) + (Number(match[1]) >= 50 ? 1900 : 2000) : Number(match[1]);
  const [month, day] = pairs(match[2]!);
  const [hour, minute, second] = pairs(match[3]!);
  const date = new Date(0);
  date.setUTCFullYear(year, month! - 1, day);
  date.setUTCHours(hour!, minute, second);
  return date.getTime() / 1000;
}

function pairs(digits: string): readonly number[] {
  return digits.match(/\d\d/gu)!.map(Number);
}

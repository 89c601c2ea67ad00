import {
  type Certificate,
  childrenOf,
  context,
  type DerElement,
  digest,
  type HashName,
  integerOf,
  oidOf,
  type PublicKey,
  parseCertificate,
  readElements,
  readOnly,
  type Scheme,
  tags,
  verifyChain,
  verifySignature,
} from '../../../builtins/index.ts';
import { refuse } from '../refused.ts';

const signedData = '1.2.840.113549.1.7.2';
const timestampInfo = '1.2.840.113549.1.9.16.1.4';
const contentTypeAttribute = '1.2.840.113549.1.9.3';
const messageDigestAttribute = '1.2.840.113549.1.9.4';
/** The number that Go gives to the use of a certificate for timestamps. */
const timeStamping = 8;

const hashes: ReadonlyMap<string, HashName> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

interface SignerInfo {
  /** Issuer and serial number of the certificate, as they stand. */
  readonly issuer: Uint8Array;
  readonly serialNumber: bigint;
  readonly hash: HashName;
  readonly attributes: DerElement;
  readonly signature: Uint8Array;
}

/**
 * When a message was there, in milliseconds since 1970, by a token of RFC 3161 whose signer leads to one of
 * the anchors. Throws where the token is not valid, or for another message.
 */
export function proveTimestamp(
  token: Uint8Array,
  message: Uint8Array,
  anchors: readonly Certificate[],
): number {
  const [type, explicit] = childrenOf(readOnly(token));
  if (oidOf(type) !== signedData) refuse('the timestamp is no signed data');
  const fields = childrenOf(readOnly(expectContext(explicit)));
  const [, , content] = fields;
  const [contentType, holder] = childrenOf(content);
  if (oidOf(contentType) !== timestampInfo) refuse('the timestamp is none');
  const info = readOnly(expectContext(holder), tags.octetString).content;
  const certificates = fields.find(({ tag }) => tag === context(0));
  const time = readInfo(info, message);
  const signer = readSigner(fields.at(-1));
  const chain = certificates === undefined ? [] : readElements(certificates.content).map(parseOne);
  const certificate = [...chain, ...anchors].find(
    each => each.serialNumber === signer.serialNumber && same(each.rawIssuer, signer.issuer),
  );
  if (certificate === undefined) return refuse('the certificate of the timestamp is not there');
  expectSigned(signer, info, certificate.publicKey);
  const options = { time: Math.floor(time / 1000), dnsName: '', usages: [timeStamping] };
  if (!anchors.some(anchor => verifyChain([anchor, ...chain, certificate], options) !== undefined))
    refuse('the timestamp is by no trusted authority');
  return time;
}

/** The time of a TSTInfo; throws where it is about another message. */
function readInfo(info: Uint8Array, message: Uint8Array): number {
  const [, , imprint, , time] = childrenOf(readOnly(info));
  const [algorithm, hashed] = childrenOf(imprint);
  const expected = digest(hashOf(algorithm), message);
  if (hashed?.tag !== tags.octetString || !same(hashed.content, expected))
    refuse('the timestamp is for another signature');
  const text = new TextDecoder().decode(time?.content);
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/u.exec(text);
  if (time?.tag !== tags.generalizedTime || match === null) return refuse('the timestamp has no time');
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
}

function readSigner(infos: DerElement | undefined): SignerInfo {
  const [info, ...more] = childrenOf(infos, tags.set);
  if (more.length > 0) refuse('the timestamp has several signers');
  const [, identifier, hash, attributes, , signature] = childrenOf(info);
  const [issuer, serialNumber] = childrenOf(identifier);
  if (issuer === undefined || attributes?.tag !== context(0) || signature?.tag !== tags.octetString)
    return refuse('the signer of the timestamp is malformed');
  return {
    issuer: issuer.raw,
    serialNumber: integerOf(serialNumber),
    hash: hashOf(hash),
    attributes,
    signature: signature.content,
  };
}

/** What is signed are attributes, one of which is the hash of the content. */
function expectSigned({ attributes, hash, signature }: SignerInfo, info: Uint8Array, key: PublicKey): void {
  const list = readElements(attributes.content).map(attribute => childrenOf(attribute));
  const value = (id: string) => {
    const [found, ...more] = list.filter(([type]) => oidOf(type) === id);
    if (found === undefined || more.length > 0) return refuse('the timestamp lacks what it must have signed');
    return childrenOf(found[1], tags.set)[0];
  };
  if (oidOf(value(contentTypeAttribute)) !== timestampInfo) refuse('the timestamp signs something else');
  const hashed = value(messageDigestAttribute);
  if (hashed?.tag !== tags.octetString || !same(hashed.content, digest(hash, info)))
    refuse('the timestamp was changed');
  const message = Uint8Array.from(attributes.raw);
  message[0] = tags.set;
  if (!verifySignature(schemeOf(key), hash, key.spki, message, signature))
    refuse('the signature of the timestamp is not valid');
}

function schemeOf(key: PublicKey): Scheme {
  if (key.kind === 'rsa') return 'pkcs1';
  return key.kind === 'ec' ? 'ecdsa' : refuse('the kind of key of the timestamp is not accepted');
}

function hashOf(algorithm: DerElement | undefined): HashName {
  return hashes.get(oidOf(childrenOf(algorithm)[0])) ?? refuse('the hash of the timestamp is not accepted');
}

function expectContext(element: DerElement | undefined): Uint8Array {
  return element?.tag === context(0) ? element.content : refuse('the timestamp is malformed');
}

function parseOne({ raw }: DerElement): Certificate {
  return parseCertificate(raw);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

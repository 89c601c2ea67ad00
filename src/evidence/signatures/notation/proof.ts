import { limits } from '../../../base/index.ts';
import {
  type Certificate,
  type PublicKey,
  parseCertificate,
  signaturePair,
  verifySignature,
} from '../../../builtins/index.ts';
import type { Authority } from '../authority.ts';
import { proveChain } from '../chain-proof.ts';
import { attempt, Refused, refuse } from '../refused.ts';
import { isNamed, nameText } from './distinguished-name.ts';
import { type Algorithm, attributeNames, type NotationEnvelope } from './envelope.ts';
import { proveTimestamp } from './timestamp.ts';

type NotationAuthority = Extract<Authority, { readonly kind: 'notation' }>;

const payloadType = 'application/vnd.cncf.notary.payload.v1+json';
const x509 = 'notary.x509';
const signingAuthority = 'notary.x509.signingAuthority';

/** Attributes that are understood here; a plugin is not, so that a signature that wants one is not trusted. */
const understood: ReadonlySet<string> = new Set([
  attributeNames.scheme,
  attributeNames.signingTime,
  attributeNames.authenticSigningTime,
  attributeNames.expiry,
]);

export interface NotationContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whose timestamps count. */
  readonly timestampAnchors: readonly Certificate[];
}

export interface NotationProof {
  readonly subject: string;
  /** Of the signer's certificate. */
  readonly key: PublicKey;
  /** When it was signed, where a timestamp proves it. */
  readonly at?: number;
}

/** Who has signed; throws unless one of the authority's identities has, under its trust store. */
export function proveNotation(
  envelope: NotationEnvelope,
  { anchors, identities }: NotationAuthority,
  { now, timestampAnchors }: NotationContext,
): NotationProof {
  const chain = chainOf(envelope);
  expectAttributes(envelope, now);
  expectSigned(envelope, chain[0]!.publicKey);
  const at = provenTime(envelope, timestampAnchors, now);
  expectTrusted(chain, anchors, at ?? now);
  const { subject, publicKey: key } = chain[0]!;
  if (!identities.some(identity => isNamed(subject, identity)))
    return refuse(`${nameText(subject)} is none of the identities`);
  return { subject: nameText(subject), key, ...(at !== undefined && { at }) };
}

/** When it was signed, where a timestamp of a trusted authority proves it; what none proves counts for nothing. */
function provenTime(
  { timestamp, signature }: NotationEnvelope,
  anchors: readonly Certificate[],
  now: number,
): number | undefined {
  if (timestamp === undefined || anchors.length === 0) return undefined;
  const time = attempt(() => proveTimestamp(timestamp, signature, anchors));
  return time instanceof Refused || time > now ? undefined : time;
}

function chainOf({ chain }: NotationEnvelope): readonly Certificate[] {
  if (chain.length === 0) return refuse('the envelope has no certificates');
  if (chain.length > limits.certificates) return refuse('the envelope has too many certificates');
  return chain.map(parseCertificate);
}

function expectAttributes({ contentType, critical, attributes }: NotationEnvelope, now: number): void {
  if (contentType !== payloadType) refuse('the payload is none of the Notary Project');
  const scheme = attributes.get(attributeNames.scheme);
  if (scheme !== x509 && scheme !== signingAuthority) refuse('the signing scheme is not known');
  if (critical.includes(attributeNames.plugin))
    refuse('it wants a verification plugin, of which there are none');
  const unknown = critical.find(name => !understood.has(name) || !attributes.has(name));
  if (unknown !== undefined) refuse('an attribute that must be understood is not known');
  const needed = [attributeNames.scheme, attributeNames.expiry, attributeNames.authenticSigningTime];
  if (needed.some(name => attributes.has(name) && !critical.includes(name)))
    refuse('an attribute that must be critical is not');
  expectTimes(attributes, scheme === signingAuthority, now);
}

function expectTimes(attributes: NotationEnvelope['attributes'], byAuthority: boolean, now: number): void {
  if (byAuthority && !attributes.has(attributeNames.authenticSigningTime))
    refuse('the signing authority does not say when it was signed');
  const expiry = attributes.get(attributeNames.expiry);
  if (expiry !== undefined && Number(expiry) <= now)
    refuse(`the signature expired at ${new Date(Number(expiry)).toISOString()}`);
}

/** The key decides the algorithm (signature specification, "Signature Algorithm Requirements"). */
function expectSigned({ algorithm, message, signature }: NotationEnvelope, key: PublicKey): void {
  const wanted = algorithmOf(key);
  if (wanted.scheme !== algorithm.scheme || wanted.hash !== algorithm.hash)
    refuse('the algorithm of the signature does not fit the key');
  const encoded = algorithm.scheme === 'ecdsa' ? signaturePair(signature) : signature;
  if (!verifySignature(algorithm.scheme, algorithm.hash, key.spki, message, encoded))
    refuse('the signature does not fit the envelope');
}

function algorithmOf(key: PublicKey): Algorithm {
  if (key.kind === 'rsa') {
    const bits = key.modulus.toString(2).length;
    const hash = ({ 2048: 'sha256', 3072: 'sha384', 4096: 'sha512' } as const)[bits];
    return hash ? { scheme: 'pss', hash } : refuse(`RSA keys of ${bits} bits are not accepted`);
  }
  const curve = key.kind === 'ec' ? key.curve : '';
  const hash = ({ 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512' } as const)[curve];
  return hash ? { scheme: 'ecdsa', hash } : refuse('the kind of the key is not accepted');
}

/** A certificate of the chain must be one of the trust store, and the chain up to there be valid at a time. */
function expectTrusted(chain: readonly Certificate[], anchors: readonly Certificate[], time: number): void {
  const [leaf] = chain;
  const at = chain.findIndex(certificate => anchors.some(anchor => sameBytes(anchor.raw, certificate.raw)));
  if (at === -1) refuse('no certificate of the chain is in the trust store');
  if (at === 0 && !isSelfSigned(leaf!)) refuse('the certificate in the trust store is no root');
  proveChain(leaf!, chain.slice(1, at), [chain[at]!], time);
}

function isSelfSigned({ rawIssuer, rawSubject }: Certificate): boolean {
  return sameBytes(rawIssuer, rawSubject);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

import type { HashName, Scheme } from '../crypto/primitives.ts';
import { childrenOf, context, type DerElement, oidOf, readOnly } from './der.ts';

/** How a certificate is signed: the number that Go gives it, and how that is checked where it still may be. */
export interface SignatureAlgorithm {
  readonly number: number;
  readonly check?: { readonly scheme: Scheme; readonly hash: HashName };
}

const byOid: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ['1.2.840.113549.1.1.4', { number: 2 }],
  ['1.2.840.113549.1.1.5', { number: 3 }],
  ['1.3.14.3.2.29', { number: 3 }],
  ['1.2.840.113549.1.1.11', { number: 4, check: { scheme: 'pkcs1', hash: 'sha256' } }],
  ['1.2.840.113549.1.1.12', { number: 5, check: { scheme: 'pkcs1', hash: 'sha384' } }],
  ['1.2.840.113549.1.1.13', { number: 6, check: { scheme: 'pkcs1', hash: 'sha512' } }],
  ['1.2.840.10040.4.3', { number: 7 }],
  ['2.16.840.1.101.3.4.3.2', { number: 8 }],
  ['1.2.840.10045.4.1', { number: 9 }],
  ['1.2.840.10045.4.3.2', { number: 10, check: { scheme: 'ecdsa', hash: 'sha256' } }],
  ['1.2.840.10045.4.3.3', { number: 11, check: { scheme: 'ecdsa', hash: 'sha384' } }],
  ['1.2.840.10045.4.3.4', { number: 12, check: { scheme: 'ecdsa', hash: 'sha512' } }],
  ['1.3.101.112', { number: 16, check: { scheme: 'ed25519', hash: 'sha512' } }],
]);

/** By the identifier of the hash in the parameters of RSASSA-PSS. */
const pss: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ['2.16.840.1.101.3.4.2.1', { number: 13, check: { scheme: 'pss', hash: 'sha256' } }],
  ['2.16.840.1.101.3.4.2.2', { number: 14, check: { scheme: 'pss', hash: 'sha384' } }],
  ['2.16.840.1.101.3.4.2.3', { number: 15, check: { scheme: 'pss', hash: 'sha512' } }],
]);

const unknown: SignatureAlgorithm = { number: 0 };

/** What an AlgorithmIdentifier names; number 0 where it is unknown. MD5 and SHA-1 are named and never checked. */
export function signatureAlgorithm(identifier: DerElement): SignatureAlgorithm {
  const [oid, parameters] = childrenOf(identifier);
  const name = oidOf(oid);
  if (name !== '1.2.840.113549.1.1.10') return byOid.get(name) ?? unknown;
  const hash = parameters && childrenOf(parameters).find(part => part.tag === context(0));
  return (hash && pss.get(oidOf(childrenOf(readOnly(hash.content))[0]))) ?? unknown;
}

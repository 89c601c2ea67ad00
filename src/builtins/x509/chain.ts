import { isArray, type ObjectValue, type Value } from '../../values/index.ts';
import { verifySignature } from '../crypto/primitives.ts';
import type { Certificate } from './certificate.ts';
import { certificateValue } from './certificate-value.ts';
import { hostMatches } from './host-name.ts';
import { constraintsAllow } from './name-constraints.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';

/** What is asked of a chain. */
export interface ChainOptions {
  /** Seconds since 1970. */
  readonly time: number;
  /** The host that the leaf must be for; empty where it may be for any. */
  readonly dnsName: string;
  /** Uses of which the whole chain must allow one, by the numbers that Go gives them; 0 is any. */
  readonly usages: readonly number[];
}

/** A certificate with its fields as Go has them. */
interface Link {
  readonly certificate: Certificate;
  readonly fields: ObjectValue;
}

const anyUsage = 0;
const certificateSigning = 1 << 5;
/** Signatures checked for one chain, as in Go. */
const mostChecks = 100;

/**
 * The chain from the last certificate to the first, which is trusted, the others between them where they
 * are needed; undefined where there is no valid one (RFC 5280, without revocation).
 */
export function verifyChain(
  certificates: readonly Certificate[],
  options: ChainOptions,
): readonly Certificate[] | undefined {
  if (certificates.length < 2) return undefined;
  const links = certificates.map(certificate => ({ certificate, fields: certificateValue(certificate) }));
  const leaf = links.at(-1)!;
  if (!isUsable(leaf, [], options)) return undefined;
  if (options.dnsName !== '' && !hostMatches(leaf.fields, options.dnsName)) return undefined;
  const search = new Search(links[0]!, links.slice(1, -1), options);
  const chain = same(leaf, links[0]!) ? [leaf] : search.from([leaf]);
  return chain?.map(link => link.certificate);
}

class Search {
  private readonly root: Link;
  private readonly intermediates: readonly Link[];
  private readonly options: ChainOptions;
  private checks = 0;

  constructor(root: Link, intermediates: readonly Link[], options: ChainOptions) {
    this.root = root;
    this.intermediates = intermediates;
    this.options = options;
  }

  /** The first way from the end of a chain to the root that is valid as a whole. */
  from(chain: readonly Link[]): readonly Link[] | undefined {
    if (this.signs(this.root, chain)) {
      const whole = [...chain, this.root];
      if (allowsUsage(whole, this.options.usages) && constraintsAllow(whole.map(link => link.fields)))
        return whole;
    }
    for (const parent of this.intermediates) {
      if (chain.some(link => same(link, parent)) || !this.signs(parent, chain)) continue;
      const found = this.from([...chain, parent]);
      if (found) return found;
    }
    return undefined;
  }

  /** Whether a certificate may sign, and has signed, the last of a chain. */
  private signs(parent: Link, chain: readonly Link[]): boolean {
    const child = chain.at(-1)!.certificate;
    if (!sameBytes(child.rawIssuer, parent.certificate.rawSubject) || !maySign(parent)) return false;
    if (++this.checks > mostChecks) return false;
    const check = signatureAlgorithm(child.signatureAlgorithm).check;
    const { publicKey } = parent.certificate;
    if (check === undefined || !fitsKey(check.scheme, publicKey.kind)) return false;
    if (parent !== this.root && parent.fields.get('IsCA') !== true) return false;
    const valid = verifySignature(check.scheme, check.hash, publicKey.spki, child.signed, child.signature);
    return valid && isUsable(parent, chain, this.options);
  }
}

function fitsKey(scheme: string, kind: string): boolean {
  return kind === (scheme === 'ecdsa' ? 'ec' : scheme === 'ed25519' ? 'ed25519' : 'rsa');
}

function maySign({ certificate, fields }: Link): boolean {
  const constrained = fields.get('BasicConstraintsValid') === true;
  if (constrained ? fields.get('IsCA') !== true : certificate.version === 3) return false;
  const usage = fields.get('KeyUsage') as number;
  return usage === 0 || (usage & certificateSigning) !== 0;
}

/** Whether a certificate is valid now and where it would stand, at the end of a chain. */
function isUsable({ certificate, fields }: Link, chain: readonly Link[], options: ChainOptions): boolean {
  if (fields.get('UnhandledCriticalExtensions') !== null) return false;
  if (options.time < certificate.notBefore || options.time > certificate.notAfter) return false;
  const most = fields.get('MaxPathLen') as number;
  return (
    chain.length === 0 || fields.get('BasicConstraintsValid') !== true || most < 0 || chain.length - 1 <= most
  );
}

/** Whether one of the uses is allowed by every certificate; one that names no use allows all. */
function allowsUsage(chain: readonly Link[], usages: readonly number[]): boolean {
  if (usages.includes(anyUsage)) return true;
  return usages.some(usage =>
    chain.every(({ fields }) => {
      const known = fields.get('ExtKeyUsage')!;
      if (known === null) return fields.get('UnknownExtKeyUsage') === null;
      return includes(known, usage) || includes(known, anyUsage);
    }),
  );
}

function includes(list: Value, item: Value): boolean {
  return isArray(list) && list.includes(item);
}

function same(a: Link, b: Link): boolean {
  return sameBytes(a.certificate.raw, b.certificate.raw);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

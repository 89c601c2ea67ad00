import { type Certificate, decodePemBlocks, type PublicKey, parseCertificate } from '../../builtins/index.ts';
import { checkAuthority, compileIdentity } from '../../images/index.ts';
import { hash, isArray, isObject, isSet, type ObjectValue, type Value } from '../../values/index.ts';
import { claimName } from './fulcio-identity.ts';
import { fingerprint, readPublicKey } from './keys.ts';
import { type DistinguishedName, parseIdentity } from './notation/distinguished-name.ts';
import { attempt, Refused, refuse } from './refused.ts';

export type Test = (text: string) => boolean;

/** Whose signatures count, ready to be compared. */
export type Authority = AuthorityName &
  (
    | { readonly kind: 'key'; readonly key: PublicKey }
    | {
        readonly kind: 'keyless';
        readonly issuer: Test;
        readonly subject: Test;
        readonly claims: readonly (readonly [name: string, test: Test])[];
      }
    | { readonly kind: 'chain'; readonly anchors: readonly Certificate[]; readonly subject: Test }
    | {
        readonly kind: 'notation';
        readonly anchors: readonly Certificate[];
        readonly identities: readonly DistinguishedName[];
      }
  );

export interface AuthorityName {
  /** The same for two that are the same, however they are written. */
  readonly id: string;
  /** As the policy has it. */
  readonly value: Value;
  /** What a verdict calls it. */
  readonly name: string;
}

/** The authorities of a term that can be used, and what is wrong with the others: these match nobody. */
export function readAuthorities(term: Value): {
  readonly authorities: readonly Authority[];
  readonly problems: readonly string[];
} {
  const wrong = checkAuthority(term);
  if (wrong !== undefined) return { authorities: [], problems: [wrong] };
  const list = isSet(term) ? term.items() : isArray(term) ? term : [term];
  const known = new Map<string, Authority>();
  const problems: string[] = [];
  for (const item of list) {
    const authority = attempt(() => readAuthority(item as ObjectValue));
    if (authority instanceof Refused) problems.push(authority.message);
    else if (!known.has(authority.id)) known.set(authority.id, authority);
  }
  return { authorities: [...known.values()], problems };
}

function readAuthority(value: ObjectValue): Authority {
  if (value.has('key')) return readKey(value);
  if (value.has('certificate_chain')) return readChain(value);
  return value.has('notation') ? readNotation(value) : readKeyless(value);
}

function readKey(value: ObjectValue): Authority {
  const key = readPublicKey(String(value.get('key')));
  const print = fingerprint(key);
  return { kind: 'key', id: `key ${print}`, value, name: `key ${print}`, key };
}

function readKeyless(value: ObjectValue): Authority {
  const claims: (readonly [string, Test])[] = [];
  for (const [name, pattern] of value.entries()) {
    if (name === 'issuer' || name === 'subject') continue;
    const known = claimName(String(name));
    if (known === undefined) return refuse(`${String(name)} is no claim that certificates of Fulcio have`);
    claims.push([known, identity(pattern)]);
  }
  return {
    kind: 'keyless',
    id: `keyless ${hash(value)}`,
    value,
    name: patternText(value.get('subject')),
    issuer: identity(value.get('issuer')),
    subject: identity(value.get('subject')),
    claims,
  };
}

function readChain(value: ObjectValue): Authority {
  return {
    kind: 'chain',
    id: `chain ${hash(value)}`,
    value,
    name: patternText(value.get('subject')),
    anchors: readCertificates(value.get('certificate_chain')),
    subject: identity(value.get('subject')),
  };
}

function readNotation(value: ObjectValue): Authority {
  const notation = value.get('notation') as ObjectValue;
  const given = notation.get('identities')!;
  const identities = (isSet(given) ? given.items() : (given as readonly Value[])).map(String);
  return {
    kind: 'notation',
    id: `notation ${hash(value)}`,
    value,
    name: identities.join(', '),
    anchors: readCertificates(notation.get('trust_store')),
    identities: identities.map(parseIdentity),
  };
}

function readCertificates(pem: Value | undefined): readonly Certificate[] {
  const blocks = decodePemBlocks(String(pem));
  if (blocks.length === 0 || blocks.some(({ type }) => type !== 'CERTIFICATE'))
    return refuse('the authority must hold certificates in PEM');
  return blocks.map(({ bytes }) => parseCertificate(bytes));
}

function identity(pattern: Value | undefined): Test {
  return compileIdentity(pattern ?? null) ?? refuse('an identity must be a glob or {"regex": expression}');
}

function patternText(pattern: Value | undefined): string {
  return pattern !== undefined && isObject(pattern) ? String(pattern.get('regex')) : String(pattern);
}

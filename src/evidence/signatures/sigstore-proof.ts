import type { KeyObject } from 'node:crypto';
import { type SignedEntity, type TrustMaterial, Verifier } from '@sigstore/verify';
import type { PublicKey } from '../../builtins/index.ts';
import { expectCodeSigning } from './chain-proof.ts';
import { type FulcioIdentity, readFulcioIdentity } from './fulcio-identity.ts';
import { fingerprint, keyObject } from './keys.ts';
import { expectLogged } from './log-entry.ts';
import { expectLoggedKey } from './logged-key.ts';
import { attempt, Refused, refuse } from './refused.ts';
import type { SignedContent } from './signed-content.ts';
import type { TrustedMaterial } from './trust-material.ts';

/** When something was signed at the latest, as others attest: milliseconds since 1970, earliest first. */
export type ProvenTimes = readonly number[];

export interface KeylessProof {
  readonly identity: FulcioIdentity;
  readonly times: ProvenTimes;
  readonly root: string;
}

/** How far the clocks of others may be ahead. */
const skew = 5 * 60 * 1000;
interface Thresholds {
  readonly ctlogThreshold: number;
  readonly tlogThreshold: number;
  readonly timestampThreshold: number;
}

const noThresholds: Thresholds = { ctlogThreshold: 0, tlogThreshold: 0, timestampThreshold: 0 };
const nothingTrusted: Omit<TrustMaterial, 'publicKey'> = {
  certificateAuthorities: [],
  timestampAuthorities: [],
  tlogs: [],
  ctlogs: [],
};

/**
 * Whom a certificate of Fulcio names, where the chain, its certificate log, the log entry or timestamp, and
 * the signature are all proven under one of the roots. A root that lists logs wants one entry of such.
 */
export function proveKeyless(
  content: SignedContent,
  roots: readonly TrustedMaterial[],
  now: number,
): KeylessProof {
  const { certificate, entity } = content;
  if (certificate === undefined) return refuse('it carries no certificate');
  if (roots.length === 0) return refuse('no trust root is set up');
  return firstOf(roots, ({ root, material }) => {
    const options = {
      ctlogThreshold: Math.min(material.ctlogs.length, 1),
      tlogThreshold: Math.min(material.tlogs.length, 1),
      timestampThreshold: 1,
    };
    verify(content, entity, material, options);
    expectCodeSigning(certificate);
    const times = provenTimes(entity, fingerprint(certificate.publicKey), now);
    return { identity: readFulcioIdentity(certificate), times, root: root.name };
  });
}

/**
 * When a key has signed, as far as logs and timestamps prove it. What came along must be proven under one of
 * the roots: a log entry that does not fit is a sign of tampering.
 */
export function proveKey(
  content: SignedContent,
  key: PublicKey,
  roots: readonly TrustedMaterial[],
  now: number,
): ProvenTimes {
  if (!content.isSignedBy(key)) return refuse('the key has not signed it');
  const entity: SignedEntity = { ...content.entity, key: { $case: 'public-key', hint: '' } };
  const proves = (root: Omit<TrustMaterial, 'publicKey'>) => {
    const material = { ...root, publicKey: () => alwaysValid(keyObject(key)) };
    verify(content, entity, material, noThresholds);
    return provenTimes(entity, fingerprint(key), now);
  };
  if (entity.tlogEntries.length === 0 && entity.timestamps.length === 0) return proves(nothingTrusted);
  if (roots.length === 0) return refuse('no trust root is set up to check its log entry');
  return firstOf(roots, ({ material }) => proves(material));
}

/** Throws unless everything about an entity is proven under one root. */
function verify(
  { envelope }: SignedContent,
  entity: SignedEntity,
  material: TrustMaterial,
  { tlogThreshold, ...options }: Thresholds,
): void {
  for (const entry of entity.tlogEntries) expectLogged(entry, entity.signature, envelope, material.tlogs);
  if (entity.tlogEntries.length < tlogThreshold) refuse('it has no log entry');
  new Verifier(material, { ...options, tlogThreshold: 0 }).verify({ ...entity, tlogEntries: [] });
}

function alwaysValid(publicKey: KeyObject) {
  return { publicKey, validFor: () => true };
}

/** Those of the log's promises and of timestamps; the verifier has checked them. */
function provenTimes(entity: SignedEntity, signer: string, now: number): ProvenTimes {
  for (const entry of entity.tlogEntries) expectLoggedKey(entry, signer);
  const times = entity.timestamps.flatMap(timestamp => {
    if (timestamp.$case === 'timestamp-authority') return timestamp.timestamp.signingTime.getTime();
    const { inclusionPromise, integratedTime } = timestamp.tlogEntry;
    return inclusionPromise === undefined ? [] : Number(integratedTime) * 1000;
  });
  if (times.some(time => !(time <= now + skew))) return refuse('it was signed in the future');
  return times.sort((a, b) => a - b);
}

/** What the first root gives under which a proof holds; throws why it holds under none. */
function firstOf<T>(roots: readonly TrustedMaterial[], prove: (root: TrustedMaterial) => T): T {
  const reasons = new Set<string>();
  for (const root of roots) {
    const proof = attempt(() => prove(root));
    if (!(proof instanceof Refused)) return proof;
    reasons.add(roots.length === 1 ? proof.message : `${root.root.name}: ${proof.message}`);
  }
  return refuse([...reasons].join('; '));
}

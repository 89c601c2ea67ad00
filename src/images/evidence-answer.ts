import { isObject, ObjectValue, type Value } from '../values/index.ts';

/**
 * What came of asking for evidence.
 * `verified`: there, and proven by an authority that was asked for. `found`: there; nobody had to sign it.
 * `unverified`: there, and not to be trusted. `absent`: asked, and nothing is there.
 * `unavailable`: could not be asked. A rule is content with the first two at most; `unverified` and
 * `absent` deny, `unavailable` is indeterminate.
 */
export type EvidenceStatus = 'verified' | 'found' | 'unverified' | 'absent' | 'unavailable';

/** Beside `status`, by kind of question. Times are RFC 3339. */
export interface EvidenceFields {
  /** Why the status is what it is; always there but for `verified` and `found`. */
  readonly reason?: string;
  /** `signature`, `attestation`: distinct authorities of whom a valid signature is there. */
  readonly count?: number;
  /** `signature`, `attestation`: those authorities, as the policy gave them. */
  readonly authorities?: readonly Value[];
  /** `resolve`, `manifest`, `config`: the digest that the reference stands for. */
  readonly digest?: string;
  /** `attestation`: the in-toto statements that are proven, the newest first. */
  readonly statements?: readonly Value[];
  /**
   * `attestation`, in place of `statements` where these are of several manifests: for each of those any of which
   * may run what is proven of it, an object with `about`, `digest` and `statements`.
   */
  readonly parts?: readonly Value[];
  /** `manifest`, `config`, `scan`, `sbom`: what was asked for. */
  readonly document?: Value;
  /** `base`: references of the base images. */
  readonly images?: readonly string[];
}

/** The answer as a policy sees it: an object with `status` and those fields that are given. */
export function evidenceAnswer(status: EvidenceStatus, fields: EvidenceFields = {}): ObjectValue {
  const given = Object.entries(fields as Readonly<Record<string, Value | undefined>>);
  const entries = given.filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return ObjectValue.of([['status', status], ...entries]);
}

/** The status of an answer; `unavailable` of anything that is none. */
export function evidenceStatus(answer: Value): EvidenceStatus {
  const status = isObject(answer) ? answer.get('status') : undefined;
  return statuses.find(known => known === status) ?? 'unavailable';
}

const statuses: readonly EvidenceStatus[] = ['verified', 'found', 'unverified', 'absent', 'unavailable'];

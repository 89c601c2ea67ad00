import type { Need } from '../builtins/index.ts';
import type { Json, Value } from '../values/index.ts';

/** What was asked of the outside, as a verdict shows it: no bodies, no headers, no keys. */
export interface Evidence {
  readonly type: string;
  /** Where it came from, or would have. */
  readonly source: string;
  /** Whether an authority that was asked for has proven it. */
  readonly verified: boolean;
  readonly authority?: string;
  readonly identity?: Json;
  readonly at?: string;
  /** Of an image: the digest that it is about. */
  readonly digest?: string;
  /** `index` where it is about an index of manifests, or the platform of the manifest in it that it is about. */
  readonly about?: string;
  /** Such as `cosign signature`. */
  readonly format?: string;
  /** `http.send`: the status line of the response. */
  readonly status?: string;
  /** Why there is none, or why it counts for nothing. */
  readonly reason?: string;
}

/** A need with what the policy that has it may reach. */
export interface EvidenceNeed extends Need {
  /** Host patterns; only on needs that name a host. */
  readonly hosts?: readonly string[];
}

/** Answers what policies need from outside, for one decision. */
export interface EvidenceResolver {
  /**
   * The answers by the key of the need. A look-up that failed has an answer that says so; a need
   * without one counts as unavailable.
   */
  resolve(needs: readonly EvidenceNeed[]): Promise<ReadonlyMap<string, Value>>;
  /** What was seen of an image, by its normalised name, for the verdict; without one, what belongs to no image. */
  seen?(name?: string): readonly Evidence[];
}

/** What the policies of a decision name hosts with. */
const hostKinds: ReadonlySet<string> = new Set(['http.send', 'net.lookup_ip_addr']);

/**
 * The need as one policy has it: where it names a host, the answer depends on what the policy may reach,
 * so that no policy gets an answer that only another may have.
 */
export function scopeNeed(need: Need, hosts: readonly string[]): EvidenceNeed {
  if (!hostKinds.has(need.kind)) return need;
  return { ...need, key: JSON.stringify([need.kind, need.key, hosts]), hosts };
}

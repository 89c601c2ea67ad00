import type { Evidence } from '../evidence/index.ts';
import type { ObjectIdentity } from '../images/index.ts';
import type { Json } from '../values/index.ts';

/** `indeterminate`: what a rule needs could not be had. Every door treats it as not allowed. */
export type Decision = 'allow' | 'deny' | 'indeterminate';

/** The answer to one submission; field names are the wire's. See docs/api.md. */
export interface Verdict {
  readonly decision_id: string;
  readonly decision: Decision;
  /** The time that policies saw and exemptions were measured by, RFC 3339 in UTC. */
  readonly as_of: string;
  readonly policy: readonly PolicyIdentity[];
  readonly summary: Summary;
  readonly images: readonly ImageVerdict[];
  /** Every violation, those of the images and those that belong to none. */
  readonly violations: readonly Violation[];
  readonly unchecked: readonly Unchecked[];
  /** What policies asked of the outside that belongs to no image; absent where they asked nothing. */
  readonly evidence?: readonly Evidence[];
  /** What went wrong in evaluation; not empty only where the decision is not `allow`. */
  readonly errors: readonly VerdictError[];
  readonly cost: Cost;
}

export interface PolicyIdentity {
  readonly name: string;
  readonly version?: number;
  /** `sha256:…` of the modules and data. */
  readonly digest: string;
  readonly channel?: string;
  /** Of a policy of an organisation: itself, what it stands on, and what of the library they join. */
  readonly layers?: readonly PolicyLayer[];
}

/** What a policy is made of; `name` is `acme/baseline`, or the path of a policy of the library. */
export interface PolicyLayer {
  readonly name: string;
  /** Absent of the library. */
  readonly version?: number;
  readonly digest: string;
}

/** Numbers of images, but for `warnings` and `exempted`, which count violations. */
export interface Summary {
  readonly images: number;
  readonly allowed: number;
  readonly denied: number;
  readonly indeterminate: number;
  readonly warnings: number;
  readonly exempted: number;
}

/** One image, however often it occurs; `locations` says where. */
export interface ImageVerdict {
  readonly ref: string;
  readonly name?: string;
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly decision: Decision;
  readonly locations: readonly Location[];
  readonly violations: readonly Violation[];
  readonly evidence: readonly Evidence[];
}

export interface Location {
  readonly file?: string;
  readonly line?: number;
  /** Of the reference in that line; absent where that is not sure. */
  readonly column?: number;
  /** RFC 6901, from the list of the file's documents. */
  readonly pointer?: string;
  readonly object?: ObjectIdentity;
  readonly container?: string;
  readonly container_type?: string;
}

export interface Violation {
  /** Package and rule: `acme.production.deny_tag`. */
  readonly rule: string;
  readonly title?: string;
  readonly severity: 'error' | 'warning';
  /** The rule could not be decided, for want of evidence. */
  readonly indeterminate: boolean;
  readonly message: string;
  readonly because?: string;
  readonly expected?: string;
  readonly found?: string;
  /** Where the rule stands in the policy; absent for `pratique.reference`, which stands in none. */
  readonly source?: PolicyPlace;
  /** The layer that its rule comes from, `acme/baseline@7`, in policies of organisations. */
  readonly layer?: string;
  /** The reference of the image it is about. */
  readonly image?: string;
  readonly locations?: readonly Location[];
  readonly exempted: Exemption | null;
  /** Why an exemption that names the rule and the image does not lift it. */
  readonly not_exempted?: string;
  readonly fix?: Fix;
  /** What else the rule said, for an object with `msg` and more. */
  readonly details?: Json;
}

export interface PolicyPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What lifts a violation: a statement of the policy, or an object of the caller's organisation. */
export interface Exemption {
  readonly until: string;
  readonly because: string;
  /** Of a statement: where it stands. */
  readonly source?: PolicyPlace;
  /** Of an object, as are owner and ticket. */
  readonly id?: string;
  readonly owner?: string;
  readonly ticket?: string;
}

export interface Fix {
  readonly description: string;
  /** RFC 6902, on the documents of the file. */
  readonly patch?: readonly { readonly op: string; readonly path: string; readonly value: Json }[];
}

/** An image-like field that no extractor read, or an image that no rule looked at. */
export interface Unchecked {
  readonly kind: 'field' | 'image';
  /** The reference, or what looks like one. */
  readonly value: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly path?: string;
  readonly reason: string;
}

export interface VerdictError {
  readonly code: string;
  readonly message: string;
  readonly source?: PolicyPlace;
}

export interface Cost {
  /** Rules evaluated. */
  readonly rules: number;
  readonly steps: number;
  readonly rounds: number;
  /** Microseconds, as far as the clock of the place tells. */
  readonly evaluate_us: number;
}

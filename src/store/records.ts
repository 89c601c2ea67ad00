import type { Json } from '../values/index.ts';

/** What a principal may do; `admin` may do all, but not approve what it published itself. */
export type Role = 'evaluate' | 'publish' | 'approve' | 'admin';

/** Conditions on claims of a CI identity: a glob, or a list of them of which one must fit. */
export type ClaimConditions = Readonly<Record<string, string | readonly string[]>>;

/** What an organisation has chosen; what is absent from its row is as in `defaultSettings`. */
export interface OrganisationSettings {
  /** What the decision log keeps of what was decided upon. */
  readonly logInput: 'input' | 'digest';
  /** JSON pointers into a decision's record of what is not kept: `/input/context/user`. */
  readonly maskedFields: readonly string[];
  /** Days for which decisions are kept. */
  readonly retentionDays: number;
  /** Days that an exemption may last at most. */
  readonly exemptionDays: number;
}

export type AuditDetails = Readonly<Record<string, Json>>;

export interface DecisionPolicy {
  readonly name: string;
  readonly version?: number;
  readonly digest: string;
  readonly channel?: string;
}

/** What the catalogue says of a version; made at publish of its files, so that reading compiles nothing. */
export interface VersionManifest {
  readonly title?: string;
  readonly description?: string;
  readonly rego: 'v0' | 'v1';
  /** As written: `acme/baseline@stable`. */
  readonly extends: readonly string[];
  /** Full names of rules and `parameters.NAME` that layers above cannot exempt, shadow or set. */
  readonly locked: readonly string[];
  readonly packages: readonly string[];
  readonly rules: readonly RuleEntry[];
  /** JSON schema of `data.parameters`, by name. */
  readonly parameters: Readonly<Record<string, Json>>;
  readonly tests: number;
}

export interface RuleEntry {
  /** `acme.production.deny_tag`. */
  readonly name: string;
  readonly kind: string;
  readonly title?: string;
  readonly severity: 'error' | 'warning';
}

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

import type { Role } from '../../store/index.ts';

/** Roles, for some policies or for all of an organisation. */
export interface Grant {
  readonly roles: readonly Role[];
  /** Names of policies; all of the organisation where absent. */
  readonly policies?: readonly string[];
}

/** Who makes a request, once that is proven. */
export interface Principal {
  /** As in `…_by` of what is stored: `token:ID` or `oidc:ISSUER#SUBJECT`. */
  readonly identity: string;
  readonly org: string;
  readonly grants: readonly Grant[];
}

/** What a principal wants to act upon; without `policy` the organisation as a whole. */
export interface Target {
  readonly org: string;
  readonly policy?: string;
}

/**
 * Whether a principal has a role for a policy, or for the organisation as a whole, for which a grant that
 * names policies does not count. Never true for another organisation's.
 */
export function may(principal: Principal, role: Role, { org, policy }: Target): boolean {
  return principal.org === org && principal.grants.some(grant => has(grant, role) && covers(grant, policy));
}

/** Whether a principal has a role for anything in its organisation. */
export function mayAnywhere(principal: Principal, role: Role): boolean {
  return principal.grants.some(grant => has(grant, role));
}

/** The policies for which a principal has a role; `all` where it has it for the organisation. */
export function policiesFor(principal: Principal, role: Role): ReadonlySet<string> | 'all' {
  const grants = principal.grants.filter(grant => has(grant, role));
  if (grants.some(grant => grant.policies === undefined)) return 'all';
  return new Set(grants.flatMap(grant => grant.policies ?? []));
}

/** An admin may do everything, and whoever may do anything may read and decide. */
function has({ roles }: Grant, role: Role): boolean {
  return role === 'evaluate' ? roles.length > 0 : roles.includes(role) || roles.includes('admin');
}

function covers({ policies }: Grant, policy: string | undefined): boolean {
  return policies === undefined || (policy !== undefined && policies.includes(policy));
}

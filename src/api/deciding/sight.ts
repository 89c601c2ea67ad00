import type { SeenPolicies, Visibility } from '../../store/index.ts';
import { may, mayAnywhere, type Principal, policiesFor } from '../access/principal.ts';

/** A policy that a principal wants to see or to decide by. */
export interface SeenPolicy {
  readonly org: string;
  readonly policy: string;
  readonly visibility: Visibility;
}

/**
 * Whether a principal may decide by a policy of its own organisation, and read it. A private one is for those
 * whose grant names it, and for those who do more than evaluate.
 */
export function maySee(principal: Principal, { org, policy, visibility }: SeenPolicy): boolean {
  if (!may(principal, 'evaluate', { org, policy })) return false;
  if (visibility !== 'private') return true;
  const seen = privatePolicies(principal);
  return seen === 'all' || seen.has(policy);
}

/** The policies of its organisation that a principal may see. */
export function seenPolicies(principal: Principal): SeenPolicies {
  return { open: policiesFor(principal, 'evaluate'), closed: privatePolicies(principal) };
}

/** The private policies that a principal may see; `all` where it does more than evaluate. */
export function privatePolicies({ grants }: Principal): ReadonlySet<string> | 'all' {
  const unnamed = grants.filter(({ policies }) => policies === undefined);
  if (unnamed.some(({ roles }) => roles.some(role => role !== 'evaluate'))) return 'all';
  return new Set(grants.flatMap(({ policies }) => policies ?? []));
}

/**
 * Whether a principal may decide by a policy that is not its organisation's, or that is nobody's. Grants that
 * name policies are for no other.
 */
export function mayUseForeign(principal: Principal): boolean {
  return may(principal, 'evaluate', { org: principal.org });
}

/** Whether a principal may decide by a policy of the library, or by one that comes with the request. */
export function mayDecide(principal: Principal): boolean {
  return mayAnywhere(principal, 'evaluate');
}

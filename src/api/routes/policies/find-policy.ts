import { parseSelector } from '../../../bundles/index.ts';
import { findPolicy, findVersion, type PolicyHead, type StoredVersion } from '../../../store/index.ts';
import { principalOf } from '../../access/admit.ts';
import { notFound } from '../../access/refusals.ts';
import { maySee } from '../../deciding/sight.ts';
import { unknownVersion } from '../../deciding/unknown-policy.ts';
import { databaseOf } from '../../deps.ts';
import type { RequestContext } from '../../route.ts';
import type { Services } from '../../services.ts';

/** The policy of the path, if the caller may see it; one that it may not see is as if not there. */
export async function findSeenPolicy(context: RequestContext, { deps }: Services): Promise<PolicyHead> {
  const principal = principalOf(context);
  const name = context.req.param('policy') ?? '';
  const head = await findPolicy(databaseOf(deps), { org: principal.org, name });
  if (head === undefined) throw notFound();
  const { visibility } = head.policy;
  if (!maySee(principal, { org: principal.org, policy: name, visibility })) throw notFound();
  return head;
}

/** A version of a policy by its number, its digest or a channel; `unknown_channel` says which there are. */
export async function findVersionOf(
  { deps }: Services,
  head: PolicyHead,
  selected: string,
): Promise<StoredVersion> {
  const { org, name } = head.policy;
  const selector = parseSelector(selected);
  const found = selector && (await findVersion(databaseOf(deps), { org, name, selector }));
  if (found === undefined) throw unknownVersion(head, selected);
  return found.version;
}

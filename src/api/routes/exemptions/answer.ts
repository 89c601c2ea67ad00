import { isDigest } from '../../../decide/index.ts';
import { type StoredExemption, stateOf } from '../../../store/index.ts';
import { toTime } from '../../time.ts';

/** An exemption as it is answered. */
export function toAnswer(row: StoredExemption, now: number) {
  const { id, policy, owner, reason, ticket, images, rules, namespaces, indeterminate } = row;
  const { revokedAt, revokedBy, lastUsedAt } = row;
  return {
    id,
    state: stateOf(row, now),
    policy,
    owner,
    reason,
    ...(ticket !== null && { ticket }),
    images: images.filter(text => !isDigest(text)),
    digests: images.filter(isDigest),
    rules,
    ...(namespaces !== null && { namespaces }),
    indeterminate,
    starts_at: toTime(row.startsAt),
    expires_at: toTime(row.expiresAt),
    created_at: toTime(row.createdAt),
    created_by: row.createdBy,
    ...(revokedAt !== null && { revoked_at: toTime(revokedAt) }),
    ...(revokedBy !== null && { revoked_by: revokedBy }),
    ...(lastUsedAt !== null && { last_used_at: toTime(lastUsedAt) }),
  };
}

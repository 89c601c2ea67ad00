import { type QuotaKind, quotas, secondsToMidnight, type Used } from '../../store/index.ts';
import { ProblemError } from '../problem.ts';

/** 429 until the day of UTC is over. */
export function quotaExceeded(now: number): ProblemError {
  const seconds = String(secondsToMidnight(now));
  return new ProblemError(
    'quota_exceeded',
    'the organisation has used up its quota of today',
    { hint: `GET /v1/orgs/{org} shows the quotas; they begin anew in ${seconds} seconds` },
    { 'retry-after': seconds },
  );
}

/** Throws `quota_exceeded` where as much has been used today as may be. */
export function refuseUsedUp(kind: QuotaKind, rows: readonly Used[], now: number): void {
  const used = rows.find(row => row.kind === kind)?.count ?? 0;
  if (used >= quotas[kind]) throw quotaExceeded(now);
}

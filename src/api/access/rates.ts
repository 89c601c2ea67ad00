import { ProblemError } from '../problem.ts';
import type { Principal } from './principal.ts';

/** Whether one more request of a key is within its rate. */
export type RateLimiter = (key: string) => Promise<boolean>;

/** Counted by the platform, at each of its places apart. */
export interface RateLimiters {
  readonly caller: RateLimiter;
  readonly organisation: RateLimiter;
  /** Seconds after which a key may come again. */
  readonly period: number;
}

/** Throws `rate_limited` where a principal, or all of its organisation, asks too often. */
export async function refuseOverRate(
  { caller, organisation, period }: RateLimiters,
  { org, identity }: Principal,
): Promise<void> {
  const [own, all] = await Promise.all([caller(`${org}|${identity}`), organisation(org)]);
  if (own && all) return;
  const who = own ? 'the organisation' : 'this credential';
  throw new ProblemError(
    'rate_limited',
    `${who} asks too often`,
    { hint: `try again in ${period} seconds` },
    { 'retry-after': String(period) },
  );
}

import { ProblemError } from '../problem.ts';

const day = 86_400_000;

/** How long a token may last: 366 days, so that a year from now is one in a leap year too. */
export const longestTokenLife = 366 * day;

/** The time in milliseconds; throws a ProblemError unless it is still to come, and within a year. */
export function readExpiry(text: string, now: number): number {
  const at = Date.parse(text);
  if (at > now && at <= now + longestTokenLife) return at;
  const message = at > now ? 'more than a year from now' : 'already over';
  throw new ProblemError('invalid_request', `/expires_at: ${message}`, {
    errors: [{ pointer: '/expires_at', message }],
  });
}

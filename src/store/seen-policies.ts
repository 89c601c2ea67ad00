import { type AnyColumn, and, type SQL, sql } from 'drizzle-orm';
import { isAmong, type SeenPolicies } from './policies.ts';

/**
 * The condition that a column names a policy that may be seen, as `acme/production`; undefined where any may. What
 * is another organisation's, or nobody's, is seen by whoever sees the policies of the own one.
 */
export function isSeen(
  column: AnyColumn | SQL,
  org: string,
  { open, closed }: SeenPolicies,
): SQL | undefined {
  const names = open === 'all' ? undefined : new Set([...open].map(name => `${org}/${name}`));
  const isOpen = names && isAmong(column, names);
  if (closed === 'all') return isOpen;
  const isClosed = sql`EXISTS (SELECT 1 FROM policies AS hidden WHERE hidden.org = ${org}
    AND hidden.visibility = 'private' AND ${column} = hidden.org || '/' || hidden.name
    AND NOT ${isAmong(sql`hidden.name`, closed)})`;
  return and(isOpen, sql`NOT ${isClosed}`);
}

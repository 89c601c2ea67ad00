import { and, eq } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import type { Database } from './database.ts';
import type { tokens, trustRules } from './schema.ts';

export interface Revocation {
  readonly org: string;
  readonly id: string;
  readonly actor: string;
}

/** Whether there was such a thing to revoke; revoking it again changes nothing. */
export async function revoke(
  database: Database,
  table: typeof tokens | typeof trustRules,
  { org, id, actor }: Revocation,
  action: string,
  now: number,
): Promise<boolean> {
  const own = and(eq(table.org, org), eq(table.id, id));
  const [found] = await database.select({ revokedAt: table.revokedAt }).from(table).where(own);
  if (found?.revokedAt !== null) return found !== undefined;
  await database.batch([
    database.update(table).set({ revokedAt: now }).where(own),
    auditRow(database, { org, actor, action, target: id }, now),
  ]);
  return true;
}

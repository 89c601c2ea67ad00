import { lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { decisionParts, decisions, decisionTerms } from './schema.ts';

/** Rows of each table that one transaction deletes, and transactions of one run. */
const purgeRows = 2_000;
const purgeRuns = 25;

/** Deletes what has expired, so much at a time that no run takes long; what is left is for the next one. */
export async function purgeDecisions(database: Database, now: number): Promise<void> {
  for (let run = 0; run < purgeRuns; run++) {
    const results = await database.batch([
      purge(database, decisions, now),
      purge(database, decisionParts, now),
      purge(database, decisionTerms, now),
    ]);
    if (results.every(({ meta }) => meta.changes < purgeRows)) return;
  }
}

function purge(
  database: Database,
  table: typeof decisions | typeof decisionParts | typeof decisionTerms,
  now: number,
) {
  return database
    .delete(table)
    .where(sql`rowid IN (SELECT rowid FROM ${table} WHERE ${lte(table.expiresAt, now)} LIMIT ${purgeRows})`);
}

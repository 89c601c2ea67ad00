import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/**
 * Whether a change was refused because a column would have been null, or two rows would have had one key.
 * That is how a condition inside a batch undoes all of it. `place` is a column as SQLite names it:
 * `tokens.label`.
 */
export function violates(error: unknown, place: string): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/constraint failed/u.test(at.message) && at.message.includes(place)) return true;
  }
  return false;
}

/**
 * A value for a column that may not be null: null where a table has so many of some rows already, which undoes
 * the batch.
 */
export function unlessFull(
  value: string,
  table: SQLiteTable,
  rows: SQL | undefined,
  most: number,
): SQL<string> {
  const counted = sql`(SELECT COUNT(*) FROM ${table} WHERE ${rows})`;
  return sql`CASE WHEN ${counted} < ${most} THEN ${value} END`;
}

import type { D1Database } from '@cloudflare/workers-types';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import * as schema from './schema.ts';

/** D1 with the tables of schema.ts. */
export type Database = DrizzleD1Database<typeof schema>;

export function openDatabase(database: D1Database): Database {
  return drizzle(database, { schema });
}

import { and, desc, eq, lt } from 'drizzle-orm';
import type { Database } from './database.ts';
import { newUlid } from './identifiers.ts';
import type { AuditDetails } from './records.ts';
import { audit } from './schema.ts';

/** What was changed, by whom. */
export interface Change {
  readonly org: string;
  /** The identity of a principal. */
  readonly actor: string;
  /** `policy.publish`, `channel.move`, `token.create` … */
  readonly action: string;
  /** What it was done to: a name or an id. */
  readonly target: string;
  /** Never a secret. */
  readonly details?: AuditDetails;
}

export interface AuditEntry extends Required<Change> {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The statement that puts a change on record; it belongs in the same batch as the change. */
export function auditRow(database: Database, change: Change, now: number) {
  return database.insert(audit).values({ details: {}, ...change, id: newUlid(now), at: now });
}

/** Changes of an organisation, the newest first, from what comes after the given id in that order. */
export function listAudit(
  database: Database,
  org: string,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<readonly AuditEntry[]> {
  return database
    .select()
    .from(audit)
    .where(and(eq(audit.org, org), after === undefined ? undefined : lt(audit.id, after)))
    .orderBy(desc(audit.id))
    .limit(limit);
}

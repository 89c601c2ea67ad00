import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** What must hold for a change: nothing is there yet, or what is there has this revision; anything where absent. */
export type Precondition = 'absent' | { readonly revision: number } | undefined;

/** Thrown where the precondition does not hold. */
export class PreconditionError extends Error {
  override readonly name = 'PreconditionError';
}

/** The next revision; null, which no revision may be, where the precondition does not hold. */
export function nextRevision(column: AnyColumn, precondition: Precondition): SQL<number> {
  if (typeof precondition !== 'object') return sql`${column} + 1`;
  return sql`CASE WHEN ${column} = ${precondition.revision} THEN ${column} + 1 END`;
}

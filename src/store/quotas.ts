import { and, eq, type SQL, sql } from 'drizzle-orm';
import { violates } from './constraint.ts';
import type { Database } from './database.ts';
import { usage } from './schema.ts';

/** What an organisation may use up in a day of UTC. */
export const quotas = {
  decisions: 200_000,
  /** Requests that change something. */
  changes: 20_000,
  /** Versions that are published. */
  versions: 1_000,
  /** Bytes of evidence that is stored. */
  evidence_bytes: 500 * 1024 * 1024,
} as const;

export type QuotaKind = keyof typeof quotas;

export interface Use {
  readonly org: string;
  readonly kind: QuotaKind;
  readonly amount: number;
}

/** The statement that uses up a part of a quota, for the batch of what it is used for; see `exceedsQuota`. */
export function chargeQuota(database: Database, use: Use, now: number) {
  const most = quotas[use.kind];
  const first = sql<number>`CASE WHEN ${use.amount} <= ${most} THEN ${use.amount} END`;
  const more = sql`CASE WHEN ${usage.count} + ${use.amount} <= ${most} THEN ${usage.count} + ${use.amount} END`;
  return add(database, use, now, first, more);
}

/** The statement that counts what has been used, where it is too late to refuse it. */
export function countUse(
  database: Database,
  use: Omit<Use, 'amount'> & { readonly amount: Count },
  now: number,
) {
  return add(database, use, now, use.amount, sql`${usage.count} + excluded.count`);
}

/** Whether a batch failed because `chargeQuota` found the quota used up. */
export function exceedsQuota(error: unknown): boolean {
  return violates(error, 'usage.count');
}

/** What an organisation has used up of one of its quotas today. */
export interface Used {
  readonly kind: string;
  readonly count: number;
}

/** What an organisation has used up today. */
export function usedToday(database: Database, org: string | SQL, now: number) {
  return database
    .select({ kind: usage.kind, count: usage.count })
    .from(usage)
    .where(and(eq(usage.org, org), eq(usage.day, dayOf(now))));
}

/** Seconds until quotas begin anew. */
export function secondsToMidnight(now: number): number {
  const day = 86_400_000;
  return Math.ceil((day - (now % day)) / 1_000);
}

type Count = number | SQL<number>;

function add(database: Database, { org, kind }: Omit<Use, 'amount'>, now: number, first: Count, more: SQL) {
  return database
    .insert(usage)
    .values({ org, kind, day: dayOf(now), count: first })
    .onConflictDoUpdate({ target: [usage.org, usage.kind, usage.day], set: { count: more } });
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

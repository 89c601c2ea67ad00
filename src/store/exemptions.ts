import { and, desc, eq, gt, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { ExemptionObject } from '../decide/index.ts';
import { auditRow } from './audit.ts';
import { unlessFull, violates } from './constraint.ts';
import type { Database } from './database.ts';
import { newUlid } from './identifiers.ts';
import type { SeenPolicies } from './policies.ts';
import { exemptions } from './schema.ts';
import { isSeen } from './seen-policies.ts';

export type StoredExemption = typeof exemptions.$inferSelect;

export interface NewExemption extends Omit<ExemptionObject, 'id'> {
  readonly org: string;
  readonly createdBy: string;
}

export interface ExemptionQuery {
  readonly org: string;
  readonly seen: SeenPolicies;
  readonly id?: string;
  /** `acme/production` */
  readonly policy?: string;
  readonly state?: ExemptionState;
  /** Those that hold now, and end before this. */
  readonly expiringBefore?: number;
  /** Those that hold now, are as old as this, and lifted nothing since; or never did. */
  readonly unusedSince?: number | 'ever';
  /** After this id, in the order of the list: older. */
  readonly after?: string;
  readonly limit: number;
}

export type ExemptionState = 'active' | 'planned' | 'expired' | 'revoked';

/** Exemptions of one organisation that have not ended. */
export const mostExemptions = 1_000;

/** Fails at `exemptions.owner` where the organisation has too many. */
export async function createExemption(
  database: Database,
  exemption: NewExemption,
  now: number,
): Promise<StoredExemption> {
  const { org, owner, createdBy, policy, rules, images, reason, startsAt, expiresAt } = exemption;
  const { ticket = null, namespaces = null } = exemption;
  const id = newUlid(now);
  const times = { starts_at: toTime(startsAt), expires_at: toTime(expiresAt) };
  const details = { policy, rules, images, namespaces, owner, reason, ticket, ...times };
  const live = and(eq(exemptions.org, org), isNull(exemptions.revokedAt), gt(exemptions.expiresAt, now));
  const [rows] = await database.batch([
    database
      .insert(exemptions)
      .values({
        ...exemption,
        id,
        ticket,
        namespaces,
        owner: unlessFull(owner, exemptions, live, mostExemptions),
        createdAt: now,
      })
      .returning(),
    auditRow(database, { org, actor: createdBy, action: 'exemption.create', target: id, details }, now),
  ]);
  return rows[0]!;
}

/** The newest first. */
export function listExemptions(
  database: Database,
  query: ExemptionQuery,
  now: number,
): Promise<readonly StoredExemption[]> {
  const { org, seen, id, policy, state, expiringBefore, unusedSince, after, limit } = query;
  return database
    .select()
    .from(exemptions)
    .where(
      and(
        eq(exemptions.org, org),
        isSeen(exemptions.policy, org, seen),
        id === undefined ? undefined : eq(exemptions.id, id),
        policy === undefined ? undefined : eq(exemptions.policy, policy),
        state && inState(state, now),
        expiringBefore === undefined
          ? undefined
          : and(inState('active', now), lt(exemptions.expiresAt, expiringBefore)),
        unusedSince === undefined ? undefined : and(inState('active', now), isUnused(unusedSince)),
        after === undefined ? undefined : lt(exemptions.id, after),
      ),
    )
    .orderBy(desc(exemptions.id))
    .limit(limit);
}

/** Undefined where there is none, or it may not be seen. */
export async function findExemption(
  database: Database,
  query: Pick<ExemptionQuery, 'org' | 'seen' | 'id'>,
): Promise<StoredExemption | undefined> {
  const [found] = await listExemptions(database, { ...query, limit: 1 }, 0);
  return found;
}

/** Ends an exemption at once; it stays on record. Ending it again changes nothing. */
export async function revokeExemption(
  database: Database,
  { org, id }: Pick<StoredExemption, 'org' | 'id'>,
  { actor, now }: { readonly actor: string; readonly now: number },
): Promise<void> {
  try {
    await database.batch([
      database
        .update(exemptions)
        .set({ revokedAt: now, revokedBy: actor, owner: unlessRevoked })
        .where(and(eq(exemptions.org, org), eq(exemptions.id, id))),
      auditRow(database, { org, actor, action: 'exemption.revoke', target: id }, now),
    ]);
  } catch (error) {
    if (!violates(error, 'exemptions.owner')) throw error;
  }
}

const unlessRevoked = sql<string>`CASE WHEN ${exemptions.revokedAt} IS NULL THEN ${exemptions.owner} END`;

export function stateOf({ revokedAt, expiresAt, startsAt }: StoredExemption, now: number): ExemptionState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt <= now) return 'expired';
  return startsAt > now ? 'planned' : 'active';
}

/** Those that hold now, as a decision takes them. */
export function liveExemptions(rows: readonly StoredExemption[], now: number): readonly ExemptionObject[] {
  return rows
    .filter(row => stateOf(row, now) === 'active')
    .map(({ id, policy, owner, reason, ticket, images, rules, namespaces, ...row }) => ({
      ...{ id, policy, owner, reason, images, rules },
      ...(ticket !== null && { ticket }),
      ...(namespaces !== null && { namespaces }),
      indeterminate: row.indeterminate,
      startsAt: row.startsAt,
      expiresAt: row.expiresAt,
    }));
}

/** As `stateOf`. */
function inState(state: ExemptionState, now: number): SQL | undefined {
  const { revokedAt, expiresAt, startsAt } = exemptions;
  switch (state) {
    case 'revoked':
      return isNotNull(revokedAt);
    case 'expired':
      return and(isNull(revokedAt), lte(expiresAt, now));
    case 'planned':
      return and(isNull(revokedAt), gt(expiresAt, now), gt(startsAt, now));
    case 'active':
      return and(isNull(revokedAt), gt(expiresAt, now), lte(startsAt, now));
  }
}

function isUnused(since: number | 'ever'): SQL | undefined {
  const { lastUsedAt, startsAt } = exemptions;
  if (since === 'ever') return isNull(lastUsedAt);
  return and(lte(startsAt, since), or(isNull(lastUsedAt), lt(lastUsedAt, since)));
}

function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import { unlessFull } from './constraint.ts';
import type { Database } from './database.ts';
import { newIdentifier } from './identifiers.ts';
import type { ClaimConditions, Role } from './records.ts';
import { type Revocation, revoke } from './revoke.ts';
import { organisations, trustRules } from './schema.ts';

export interface NewTrustRule {
  readonly org: string;
  readonly label: string;
  readonly issuer: string;
  readonly audience: string;
  readonly claims: ClaimConditions;
  readonly roles: readonly Role[];
  /** Names of the policies it is for; all where absent. */
  readonly policies?: readonly string[];
  readonly createdBy: string;
}

export type StoredTrustRule = typeof trustRules.$inferSelect;

/** Trust rules of one organisation that count at the same time. */
export const mostTrustRules = 50;

/** Makes a rule and gives its id; fails at `trust_rules.label` where there are too many. */
export async function createTrustRule(database: Database, rule: NewTrustRule, now: number): Promise<string> {
  const { org, label, issuer, audience, claims, roles, policies, createdBy } = rule;
  const id = newIdentifier();
  const details = { label, issuer, audience, claims, roles, ...(policies && { policies }) };
  const live = and(eq(trustRules.org, org), isNull(trustRules.revokedAt));
  await database.batch([
    database.insert(trustRules).values({
      ...{ org, id, issuer, audience, claims, roles, createdBy, createdAt: now },
      label: unlessFull(label, trustRules, live, mostTrustRules),
      policies: policies ?? null,
    }),
    auditRow(database, { org, actor: createdBy, action: 'trust-rule.create', target: id, details }, now),
  ]);
  return id;
}

/** The rules of an organisation that count; none where it is gone. */
export function liveTrustRules(database: Database, org: string) {
  return database
    .select({ rule: trustRules })
    .from(trustRules)
    .innerJoin(organisations, and(eq(organisations.name, trustRules.org), isNull(organisations.deletedAt)))
    .where(and(eq(trustRules.org, org), isNull(trustRules.revokedAt)));
}

/** In the order of ids, after the given one. */
export function listTrustRules(
  database: Database,
  org: string,
  { limit, after = '' }: { readonly limit: number; readonly after?: string },
): Promise<readonly StoredTrustRule[]> {
  return database
    .select()
    .from(trustRules)
    .where(and(eq(trustRules.org, org), gt(trustRules.id, after)))
    .orderBy(asc(trustRules.id))
    .limit(limit);
}

/** Whether there was such a one; revoking it again changes nothing. */
export function revokeTrustRule(database: Database, revocation: Revocation, now: number): Promise<boolean> {
  return revoke(database, trustRules, revocation, 'trust-rule.revoke', now);
}

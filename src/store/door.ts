import { and, eq, gt, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { type PolicyReference, writePolicyReference } from '../bundles/index.ts';
import type { Database } from './database.ts';
import { type Used, usedToday } from './quotas.ts';
import type { StoredRegistry } from './registries.ts';
import { type Pin, type ResolvedPolicy, selectLayers, toResolved } from './resolution.ts';
import { exemptions, organisations, registries } from './schema.ts';
import { type StoredToken, tokenById } from './tokens.ts';
import { liveTrustRules, type StoredTrustRule } from './trust-rules.ts';

/** What one request asks of the door. */
export interface DoorQuestion {
  /** The id of the token that was presented. */
  readonly token?: string;
  /** The organisation whose trust rules may let the caller in, where it presents no token. */
  readonly org?: string;
  readonly policies: readonly PolicyReference[];
  /** What channels stand for, whatever they point at now. */
  readonly pins?: readonly Pin[];
}

/** All that a decision needs to know beside the policies' texts. Nothing of it may be kept for another request. */
export interface Door {
  /** Of the id that was asked for, revoked or expired as it may be. */
  readonly token?: StoredToken;
  readonly trustRules: readonly StoredTrustRule[];
  /** That of the token, else the one asked for; absent where there is none. */
  readonly organisation?: typeof organisations.$inferSelect;
  /** In the order of the question. */
  readonly policies: readonly ResolvedPolicy[];
  /** Those of the caller's organisation for these policies that are neither revoked nor expired. */
  readonly exemptions: readonly (typeof exemptions.$inferSelect)[];
  /** The registries for which the caller's organisation has given credentials. */
  readonly registries: readonly StoredRegistry[];
  /** What the caller's organisation has used up of its quotas. */
  readonly used: readonly Used[];
}

/** Whoever asks, and what the policies that it names stand for: one batch of D1. */
export async function readDoor(database: Database, question: DoorQuestion, now: number): Promise<Door> {
  const { token = '', org = '', policies, pins = [] } = question;
  const caller = sql`COALESCE((SELECT org FROM tokens WHERE id = ${token}), ${org})`;
  const [[tokenRow], ruleRows, [organisation], exemptionRows, registryRows, used, layerRows] =
    await database.batch([
      tokenById(database, token),
      liveTrustRules(database, org),
      database
        .select()
        .from(organisations)
        .where(and(eq(organisations.name, caller), isNull(organisations.deletedAt))),
      selectExemptions(database, caller, policies, now),
      database.select().from(registries).where(eq(registries.org, caller)).orderBy(registries.host),
      usedToday(database, caller, now),
      selectLayers(database, caller, policies, pins),
    ]);
  return {
    ...tokenRow,
    trustRules: ruleRows.map(({ rule }) => rule),
    ...(organisation !== undefined && { organisation }),
    policies: toResolved(policies, layerRows),
    exemptions: exemptionRows,
    registries: registryRows,
    used,
  };
}

function selectExemptions(
  database: Database,
  caller: SQL,
  policies: readonly PolicyReference[],
  now: number,
) {
  const names = policies.map(({ org, name }) => writePolicyReference({ org, name }));
  return database
    .select()
    .from(exemptions)
    .where(
      and(
        eq(exemptions.org, caller),
        inArray(exemptions.policy, names),
        isNull(exemptions.revokedAt),
        gt(exemptions.expiresAt, now),
      ),
    );
}

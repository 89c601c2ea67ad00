import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import { violates } from './constraint.ts';
import type { Database } from './database.ts';
import { signingKeys } from './schema.ts';

/** A key of an organisation that signs bundles. */
export type StoredSigningKey = typeof signingKeys.$inferSelect;

export type NewSigningKey = Pick<StoredSigningKey, 'org' | 'id' | 'algorithm' | 'publicKey' | 'sealed'>;

/** Keys that are listed: the one that signs, and those that did before it. */
const LISTED = 20;

/** The key that signs now; undefined where none has been made. */
export async function signingKeyOf(database: Database, org: string): Promise<StoredSigningKey | undefined> {
  const [key] = await database.select().from(signingKeys).where(signing(org));
  return key;
}

/** The newest first. */
export function listSigningKeys(database: Database, org: string): Promise<readonly StoredSigningKey[]> {
  return database
    .select()
    .from(signingKeys)
    .where(eq(signingKeys.org, org))
    .orderBy(desc(signingKeys.createdAt), desc(signingKeys.id))
    .limit(LISTED);
}

/** Puts the first key of an organisation there; of two that come at once one stays, and both get that one. */
export async function addSigningKey(
  database: Database,
  key: NewSigningKey,
  actor: string,
  now: number,
): Promise<StoredSigningKey> {
  const isFirst = sql`NOT EXISTS (SELECT 1 FROM ${signingKeys} WHERE ${signing(key.org)})`;
  try {
    await database.batch([
      database.insert(signingKeys).values({
        ...key,
        createdAt: now,
        algorithm: sql`CASE WHEN ${isFirst} THEN ${key.algorithm} END`,
      }),
      auditRow(database, { org: key.org, actor, action: 'signing-key.create', target: key.id }, now),
    ]);
  } catch (error) {
    if (!violates(error, 'signing_keys.algorithm')) throw error;
  }
  const stored = await signingKeyOf(database, key.org);
  if (stored === undefined) throw new Error(`the organisation ${key.org} has no signing key`);
  return stored;
}

/** Puts a key in place of the one that signs, which stays listed. */
export async function rotateSigningKey(
  database: Database,
  key: NewSigningKey,
  actor: string,
  now: number,
): Promise<StoredSigningKey> {
  const [, [stored]] = await database.batch([
    database.update(signingKeys).set({ retiredAt: now }).where(signing(key.org)),
    database
      .insert(signingKeys)
      .values({ ...key, createdAt: now })
      .returning(),
    auditRow(database, { org: key.org, actor, action: 'signing-key.rotate', target: key.id }, now),
  ]);
  return stored!;
}

function signing(org: string) {
  return and(eq(signingKeys.org, org), isNull(signingKeys.retiredAt));
}

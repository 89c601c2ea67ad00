import { Buffer } from 'node:buffer';
import { and, asc, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import { unlessFull } from './constraint.ts';
import type { Database } from './database.ts';
import { newIdentifier } from './identifiers.ts';
import type { Role } from './records.ts';
import { type Revocation, revoke } from './revoke.ts';
import { organisations, tokens } from './schema.ts';

export interface NewToken {
  readonly org: string;
  readonly label: string;
  readonly roles: readonly Role[];
  /** Names of the policies it is for; all where absent. */
  readonly policies?: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly createdBy: string;
}

/** A token as it is kept: with the hash of its secret. */
export type StoredToken = typeof tokens.$inferSelect;

/** A token that was just made: this is the only time its text is known. */
export interface IssuedToken {
  readonly id: string;
  readonly text: string;
  readonly expiresAt: number;
}

/** Tokens of one organisation that count at the same time. */
export const mostTokens = 200;

/** Recording a use more often would cost a write for each request. */
const useInterval = 60_000;

/** The statements that make a token, for a batch; it fails at `tokens.label` where there are too many. */
export async function tokenRows(database: Database, token: NewToken, now: number) {
  const { org, label, roles, policies, expiresAt, createdBy } = token;
  const id = newIdentifier();
  const secret = newSecret();
  const details = {
    label,
    roles,
    expires_at: new Date(expiresAt).toISOString(),
    ...(policies && { policies }),
  };
  const live = and(eq(tokens.org, org), isNull(tokens.revokedAt), gt(tokens.expiresAt, now));
  const rows = [
    database.insert(tokens).values({
      ...{ id, org, roles, createdBy, expiresAt, createdAt: now },
      label: unlessFull(label, tokens, live, mostTokens),
      policies: policies ?? null,
      hash: await hashSecret(secret),
    }),
    auditRow(database, { org, actor: createdBy, action: 'token.create', target: id, details }, now),
  ] as const;
  return { rows, issued: { id, text: `pqt_${id}_${secret}`, expiresAt } };
}

export async function createToken(database: Database, token: NewToken, now: number): Promise<IssuedToken> {
  const { rows, issued } = await tokenRows(database, token, now);
  await database.batch(rows);
  return issued;
}

/** The token of an id, whether or not it still counts, unless its organisation is gone. */
export function tokenById(database: Database, id: string) {
  return database
    .select({ token: tokens })
    .from(tokens)
    .innerJoin(organisations, and(eq(organisations.name, tokens.org), isNull(organisations.deletedAt)))
    .where(eq(tokens.id, id));
}

/** In the order of ids, after the given one. */
export function listTokens(
  database: Database,
  org: string,
  { limit, after = '' }: { readonly limit: number; readonly after?: string },
): Promise<readonly StoredToken[]> {
  return database
    .select()
    .from(tokens)
    .where(and(eq(tokens.org, org), gt(tokens.id, after)))
    .orderBy(asc(tokens.id))
    .limit(limit);
}

/** Whether there was such a one; revoking it again changes nothing. */
export function revokeToken(database: Database, revocation: Revocation, now: number): Promise<boolean> {
  return revoke(database, tokens, revocation, 'token.revoke', now);
}

/** Notes that a token was used, at most once a minute. */
export async function recordUse(
  database: Database,
  { id, lastUsedAt }: Pick<StoredToken, 'id' | 'lastUsedAt'>,
  now: number,
): Promise<void> {
  if (lastUsedAt !== null && lastUsedAt > now - useInterval) return;
  const isDue = or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, now - useInterval));
  await database
    .update(tokens)
    .set({ lastUsedAt: now })
    .where(and(eq(tokens.id, id), isDue));
}

/** SHA-256, in hex. A secret of 256 random bits needs nothing slower. */
export async function hashSecret(secret: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(secret))).toString('hex');
}

function newSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
}

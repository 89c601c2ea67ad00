import { and, eq, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Database } from './database.ts';
import type { DecisionHead, DecisionMessage } from './decision-messages.ts';
import { isAmong } from './policies.ts';
import { countUse } from './quotas.ts';
import { decisionParts, decisions, decisionTerms, exemptions } from './schema.ts';

/** Precision with which the last use of an exemption is kept. */
const MINUTE = 60_000;

/** Writes messages in one transaction; one that was written before changes nothing. */
export async function writeDecisions(
  database: Database,
  messages: readonly DecisionMessage[],
): Promise<void> {
  const [first, ...rest] = messages.flatMap(message => statementsOf(database, message));
  if (first !== undefined) await database.batch([first, ...rest]);
}

function statementsOf(database: Database, message: DecisionMessage): readonly BatchItem<'sqlite'>[] {
  const { org, id, expiresAt } = message;
  if (message.kind === 'part') {
    const { part, text } = message;
    return [
      database
        .insert(decisionParts)
        .values({ org, decision: id, part, text, expiresAt })
        .onConflictDoNothing(),
    ];
  }
  const terms = message.images.map(term => ['image', term]);
  if (message.kind === 'terms') return indexStatements(database, message, terms);
  const policies = message.policies.map(({ name }) => ['policy', name]);
  const known = sql`SELECT 1 FROM ${decisions} WHERE ${decisions.org} = ${org} AND ${decisions.id} = ${id}`;
  const amount = sql<number>`CASE WHEN EXISTS (${known}) THEN 0 ELSE 1 END`;
  return [
    countUse(database, { org, kind: 'decisions', amount }, message.at),
    database.insert(decisions).values(rowOf(message)).onConflictDoNothing(),
    ...indexStatements(database, message, [...terms, ...policies]),
  ];
}

function rowOf({ kind: _kind, images: _images, exemptions: _exemptions, ...row }: DecisionHead) {
  return row;
}

function indexStatements(
  database: Database,
  { org, id, at, expiresAt, exemptions: used }: Exclude<DecisionMessage, { kind: 'part' }>,
  terms: readonly (readonly string[])[],
): readonly BatchItem<'sqlite'>[] {
  const minute = Math.floor(at / MINUTE) * MINUTE;
  return [
    database
      .insert(decisionTerms)
      .select(
        sql`SELECT ${org}, value ->> 0, value ->> 1, ${id}, ${expiresAt}
          FROM json_each(${JSON.stringify(terms)}) WHERE true`,
      )
      .onConflictDoNothing(),
    ...(used.length === 0
      ? []
      : [
          database
            .update(exemptions)
            .set({ lastUsedAt: sql`MAX(COALESCE(${exemptions.lastUsedAt}, 0), ${minute})` })
            .where(and(eq(exemptions.org, org), isAmong(exemptions.id, new Set(used)))),
        ]),
  ];
}

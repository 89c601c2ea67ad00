import { and, asc, desc, eq, getTableColumns, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Database } from './database.ts';
import type { DecisionHead, DecisionMessage, DecisionRecord } from './decision-messages.ts';
import type { SeenPolicies } from './policies.ts';
import { countUse } from './quotas.ts';
import { decisionParts, decisions, decisionTerms, exemptions } from './schema.ts';
import { isSeen } from './seen-policies.ts';

export type DecisionSummary = Omit<DecisionRecord, 'body' | 'images' | 'exemptions'>;

export interface StoredDecision extends DecisionSummary {
  readonly body: string;
}

export interface DecisionQuery {
  readonly org: string;
  /** Decisions are seen where each of their policies is. */
  readonly seen: SeenPolicies;
  readonly policy?: string;
  /** Any of these terms. */
  readonly images?: readonly string[];
  readonly decision?: DecisionRecord['decision'];
  /** Ids, both included; the beginning of an id will do. */
  readonly from?: string;
  readonly to?: string;
  /** After this id, in the order of the list: older. */
  readonly after?: string;
  readonly limit: number;
}

const { parts: _parts, body: _body, ...summaryColumns } = getTableColumns(decisions);

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
            .where(and(eq(exemptions.org, org), inListed(exemptions.id, used))),
        ]),
  ];
}

/** Decisions, the newest first; those of which a part is still on its way are not there yet. */
export function listDecisions(database: Database, query: DecisionQuery): Promise<readonly DecisionSummary[]> {
  return database
    .select(summaryColumns)
    .from(decisions)
    .where(conditionsOf(database, query))
    .orderBy(desc(decisions.id))
    .limit(query.limit);
}

/** One decision with its body; undefined where there is none, or it may not be seen. */
export async function findDecision(
  database: Database,
  id: string,
  query: Pick<DecisionQuery, 'org' | 'seen'>,
): Promise<StoredDecision | undefined> {
  const listed = await listDecisions(database, { ...query, from: id, to: id, limit: 1 });
  if (listed[0]?.id !== id) return undefined;
  const [decision] = await readDecisions(database, query.org, [id]);
  return decision;
}

/** Some decisions with their bodies, in the order of the ids given; those that are not there are left out. */
export async function readDecisions(
  database: Database,
  org: string,
  ids: readonly string[],
): Promise<readonly StoredDecision[]> {
  const [heads, parts] = await database.batch([
    database
      .select()
      .from(decisions)
      .where(and(eq(decisions.org, org), inListed(decisions.id, ids))),
    database
      .select()
      .from(decisionParts)
      .where(and(eq(decisionParts.org, org), inListed(decisionParts.decision, ids)))
      .orderBy(asc(decisionParts.part)),
  ]);
  const byId = new Map(heads.map(head => [head.id, head]));
  const partsById = Map.groupBy(parts, part => part.decision);
  return ids.flatMap(id => {
    const head = byId.get(id);
    const rest = partsById.get(id) ?? [];
    if (head === undefined || rest.length + 1 < head.parts) return [];
    const { parts: _, body, ...summary } = head;
    return [{ ...summary, body: [body, ...rest.map(({ text }) => text)].join('') }];
  });
}

/** Rows of each table that one transaction deletes, and transactions of one run. */
const purgeRows = 2_000;
const purgeRuns = 25;

/** Deletes what has expired, so much at a time that no run takes long; what is left is for the next one. */
export async function purgeDecisions(database: Database, now: number): Promise<void> {
  for (let run = 0; run < purgeRuns; run++) {
    const results = await database.batch([
      purge(database, decisions, now),
      purge(database, decisionParts, now),
      purge(database, decisionTerms, now),
    ]);
    if (results.every(({ meta }) => meta.changes < purgeRows)) return;
  }
}

function purge(
  database: Database,
  table: typeof decisions | typeof decisionParts | typeof decisionTerms,
  now: number,
) {
  return database
    .delete(table)
    .where(sql`rowid IN (SELECT rowid FROM ${table} WHERE ${lte(table.expiresAt, now)} LIMIT ${purgeRows})`);
}

function conditionsOf(database: Database, query: DecisionQuery): SQL | undefined {
  const { org, policy, images, decision, from, to, after } = query;
  return and(
    eq(decisions.org, org),
    isComplete,
    areSeen(query),
    policy === undefined ? undefined : inArray(decisions.id, found(database, org, 'policy', [policy])),
    images && inArray(decisions.id, found(database, org, 'image', images)),
    decision && eq(decisions.decision, decision),
    from === undefined ? undefined : gte(decisions.id, from),
    // Every id that begins so is before this.
    to === undefined ? undefined : lte(decisions.id, `${to}~`),
    after === undefined ? undefined : lt(decisions.id, after),
  );
}

const isComplete = sql`(${decisions.parts} = 1 OR ${decisions.parts} = 1 + (SELECT COUNT(*) FROM ${decisionParts}
  WHERE ${decisionParts.org} = ${decisions.org} AND ${decisionParts.decision} = ${decisions.id}))`;

function areSeen({ org, seen }: DecisionQuery): SQL | undefined {
  const one = isSeen(sql`(each.value ->> 'name')`, org, seen);
  return one && sql`NOT EXISTS (SELECT 1 FROM json_each(${decisions.policies}) AS each WHERE NOT (${one}))`;
}

function found(database: Database, org: string, kind: 'image' | 'policy', terms: readonly string[]) {
  return database
    .select({ decision: decisionTerms.decision })
    .from(decisionTerms)
    .where(
      and(eq(decisionTerms.org, org), eq(decisionTerms.kind, kind), inListed(decisionTerms.term, terms)),
    );
}

/** Any number of values in one parameter: D1 takes a hundred. */
function inListed(column: SQLiteColumn, values: readonly string[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

import { and, asc, desc, eq, getTableColumns, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import type { DecisionRecord } from './decision-messages.ts';
import { isAmong, type SeenPolicies } from './policies.ts';
import { decisionParts, decisions, decisionTerms } from './schema.ts';
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
      .where(and(eq(decisions.org, org), isAmong(decisions.id, new Set(ids)))),
    database
      .select()
      .from(decisionParts)
      .where(and(eq(decisionParts.org, org), isAmong(decisionParts.decision, new Set(ids))))
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
      and(
        eq(decisionTerms.org, org),
        eq(decisionTerms.kind, kind),
        isAmong(decisionTerms.term, new Set(terms)),
      ),
    );
}

import { type AnyColumn, and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { auditRow } from './audit.ts';
import type { StoredChannel } from './channels.ts';
import { violates } from './constraint.ts';
import type { Database } from './database.ts';
import { nextRevision, type Precondition, PreconditionError } from './precondition.ts';
import { channels, policies, versions } from './schema.ts';
import type { StoredVersion } from './versions.ts';

export type StoredPolicy = typeof policies.$inferSelect;
export type Visibility = StoredPolicy['visibility'];

/** A policy with its newest version and its channels. */
export interface PolicyHead {
  readonly policy: StoredPolicy;
  readonly latest: StoredVersion;
  readonly channels: readonly StoredChannel[];
}

export interface PolicyKey {
  readonly org: string;
  readonly name: string;
}

export async function findPolicy(
  database: Database,
  { org, name }: PolicyKey,
): Promise<PolicyHead | undefined> {
  const [[policy], [latest], pointers] = await database.batch([
    database.select().from(policies).where(isPolicy({ org, name })),
    database
      .select()
      .from(versions)
      .where(
        and(
          eq(versions.org, org),
          eq(versions.policy, name),
          sql`${versions.number} = (SELECT p.latest FROM policies p WHERE p.org = ${org} AND p.name = ${name})`,
        ),
      ),
    database
      .select()
      .from(channels)
      .where(and(eq(channels.org, org), eq(channels.policy, name)))
      .orderBy(asc(channels.name)),
  ]);
  return policy && latest && { policy, latest, channels: pointers };
}

/** Names of policies that a caller may see: of private ones, and of others. */
export interface SeenPolicies {
  readonly open: ReadonlySet<string> | 'all';
  readonly closed: ReadonlySet<string> | 'all';
}

/** Those that may be seen, by name, after the given one. */
export async function listPolicies(
  database: Database,
  org: string,
  { open, closed }: SeenPolicies,
  { limit, after = '' }: { readonly limit: number; readonly after?: string },
): Promise<readonly PolicyHead[]> {
  const page = sql`(SELECT p.name FROM policies p WHERE p.org = ${org} AND p.name > ${after}
    AND ${isAmong(sql`p.name`, open)} AND (p.visibility <> 'private' OR ${isAmong(sql`p.name`, closed)}) ORDER BY p.name LIMIT ${limit})`;
  const [rows, newest, pointers] = await database.batch([
    database
      .select()
      .from(policies)
      .where(and(eq(policies.org, org), inArray(policies.name, page)))
      .orderBy(asc(policies.name)),
    database
      .select()
      .from(versions)
      .where(
        and(
          eq(versions.org, org),
          inArray(versions.policy, page),
          sql`${versions.number} = (SELECT p.latest FROM policies p WHERE p.org = ${org} AND p.name = ${versions.policy})`,
        ),
      ),
    database
      .select()
      .from(channels)
      .where(and(eq(channels.org, org), inArray(channels.policy, page)))
      .orderBy(asc(channels.name)),
  ]);
  return rows.flatMap(policy => {
    const latest = newest.find(version => version.policy === policy.name);
    const own = pointers.filter(channel => channel.policy === policy.name);
    return latest === undefined ? [] : [{ policy, latest, channels: own }];
  });
}

/** The condition that a column holds one of the names; any at all where it is `all`. */
export function isAmong(column: AnyColumn | SQL, names: ReadonlySet<string> | 'all'): SQL {
  if (names === 'all') return sql`TRUE`;
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify([...names])}))`;
}

export interface PolicyChange extends PolicyKey {
  readonly visibility?: Visibility;
  /** The channels whose moves another identity has to approve. */
  readonly approvals?: readonly string[];
  readonly actor: string;
}

/** Changes a policy, which must be there. Throws PreconditionError. */
export async function changePolicy(
  database: Database,
  { org, name, visibility, approvals, actor }: PolicyChange,
  precondition: Precondition,
  now: number,
): Promise<void> {
  const change = { ...(visibility && { visibility }), ...(approvals && { approvals }) };
  try {
    await database.batch([
      database
        .update(policies)
        .set({ ...change, revision: nextRevision(policies.revision, precondition) })
        .where(isPolicy({ org, name })),
      auditRow(database, { org, actor, action: 'policy.change', target: name, details: change }, now),
    ]);
  } catch (error) {
    if (violates(error, 'policies.revision')) throw new PreconditionError();
    throw error;
  }
}

function isPolicy({ org, name }: PolicyKey) {
  return and(eq(policies.org, org), eq(policies.name, name));
}

import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { PolicyReference, Selector, TextFile, VersionManifest } from '../bundles/index.ts';
import { auditRow } from './audit.ts';
import { violates } from './constraint.ts';
import { contentRow } from './contents.ts';
import type { Database } from './database.ts';
import { nextRevision, type Precondition, PreconditionError } from './precondition.ts';
import { chargeQuota } from './quotas.ts';
import { bases, channels, policies, versions } from './schema.ts';

/** A version that is about to be published. */
export interface NewVersion {
  readonly org: string;
  readonly policy: string;
  readonly digest: string;
  readonly files: readonly TextFile[];
  readonly manifest: VersionManifest;
  /** What it extends, each with a selector. */
  readonly bases: readonly Required<PolicyReference>[];
  readonly note?: string;
  readonly actor: string;
}

export type StoredVersion = typeof versions.$inferSelect;

export interface PublishedVersion {
  readonly version: StoredVersion;
  /** Of the policy, afterwards. */
  readonly revision: number;
  /** False where the same files were published before. */
  readonly isNew: boolean;
}

/**
 * Puts a version on record, with its files, layers and the audit of it: all of it or nothing. Publishers at the same
 * time get numbers of their own; the same files again are the version that they were. Throws PreconditionError.
 */
export async function publishVersion(
  database: Database,
  version: NewVersion,
  precondition: Precondition,
  now: number,
): Promise<PublishedVersion> {
  try {
    const results = await database.batch(publishRows(database, version, precondition, now));
    const [stored] = results.at(-2) as readonly StoredVersion[];
    const [head] = results.at(-1) as readonly { readonly revision: number }[];
    return { version: stored!, revision: head!.revision, isNew: true };
  } catch (error) {
    if (violates(error, 'policies.revision') || violates(error, 'policies.org'))
      throw new PreconditionError();
    // There is no policy to have that revision.
    if (violates(error, 'versions.number')) throw new PreconditionError();
    const same = violates(error, 'versions.digest') && (await findSame(database, version));
    if (same) return same;
    throw error;
  }
}

type Batch = [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]];

function publishRows(
  database: Database,
  version: NewVersion,
  precondition: Precondition,
  now: number,
): Batch {
  const { org, policy, digest, files, manifest, note, actor } = version;
  const own = and(eq(policies.org, org), eq(policies.name, policy));
  const number = sql<number>`(SELECT latest FROM policies WHERE org = ${org} AND name = ${policy})`;
  return [
    chargeQuota(database, { org, kind: 'versions', amount: 1 }, now),
    ...(typeof precondition === 'object' ? [] : [policyRow(database, version, precondition, now)]),
    database
      .update(policies)
      .set({ latest: sql`latest + 1`, revision: nextRevision(policies.revision, precondition) })
      .where(own),
    database.insert(versions).values({
      ...{ org, policy, number, digest, manifest, publishedAt: now, publishedBy: actor },
      note: note ?? null,
    }),
    contentRow(database, { org, digest }, files),
    ...baseRows(database, version, number),
    auditRow(database, { org, actor, action: 'policy.publish', target: policy, details: { digest } }, now),
    database
      .select()
      .from(versions)
      .where(and(eq(versions.org, org), eq(versions.policy, policy), eq(versions.digest, digest))),
    database.select({ revision: policies.revision }).from(policies).where(own),
  ];
}

/** A policy before its first version. */
function policyRow(
  database: Database,
  { org, policy, actor }: NewVersion,
  precondition: Precondition,
  now: number,
) {
  const row = database.insert(policies).values({
    ...{ org, name: policy, visibility: 'org', approvals: [], latest: 0, revision: 0 },
    ...{ createdAt: now, createdBy: actor },
  });
  return precondition === 'absent' ? row : row.onConflictDoNothing();
}

function baseRows(database: Database, version: NewVersion, number: SQL<number>) {
  const { org, policy } = version;
  return version.bases.map(({ org: baseOrg, name, selector: { kind, value } }, position) =>
    database.insert(bases).values({
      ...{ org, policy, number, position, baseOrg, basePolicy: name, selector: kind, selected: value },
    }),
  );
}

async function findSame(
  database: Database,
  { org, policy, digest }: NewVersion,
): Promise<PublishedVersion | undefined> {
  const selector = { kind: 'digest', value: digest } as const;
  const found = await findVersion(database, { org, name: policy, selector });
  return found && { version: found.version, revision: found.revision, isNew: false };
}

/** A version with the revision of its policy; undefined where there is none. */
export async function findVersion(
  database: Database,
  { org, name, selector }: Required<PolicyReference>,
): Promise<{ readonly version: StoredVersion; readonly revision: number } | undefined> {
  const [[version], [policy]] = await database.batch([
    database
      .select()
      .from(versions)
      .where(and(eq(versions.org, org), eq(versions.policy, name), selects(org, name, selector))),
    database
      .select({ revision: policies.revision })
      .from(policies)
      .where(and(eq(policies.org, org), eq(policies.name, name))),
  ]);
  return version && policy && { version, revision: policy.revision };
}

function selects(org: string, policy: string, { kind, value }: Selector): SQL {
  if (kind === 'version') return eq(versions.number, Number(value));
  if (kind === 'digest') return eq(versions.digest, value);
  const pointed = sql`(SELECT c.number FROM ${channels} c WHERE c.org = ${org} AND c.policy = ${policy} AND c.name = ${value})`;
  return eq(versions.number, pointed);
}

/** The newest first, from the one below the given number. */
export function listVersions(
  database: Database,
  { org, name }: PolicyReference,
  { limit, before = Number.MAX_SAFE_INTEGER }: { readonly limit: number; readonly before?: number },
): Promise<readonly StoredVersion[]> {
  return database
    .select()
    .from(versions)
    .where(and(eq(versions.org, org), eq(versions.policy, name), sql`${versions.number} < ${before}`))
    .orderBy(desc(versions.number))
    .limit(limit);
}

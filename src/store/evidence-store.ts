import { Buffer } from 'node:buffer';
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import { limits } from '../base/index.ts';
import type { StoredDocument } from '../evidence/index.ts';
import { auditRow } from './audit.ts';
import { cutText } from './cut-text.ts';
import type { Database } from './database.ts';
import { chargeQuota } from './quotas.ts';
import { evidence } from './schema.ts';

/** A document as it is listed. */
export interface EvidenceEntry {
  /** The digest of the image. */
  readonly subject: string;
  /** The digest of the document. */
  readonly digest: string;
  readonly type: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  readonly storedBy: string;
}

/** Bytes of all the documents of one organisation. */
export const mostEvidenceBytes = 256 * 1024 * 1024;

/** UTF-16 units of a row: at most three bytes each, of the 2 MB that D1 takes. */
const partLength = 500_000;

/**
 * Stores documents about an image, under their own digests; what is there already stays as it is. Fails at
 * `evidence.bytes` where the organisation would have too much, or as `exceedsQuota` tells. All are stored, or none.
 */
export async function storeEvidence(
  database: Database,
  { org, subject, actor }: { readonly org: string; readonly subject: string; readonly actor: string },
  documents: readonly StoredDocument[],
  now: number,
): Promise<readonly EvidenceEntry[]> {
  const hashed = await Promise.all(documents.map(async each => ({ ...each, digest: await digestOf(each) })));
  const entries = [...new Map(hashed.map(each => [each.digest, each])).values()];
  const rows = entries.flatMap(({ digest, type, content }) =>
    cutText(content, partLength).map((text, part) =>
      database
        .insert(evidence)
        .values({
          ...{ org, subject, digest, part, type, text, storedAt: now, storedBy: actor },
          bytes: unlessFull(org, Buffer.byteLength(text)),
        })
        .onConflictDoNothing({ target: [evidence.org, evidence.subject, evidence.digest, evidence.part] }),
    ),
  );
  const details = { documents: entries.map(({ digest }) => digest) };
  const amount = entries.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  await database.batch([
    chargeQuota(database, { org, kind: 'evidence_bytes', amount }, now),
    auditRow(database, { org, actor, action: 'evidence.store', target: subject, details }, now),
    ...rows,
  ]);
  const stored = await listEvidence(database, { org, subject, limit: limits.documents });
  return stored.filter(({ digest }) => entries.some(each => each.digest === digest));
}

/** What is stored, without the documents, by image and digest. */
export function listEvidence(
  database: Database,
  {
    org,
    subject,
    after,
    limit,
  }: {
    readonly org: string;
    readonly subject?: string;
    /** After this image and document, as `subject digest`. */
    readonly after?: string;
    readonly limit: number;
  },
): Promise<readonly EvidenceEntry[]> {
  const key = sql<string>`${evidence.subject} || ' ' || ${evidence.digest}`;
  return database
    .select({
      subject: evidence.subject,
      digest: evidence.digest,
      type: evidence.type,
      bytes: sql<number>`SUM(${evidence.bytes})`,
      storedAt: evidence.storedAt,
      storedBy: evidence.storedBy,
    })
    .from(evidence)
    .where(
      and(
        eq(evidence.org, org),
        subject === undefined ? undefined : eq(evidence.subject, subject),
        after === undefined ? undefined : gt(key, after),
      ),
    )
    .groupBy(evidence.subject, evidence.digest)
    .orderBy(asc(evidence.subject), asc(evidence.digest))
    .limit(limit);
}

/** Removes a document about an image, or all; returns whether there was any. */
export async function removeEvidence(
  database: Database,
  {
    org,
    subject,
    digest,
    actor,
  }: { readonly org: string; readonly subject: string; readonly digest?: string; readonly actor: string },
  now: number,
): Promise<boolean> {
  const chosen = and(
    eq(evidence.org, org),
    eq(evidence.subject, subject),
    digest === undefined ? undefined : eq(evidence.digest, digest),
  );
  const [row] = await database.select({ digest: evidence.digest }).from(evidence).where(chosen).limit(1);
  if (row === undefined) return false;
  const details = { document: digest ?? 'all' };
  await database.batch([
    database.delete(evidence).where(chosen),
    auditRow(database, { org, actor, action: 'evidence.remove', target: subject, details }, now),
  ]);
  return true;
}

function unlessFull(org: string, bytes: number): SQL<number> {
  const stored = sql`(SELECT COALESCE(SUM(${evidence.bytes}), 0) FROM ${evidence} WHERE ${eq(evidence.org, org)})`;
  return sql`CASE WHEN ${stored} + ${bytes} <= ${mostEvidenceBytes} THEN ${bytes} END`;
}

/** Of the content: who has the document can tell its digest. */
async function digestOf({ content }: StoredDocument): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(content));
  return `sha256:${Buffer.from(digest).toString('hex')}`;
}

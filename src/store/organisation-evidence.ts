import { and, asc, eq, sql } from 'drizzle-orm';
import { limits } from '../base/index.ts';
import type { StoredDocument, StoredEvidence } from '../evidence/index.ts';
import type { Database } from './database.ts';
import type { EvidenceEntry } from './evidence-store.ts';
import { isAmong } from './policies.ts';
import { evidence } from './schema.ts';

/** What one organisation has stored, for one decision. */
export class OrganisationEvidence implements StoredEvidence {
  private readonly database: Database;
  private readonly org: string;
  /** What was read. */
  readonly seen: Pick<EvidenceEntry, 'subject' | 'digest' | 'type'>[] = [];

  constructor(database: Database, org: string) {
    this.database = database;
    this.org = org;
  }

  async documentsOf(digests: readonly string[]): Promise<ReadonlyMap<string, readonly StoredDocument[]>> {
    const rows = await selectDocuments(this.database, this.org, digests);
    if (rows.some(({ text }) => text === null))
      throw new RangeError(`the documents are larger than ${limits.storedBytes} bytes together`);
    const documents = Map.groupBy(rows, ({ subject, digest }) => `${subject} ${digest}`);
    const bySubject = new Map<string, StoredDocument[]>();
    for (const parts of documents.values()) {
      const { subject, digest, type } = parts[0]!;
      this.seen.push({ subject, digest, type });
      const content = parts.map(({ text }) => text).join('');
      const known = bySubject.get(subject);
      if (known === undefined) bySubject.set(subject, [{ type, content }]);
      else known.push({ type, content });
    }
    return bySubject;
  }
}

/**
 * The parts of the newest documents of each type about each digest, in order, the newest of every type before
 * the second newest of any: no number of reports keeps a signature from being looked at. Without their texts
 * where all of them together are more than one decision may read.
 */
function selectDocuments(database: Database, org: string, digests: readonly string[]) {
  const newest = database.$with('newest').as(
    database
      .select({
        subject: evidence.subject,
        digest: evidence.digest,
        part: evidence.part,
        type: evidence.type,
        bytes: evidence.bytes,
        storedAt: evidence.storedAt,
        place: sql<number>`DENSE_RANK() OVER
          (PARTITION BY ${evidence.subject}, ${evidence.type}
            ORDER BY ${evidence.storedAt} DESC, ${evidence.digest})`.as('place'),
      })
      .from(evidence)
      .where(and(eq(evidence.org, org), isAmong(evidence.subject, new Set(digests)))),
  );
  const isWanted = sql`${newest.place} <= ${limits.candidates}`;
  const total = sql`(SELECT SUM(bytes) FROM newest WHERE place <= ${limits.candidates})`;
  return database
    .with(newest)
    .select({
      subject: newest.subject,
      digest: newest.digest,
      type: newest.type,
      text: sql<string | null>`CASE WHEN ${total} <= ${limits.storedBytes} THEN ${evidence.text} END`,
    })
    .from(newest)
    .innerJoin(
      evidence,
      and(
        eq(evidence.org, org),
        eq(evidence.subject, newest.subject),
        eq(evidence.digest, newest.digest),
        eq(evidence.part, newest.part),
      ),
    )
    .where(isWanted)
    .orderBy(
      asc(newest.subject),
      sql`${newest.place}`,
      asc(newest.type),
      asc(newest.digest),
      asc(newest.part),
    );
}

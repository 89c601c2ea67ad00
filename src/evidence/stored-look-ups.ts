import { limits } from '../base/index.ts';
import { EvidenceDocuments } from './documents.ts';
import { parsed } from './json-field.ts';
import type { StoredDocument, StoredEvidence } from './stored.ts';

/** What a store has about one digest, as far as it could be had. */
export interface Stored {
  readonly documents: EvidenceDocuments;
  /** Why it could not be had, or not all of it. */
  readonly missed: readonly string[];
}

const source = 'store';
const nothing: Stored = { documents: new EvidenceDocuments([], source), missed: [] };
const unreachable: Stored = { ...nothing, missed: ['the store of evidence could not be asked'] };

/** Types whose content is an object where it is JSON, and else a text in base64. */
const objectTypes: ReadonlySet<string> = new Set(['cosign-signature', 'notation']);

interface Batch {
  readonly digests: string[];
  readonly answer: Promise<ReadonlyMap<string, readonly StoredDocument[]>>;
}

/** Asks a store for one decision: each digest once, and all that are wanted at one time together. */
export class StoredLookUps {
  private readonly store: StoredEvidence | undefined;
  private readonly known = new Map<string, Promise<Stored>>();
  private batch: Batch | undefined;

  /** Without a store nothing is stored. */
  constructor(store: StoredEvidence | undefined) {
    this.store = store;
  }

  /** What is stored about a digest; never rejects. */
  of(digest: string): Promise<Stored> {
    const { store } = this;
    if (store === undefined) return Promise.resolve(nothing);
    const known = this.known.get(digest);
    if (known !== undefined) return known;
    this.batch ??= this.open(store);
    this.batch.digests.push(digest);
    const asked = this.batch.answer.then(
      answer => toStored(digest, answer.get(digest) ?? []),
      () => unreachable,
    );
    this.known.set(digest, asked);
    return asked;
  }

  /** Takes digests until all that runs now has run. */
  private open(store: StoredEvidence): Batch {
    const digests: string[] = [];
    const answer = Promise.resolve().then(() => {
      this.batch = undefined;
      return store.documentsOf(digests);
    });
    return { digests, answer };
  }
}

function toStored(subject: string, stored: readonly StoredDocument[]): Stored {
  const documents = stored.slice(0, limits.candidates).map(({ type, content }) => ({
    type,
    subject,
    content: objectTypes.has(type) ? (parsed(content) ?? content) : content,
  }));
  try {
    return { documents: new EvidenceDocuments(documents, source), missed: [] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...nothing, missed: ['what the store of evidence holds cannot be read'] };
  }
}

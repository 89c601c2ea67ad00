import { stringify } from '../values/index.ts';
import { claimedDigests } from './claimed-digests.ts';
import { digestIn, toMaterial } from './documents.ts';
import { readSentFile } from './sent.ts';

/** One document of a store, as it was put there. */
export interface StoredDocument {
  /** One of `documentTypes`. */
  readonly type: string;
  /** The JSON text of the content; of a report whatever text it is, of COSE its base64. */
  readonly content: string;
}

/**
 * What an organisation's CI has stored ahead about images. It is made for one organisation, that of the
 * caller, and knows no other, and handed to `createResolver` as `stored`. What it gives is weighed as what a
 * registry gives: signatures are verified when they are used.
 */
export interface StoredEvidence {
  /**
   * The documents about each of the digests (`sha256:…` of an index or a manifest), the newest first; more than
   * `limits.candidates` of one are not looked at. A digest about which nothing is stored may be left out. Called
   * once for all images of a round, so that it is to be one look-up whatever their number. Rejects where the
   * store cannot be asked; then the evidence is unavailable, and no verdict shows what the error says.
   */
  documentsOf(digests: readonly string[]): Promise<ReadonlyMap<string, readonly StoredDocument[]>>;
}

/**
 * The documents in a text that is to be stored about a digest; in the forms of `readSentFile`. Throws a
 * RangeError that says what is wrong where one has no known form or is about another digest. Signatures
 * are verified when they are used, not here.
 */
export function readStoredDocuments(text: string, digest: string): readonly StoredDocument[] {
  return readSentFile(text).map(({ type, subject, content }, index) => {
    const at = `document ${index + 1}`;
    if (subject !== undefined && digestIn(subject) !== digest)
      throw new RangeError(`${at}: its subject is another digest than ${digest}`);
    if (type !== 'report') {
      const claimed = claimedDigests(toMaterial({ type, content }, 'store'));
      if (claimed.length > 0 && !claimed.includes(digest))
        throw new RangeError(`${at}: it is about ${claimed[0]}, not about ${digest}`);
    }
    return { type, content: typeof content === 'string' ? content : stringify(content) };
  });
}

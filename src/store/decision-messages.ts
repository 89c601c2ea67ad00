import { cutText } from './cut-text.ts';
import type { DecisionPolicy } from './records.ts';

/** A decision as it is to be kept; all of it is masked already. */
export interface DecisionRecord {
  readonly org: string;
  /** A ULID. */
  readonly id: string;
  /** Milliseconds since 1970, as is `expiresAt`. */
  readonly at: number;
  /** evaluate, batch, gatekeeper, admission, data. */
  readonly door: string;
  readonly requester: string;
  readonly decision: 'allow' | 'deny' | 'indeterminate';
  readonly policies: readonly DecisionPolicy[];
  readonly inputDigest: string;
  readonly expiresAt: number;
  /** JSON text. */
  readonly body: string;
  /** What it is found by: names, repositories and digests of images. */
  readonly images: readonly string[];
  /** Ids of the exemptions that lifted something. */
  readonly exemptions: readonly string[];
}

/** A decision as it travels through the queue: the head, and by themselves what makes it too large. */
export type DecisionMessage = DecisionHead | DecisionPart | DecisionTerms;

export interface DecisionHead extends DecisionRecord {
  readonly kind: 'decision';
  /** Of the body, this first one counted. */
  readonly parts: number;
}

export interface DecisionPart extends Pick<DecisionRecord, 'org' | 'id' | 'expiresAt'> {
  readonly kind: 'part';
  /** From 1. */
  readonly part: number;
  readonly text: string;
}

export interface DecisionTerms
  extends Pick<DecisionRecord, 'org' | 'id' | 'at' | 'expiresAt' | 'images' | 'exemptions'> {
  readonly kind: 'terms';
}

/** UTF-16 units: at most three bytes each, so that no message comes near the 128 KB that a queue takes. */
const bodyLength = 20_000;
/** Names are no longer than 460 characters. */
const termsLength = 100;

/** The messages of a decision, the head first. */
export function toMessages(record: DecisionRecord): readonly DecisionMessage[] {
  const { org, id, at, expiresAt } = record;
  const [body = '', ...parts] = cutText(record.body, bodyLength);
  const [images = [], ...moreImages] = chunks(record.images, termsLength);
  const [exemptions = [], ...moreExemptions] = chunks(record.exemptions, termsLength);
  const own = { org, id, expiresAt };
  return [
    { kind: 'decision', ...record, body, images, exemptions, parts: parts.length + 1 },
    ...parts.map((text, index) => ({ kind: 'part' as const, ...own, part: index + 1, text })),
    ...moreImages.map(list => ({ kind: 'terms' as const, ...own, at, images: list, exemptions: [] })),
    ...moreExemptions.map(list => ({ kind: 'terms' as const, ...own, at, images: [], exemptions: list })),
  ];
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

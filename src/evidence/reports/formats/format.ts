import type { Value } from '../../../values/index.ts';
import type { Reading } from '../report.ts';

/** How one kind of document is told from others, and read. */
export interface Format {
  /** As a message names it. */
  readonly title: string;
  /** Looks at names and versions alone; a document that is recognised may still be unreadable. */
  readonly recognises: (document: Value) => boolean;
  /** Throws `Unreadable` where the document is not what it should be. */
  readonly read: (document: Value) => Reading;
}

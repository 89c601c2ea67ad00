import type { Images } from './images.ts';
import type { SentEvidence } from './sent.ts';
import type { StoredLookUps } from './stored-look-ups.ts';

/** Where evidence of images is looked for. */
export interface Sources {
  readonly images: Images;
  readonly sent: SentEvidence;
  readonly stored: StoredLookUps;
}

import type { Value } from '../values/index.ts';
import type { Evidence, EvidenceNeed } from './evidence.ts';
import type { LookUpError } from './look-up-error.ts';

/** An answer, and what a verdict shows of it. */
export interface Found {
  readonly value: Value;
  readonly seen?: Evidence | readonly Evidence[];
}

/** Answers one kind of need. */
export interface EvidenceHandler {
  /** Rejects where the look-up comes to nothing; is to end soon after the signal. */
  look(need: EvidenceNeed, signal: AbortSignal): Promise<Found>;
  /** The answer then. */
  failed(need: EvidenceNeed, error: LookUpError): Found;
}

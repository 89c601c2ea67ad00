import { limits, readBytes } from '../base/index.ts';
import { LookUpError } from './look-up-error.ts';

/** How many bytes all responses of one decision may still bring. */
export interface Allowance {
  bytes: number;
  /** How many it was at first, where that is not `limits.evidenceBytes`. */
  readonly of?: number;
}

/**
 * The bytes of a body. Read as a stream: as soon as more has come than is allowed it throws a LookUpError,
 * and the rest is not taken.
 */
export function readBody(
  body: ReadableStream<Uint8Array> | null,
  allowance: Allowance,
  limit: number = limits.httpResponseBytes,
): Promise<Uint8Array> {
  const all = allowance.of ?? limits.evidenceBytes;
  return readBytes(body, (chunk, total) => {
    allowance.bytes -= chunk;
    if (total > limit) throw new LookUpError(`the response is larger than ${limit} bytes`);
    if (allowance.bytes < 0) throw new LookUpError(`all responses together are larger than ${all} bytes`);
  });
}

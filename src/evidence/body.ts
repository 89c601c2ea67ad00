import { limits } from '../base/index.ts';
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
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  allowance: Allowance,
  limit: number = limits.httpResponseBytes,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    allowance.bytes -= chunk.byteLength;
    if (size > limit) throw new LookUpError(`the response is larger than ${limit} bytes`);
    if (allowance.bytes < 0)
      throw new LookUpError(
        `all responses together are larger than ${allowance.of ?? limits.evidenceBytes} bytes`,
      );
    chunks.push(chunk);
  }
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

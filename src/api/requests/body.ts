import { limits } from '../../base/index.ts';
import { ProblemError } from '../problem.ts';

/**
 * The bytes of a request's body. Read as a stream, so that no more than the limit is ever held;
 * throws a ProblemError (`too_large`) as soon as more has come.
 */
export async function readBody(
  request: Request,
  limit: number = limits.bodyBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  refuseEncoding(request.headers.get('content-encoding'));
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return join(chunks, size);
}

/** The text of a body or a file, without a byte order mark; throws `invalid_encoding` where it is not UTF-8. */
export function decodeText(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('invalid_encoding', `${what} is not valid UTF-8`);
  }
}

function refuseEncoding(encoding: string | null): void {
  if (encoding === null || encoding.toLowerCase() === 'identity') return;
  throw new ProblemError(
    'unsupported_media_type',
    `a body in content-encoding ${encoding} is not read here`,
    {
      hint: 'send the body uncompressed',
    },
  );
}

function tooLarge(limit: number): ProblemError {
  return new ProblemError('too_large', `the body is larger than ${limit} bytes`, { limit: 'bodyBytes' });
}

function join(chunks: readonly Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  if (chunks.length === 1) return chunks[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

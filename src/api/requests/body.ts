import { limits, readBytes } from '../../base/index.ts';
import { ProblemError } from '../problem.ts';

/** What is read of a request. */
export interface BodySource {
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/**
 * The bytes of a request's body. Read as a stream, so that no more than the limit is ever held;
 * throws a ProblemError (`too_large`) as soon as more has come.
 */
export async function readBody(
  { headers, body }: BodySource,
  limit: number = limits.bodyBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  refuseEncoding(headers.get('content-encoding'));
  if (Number(headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  return readBytes(body, (_, total) => {
    if (total > limit) throw tooLarge(limit);
  });
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

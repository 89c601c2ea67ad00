import { type Precondition, PreconditionError } from '../../store/index.ts';
import { ProblemError } from '../problem.ts';

/** `"7"`, of what changes by revisions. */
export function revisionTag(revision: number): string {
  return `"${revision}"`;
}

/** What `If-Match: "7"` or `If-None-Match: *` demands of a change. */
export function readPrecondition(headers: Headers): Precondition {
  const match = headers.get('if-match');
  const none = headers.get('if-none-match');
  if (match !== null && none !== null)
    throw new ProblemError('invalid_request', 'If-Match and If-None-Match cannot both hold');
  if (none !== null) {
    if (none.trim() === '*') return 'absent';
    throw new ProblemError(
      'invalid_request',
      'of If-None-Match a change knows * alone: nothing is there yet',
    );
  }
  if (match === null) return undefined;
  const revision = /^"(\d{1,15})"$/u.exec(match.trim())?.[1];
  if (revision === undefined) throw failed('If-Match is not the ETag of anything here');
  return { revision: Number(revision) };
}

/** What a store function gives; `precondition_failed` where the precondition does not hold. */
export async function underPrecondition<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof PreconditionError) throw failed('it is not what If-Match or If-None-Match says');
    throw error;
  }
}

function failed(detail: string): ProblemError {
  return new ProblemError('precondition_failed', detail, {
    hint: 'read it again, and send its ETag as If-Match',
  });
}

/** JSON with an ETag; 304 where the caller has it. */
export function answerTagged(request: Request, tag: string, body: unknown): Response {
  const headers = { etag: tag, 'cache-control': 'private, no-cache' };
  const known = (request.headers.get('if-none-match') ?? '').split(',').map(each => each.trim());
  const isKnown = known.some(each => each === '*' || each.replace(/^W\//u, '') === tag);
  return isKnown ? new Response(null, { status: 304, headers }) : Response.json(body, { headers });
}

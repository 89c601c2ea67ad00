import { ProblemError } from '../problem.ts';

const usualHint = 'send Authorization: Bearer, with an API token or the identity token of a CI job';

/** 401: who makes the request is not proven. The `cause` is for the log alone. */
export function unauthorized(
  reason: string,
  { hint = usualHint, cause }: { readonly hint?: string; readonly cause?: unknown } = {},
): ProblemError {
  const headers = { 'www-authenticate': 'Bearer realm="pratique"' };
  return Object.assign(new ProblemError('unauthorized', reason, { hint }, headers), { cause });
}

/** 403: what an organisation tells its own principals alone. */
export function forbidden(reason: string, hint?: string): ProblemError {
  return new ProblemError('forbidden', reason, hint === undefined ? {} : { hint });
}

/** 404, in the same words for what is not there and for what is another's. */
export function notFound(): ProblemError {
  return new ProblemError('not_found', 'there is nothing at this address that you may see');
}

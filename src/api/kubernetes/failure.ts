import { problemOf } from '../problem.ts';
import type { RequestContext } from '../route.ts';
import { DeadlineError } from './deadline.ts';

/** What is said to a client that reads no problems: no more than a problem would say. */
export interface Failure {
  readonly status: number;
  readonly message: string;
}

/** What went wrong, noted for the log of the request as well. */
export function failureOf(error: unknown, context: RequestContext): Failure {
  if (error instanceof DeadlineError)
    return noted(context, 'deadline', { status: 504, message: error.message });
  const { code, status, detail, hint } = problemOf(error);
  return noted(context, code, { status, message: hint === undefined ? detail : `${detail}; ${hint}` });
}

function noted(context: RequestContext, code: string, failure: Failure): Failure {
  Object.assign(context.get('facts'), { code });
  return failure;
}

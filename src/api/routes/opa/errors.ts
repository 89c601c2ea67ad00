import { OpaError } from '../../opa/index.ts';
import { type ProblemCode, problemOf } from '../../problem.ts';
import type { RequestContext, Route } from '../../route.ts';
import type { Services } from '../../services.ts';

/** The handler with its problems as OPA's errors, for clients that read no others. */
export function asOpa(
  handle: (context: RequestContext, services: Services) => Promise<Response>,
): Route['handle'] {
  return async (context, services) => {
    try {
      return await handle(context, services);
    } catch (error) {
      const failure = error instanceof OpaError ? error : toOpaError(error);
      Object.assign(context.get('facts'), { code: failure.code });
      return failure.response();
    }
  };
}

function toOpaError(error: unknown): OpaError {
  const { code, status, detail } = problemOf(error);
  return new OpaError(status, codeOf(code, status), detail);
}

function codeOf(code: ProblemCode, status: number) {
  if (status === 401 || status === 403) return 'unauthorized';
  if (code === 'unknown_policy' || status === 404) return 'resource_not_found';
  return status < 500 ? 'invalid_parameter' : 'internal_error';
}

import { type ProblemCode, problemOf } from '../problem.ts';
import { OpaError } from './opa-error.ts';

/** What OPA's clients are told of anything that was thrown. */
export function opaErrorOf(thrown: unknown): OpaError {
  if (thrown instanceof OpaError) return thrown;
  const { code, status, detail } = problemOf(thrown);
  return new OpaError(status, codeOf(code, status), detail);
}

function codeOf(code: ProblemCode, status: number) {
  if (status === 401 || status === 403) return 'unauthorized';
  if (code === 'unknown_policy' || status === 404) return 'resource_not_found';
  return status < 500 ? 'invalid_parameter' : 'internal_error';
}

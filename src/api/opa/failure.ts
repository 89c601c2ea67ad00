import { type ProblemCode, problemOf } from '../problem.ts';
import { OpaError } from './opa-error.ts';

/** What OPA's clients are told of anything that was thrown. */
export function opaErrorOf(thrown: unknown): OpaError {
  if (thrown instanceof OpaError) return thrown;
  const { code, status, detail } = problemOf(thrown);
  return new OpaError(status, codeOf(code, status), detail);
}

/** What OPA lets nobody change that came in a bundle, as all does that is published. */
const changes =
  /^(?:(?:PUT|PATCH) .*\/v1\/data(?:\/|$)|DELETE .*\/v1\/data\/.|(?:PUT|DELETE) .*\/v1\/policies\/.)/u;

/** What is answered where no route is, or none for the method: the same for every organisation and policy. */
export function opaRefusal({ method, url }: Request, thrown: unknown): Response {
  if (problemOf(thrown).code !== 'method_not_allowed') return opaErrorOf(thrown).response();
  if (!changes.test(`${method} ${new URL(url).pathname}`)) return new Response(null, { status: 405 });
  const message = 'all paths are owned by a bundle: publish a version of the policy instead';
  return new OpaError(400, 'invalid_parameter', message).response();
}

function codeOf(code: ProblemCode, status: number) {
  if (status === 401 || status === 403) return 'unauthorized';
  if (code === 'unknown_policy' || status === 404) return 'resource_not_found';
  return status < 500 ? 'invalid_parameter' : 'internal_error';
}

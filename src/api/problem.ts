import type { DiagnosticJson } from '../base/index.ts';
import { TooManyLayers } from '../store/index.ts';

/** Every kind of problem by its stable code: the status it is answered with, and what it is called. */
export const problems = {
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_request: { status: 400, title: 'The request does not have the expected form' },
  invalid_query: { status: 400, title: 'The query string does not have the expected form' },
  invalid_encoding: { status: 400, title: 'The text is not valid UTF-8' },
  invalid_multipart: { status: 400, title: 'The multipart body cannot be read' },
  nothing_to_decide: { status: 400, title: 'What was submitted holds nothing to decide upon' },
  policy_missing: { status: 400, title: 'No policy was named' },
  unauthorized: { status: 401, title: 'Who makes the request is not proven' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  unknown_policy: { status: 404, title: 'There is no such policy' },
  unknown_channel: { status: 404, title: 'The policy has no such channel or version' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'The address does not answer this method' },
  not_acceptable: { status: 406, title: 'None of the accepted media types can be given' },
  conflict: { status: 409, title: 'What is there already does not allow this' },
  lock_mismatch: { status: 409, title: 'What the lock pins is not what there is' },
  precondition_failed: { status: 412, title: 'It was changed in the meantime' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The body is of a type that is not read here' },
  policy_error: { status: 422, title: 'The policy does not compile' },
  tests_failed: { status: 422, title: 'Tests of the policy do not pass' },
  submission_error: { status: 422, title: 'What was submitted cannot be read' },
  limit_exceeded: { status: 422, title: 'What was submitted exceeds a limit' },
  rate_limited: { status: 429, title: 'Too many requests in a short time' },
  quota_exceeded: { status: 429, title: 'The quota of the organisation is used up' },
  internal_error: { status: 500, title: 'Something went wrong here' },
  not_configured: { status: 503, title: 'The deployment is not set up for this' },
} as const satisfies Readonly<Record<string, { status: number; title: string }>>;

export type ProblemCode = keyof typeof problems;

/** What is wrong at one place of a request. */
export interface FieldError {
  /** RFC 6901, into the JSON body; or the name of a query parameter or form field. */
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
}

/** A test of a policy that does not pass. */
export interface FailedTest {
  readonly name: string;
  readonly outcome: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** For people: what did not hold. */
  readonly text: string;
}

export interface ProblemDetails {
  /** For these diagnostics the request was refused: policy or manifest, with lines and frames. */
  readonly diagnostics?: readonly DiagnosticJson[];
  readonly errors?: readonly FieldError[];
  readonly tests?: readonly FailedTest[];
  /** 1-based; where a JSON body is broken. */
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
  /** The name of the limit that was exceeded. */
  readonly limit?: string;
  /** What could have been asked for instead: policies, media types, methods. */
  readonly available?: readonly string[];
}

/** A problem as RFC 9457 writes it. */
export interface Problem extends ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
}

/** Ends a request with a problem; anything else that is thrown becomes `internal_error` and is not shown. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    details: ProblemDetails = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.problem = { type: `/docs#${code}`, ...problems[code], code, detail, ...details };
    this.headers = headers;
  }
}

/** What is told of anything that was thrown: its problem, or no more than that there was one. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  if (thrown instanceof TooManyLayers) return new ProblemError('limit_exceeded', thrown.message).problem;
  return new ProblemError('internal_error', 'the request could not be answered; the log has the reason')
    .problem;
}

export function problemResponse(thrown: unknown): Response {
  const problem = problemOf(thrown);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...(thrown instanceof ProblemError && thrown.headers),
      'content-type': 'application/problem+json',
    },
  });
}

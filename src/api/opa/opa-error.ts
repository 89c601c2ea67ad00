import type { Json } from '../../values/index.ts';

export type OpaErrorCode =
  | 'internal_error'
  | 'unauthorized'
  | 'invalid_parameter'
  | 'resource_not_found'
  | 'undefined_document';

/** What OPA's server answers where something is wrong: `{code, message, errors}`, indented. */
export class OpaError extends Error {
  override readonly name = 'OpaError';
  readonly status: number;
  readonly code: OpaErrorCode;
  readonly errors: readonly Json[];

  constructor(status: number, code: OpaErrorCode, message: string, errors: readonly Json[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  response(): Response {
    const { status, code, message, errors } = this;
    const body = { code, message, ...(errors.length > 0 && { errors }) };
    return new Response(`${JSON.stringify(body, null, 2)}\n`, {
      status,
      headers: { 'content-type': 'application/json' },
    });
  }
}

/**
 * Why a look-up came to nothing. The message is for verdicts and logs: it may name a host, never a path,
 * a query, a header or a body, for these may hold secrets.
 */
export class LookUpError extends Error {
  /** Whether the network failed, rather than the question being wrong or refused. */
  readonly network: boolean;

  constructor(message: string, network = false) {
    super(message);
    this.network = network;
  }
}

/** Throws a LookUpError: the question itself is wrong, or may not be asked. */
export function refuse(message: string): never {
  throw new LookUpError(message);
}

/** What went wrong, for a platform's own errors: the code where there is one (`ECONNREFUSED`), no text. */
export function toLookUpError(thrown: unknown, signal: AbortSignal): LookUpError {
  if (thrown instanceof LookUpError) return thrown;
  if (signal.aborted) return new LookUpError('timed out', true);
  const code = codeOf(thrown) ?? codeOf(thrown instanceof Error ? thrown.cause : undefined);
  return new LookUpError(code === undefined ? 'connection failed' : `connection failed (${code})`, true);
}

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' && /^[A-Z][A-Z0-9_]+$/u.test(thrown.code) ? thrown.code : undefined;
}

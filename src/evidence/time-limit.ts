import { toLookUpError } from './look-up-error.ts';

/** Runs a look-up with a shorter time than it has; throws only LookUpErrors. */
export async function withTimeout<T>(
  outer: AbortSignal,
  milliseconds: number,
  look: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const timer = setTimeout(() => inner.abort(), milliseconds);
  const signal = AbortSignal.any([outer, inner.signal]);
  try {
    return await look(signal);
  } catch (thrown) {
    throw toLookUpError(thrown, signal);
  } finally {
    clearTimeout(timer);
  }
}

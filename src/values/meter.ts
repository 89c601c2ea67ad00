import { Halt } from '../base/index.ts';

/**
 * What walking through values may still cost: one for each collection or 16 characters looked at. A value
 * that shares its parts can be small and yet have more parts than could ever be walked through.
 * Unlimited but while `metered` runs; a field, so that it costs the innermost loops one decrement.
 */
export const meter = { left: Number.MAX_SAFE_INTEGER };

/** Throws a Halt where what is left does not suffice. */
export function spend(amount: number): void {
  meter.left -= amount;
  if (meter.left < 0)
    throw new Halt('eval_budget_error', 'evaluation stopped: values are too large', 'steps');
}

/** Gives what `run` returns, and tells `after` what is left; what the caller had left is as before. */
export function metered<T>(left: number, run: () => T, after: (left: number) => void): T {
  const outer = meter.left;
  meter.left = left;
  try {
    return run();
  } finally {
    after(Math.max(0, meter.left));
    meter.left = outer;
  }
}

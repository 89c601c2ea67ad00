const DATE = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/u;

/**
 * The moment a date or an RFC 3339 time names, in nanoseconds since 1970 and exact to the millisecond;
 * a date alone is its first moment in UTC. Undefined where the text is neither.
 */
export function readMoment(text: string): bigint | undefined {
  if (!DATE.test(text)) return undefined;
  const milliseconds = Date.parse(text.toUpperCase());
  if (Number.isNaN(milliseconds) || !sameDay(text)) return undefined;
  return momentOf(milliseconds);
}

/** Milliseconds since 1970 as a moment. */
export function momentOf(milliseconds: number): bigint {
  return BigInt(Math.trunc(milliseconds)) * 1_000_000n;
}

/** A moment as RFC 3339 in UTC, to the millisecond where it has any: `2026-12-01T00:00:00Z`. */
export function writeMoment(moment: bigint): string {
  return new Date(Number(moment / 1_000_000n)).toISOString().replace('.000Z', 'Z');
}

/** Whether the day exists: `Date.parse` takes 30 February for 2 March. */
function sameDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

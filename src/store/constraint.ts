/**
 * Whether a change was refused because a column would have been null, or two rows would have had one key.
 * That is how a condition inside a batch undoes all of it. `place` is a column as SQLite names it:
 * `tokens.label`.
 */
export function violates(error: unknown, place: string): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/constraint failed/u.test(at.message) && at.message.includes(place)) return true;
  }
  return false;
}

const longestReason = 300;

/** Why something does not count. The text is for verdicts: what failed, not what was sent. */
export class Refused extends Error {}

/** Throws a Refused. */
export function refuse(reason: string): never {
  throw new Refused(reason);
}

/** What a function gives; whatever it throws is the reason why it gives nothing. */
export function attempt<T>(act: () => T): T | Refused {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof Refused) return thrown;
    // An error of the language: something was not where it should be.
    if (thrown instanceof TypeError || thrown instanceof RangeError) return new Refused('it is malformed');
    if (thrown instanceof SyntaxError) return new Refused('it is not valid JSON');
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return new Refused(oneLine(reason) || 'could not be read');
  }
}

/** A text of another's making as part of a reason: one line, not too long. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}

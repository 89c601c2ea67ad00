import type { Verdict } from '../verdict.ts';

/** Those that `JSON.stringify` does not escape. */
const CONTROL = /[\u007f-\u009f]/gu;

/** The verdict as it is, indented. */
export function formatJson(verdict: Verdict): string {
  return writeJson(verdict);
}

/**
 * The value as indented JSON that every reader takes: half a character is `�`, and all control characters are
 * escaped, those too that JSON lets be.
 */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, each: unknown) => wellFormed(each), 2);
  return `${text.replace(CONTROL, escaped)}\n`;
}

/** Keys too: they come from policies, in the details of a violation. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (Object.keys(value).every(key => key.isWellFormed())) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toWellFormed(), each]));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

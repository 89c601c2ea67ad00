import type { Verdict } from '../verdict.ts';

/** The verdict as it is, indented. */
export function formatJson(verdict: Verdict): string {
  return `${JSON.stringify(verdict, null, 2)}\n`;
}

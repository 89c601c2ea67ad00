/**
 * Severities of vulnerabilities. `unknown` is none that a limit can be compared with: what a report does not
 * say is not taken for harmless.
 */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'negligible' | 'unknown';

/** The names that scanners and vendors use. */
const names: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['defcon1', 'critical'],
  ['high', 'high'],
  ['important', 'high'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['low', 'low'],
  ['minor', 'low'],
  ['negligible', 'negligible'],
  ['unimportant', 'negligible'],
  ['none', 'negligible'],
  ['info', 'negligible'],
  ['informational', 'negligible'],
]);

/** The severity that a name means, in any case; `unknown` where it means none. */
export function toSeverity(name: string | undefined): Severity {
  return (name !== undefined && names.get(name.trim().toLowerCase())) || 'unknown';
}

/** The severity of a base score, 0 to 10, by the scale of CVSS 3 and 4; `unknown` where there is none. */
export function severityOfScore(score: number | undefined): Severity {
  if (score === undefined || !(score >= 0 && score <= 10)) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'negligible';
}

const ranks: readonly Severity[] = ['negligible', 'low', 'medium', 'high', 'critical', 'unknown'];

/** The graver of two; `unknown` is graver than any. */
export function graver(a: Severity, b: Severity): Severity {
  return ranks.indexOf(a) >= ranks.indexOf(b) ? a : b;
}

/** The gravest of those that are known; `unknown` where none is. */
export function gravestKnown(severities: readonly Severity[]): Severity {
  return ranks.findLast(rank => rank !== 'unknown' && severities.includes(rank)) ?? 'unknown';
}

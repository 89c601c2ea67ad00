/** A version of semver.org 2.0.0; what follows `+` says nothing of its order and cannot stand in a tag. */
export interface Version {
  /** Major, minor, patch. */
  readonly numbers: readonly number[];
  readonly prerelease: readonly string[];
}

const VERSION = /^v?(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})(?:-([0-9A-Za-z.-]+))?$/;
const NUMERIC = /^\d+$/;

/** The version that a tag is, with or without a leading `v`; undefined where it is none in full, such as `1.2`. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (!match) return undefined;
  const prerelease = match[4]?.split('.') ?? [];
  if (!prerelease.every(isIdentifier)) return undefined;
  return { numbers: match.slice(1, 4).map(Number), prerelease };
}

/** Negative, zero or positive; a pre-release stands before its version. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const order = a.numbers[i]! - b.numbers[i]!;
    if (order !== 0) return order;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return b.prerelease.length - a.prerelease.length;
  const length = Math.min(a.prerelease.length, b.prerelease.length);
  for (let i = 0; i < length; i++) {
    const order = compareIdentifiers(a.prerelease[i]!, b.prerelease[i]!);
    if (order !== 0) return order;
  }
  return a.prerelease.length - b.prerelease.length;
}

function isIdentifier(text: string): boolean {
  return text !== '' && !(NUMERIC.test(text) && text.length > 1 && text.startsWith('0'));
}

/** Numbers by value and before words; digits without leading zeros, so the longer number is the greater. */
function compareIdentifiers(a: string, b: string): number {
  const aNumeric = NUMERIC.test(a);
  const bNumeric = NUMERIC.test(b);
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1;
  if (aNumeric && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

import { compareVersions, parseVersion, type Version } from './version.ts';

interface Comparator {
  readonly operator: '<' | '<=' | '>' | '>=' | '=';
  readonly version: Version;
  /** Not all of its numbers are written: pre-releases of it may be meant too. */
  readonly partial?: boolean;
}

/** Every comparator of one of the alternatives must hold. */
export type VersionRange = readonly (readonly Comparator[])[];

const PARTIAL = /^v?(\d{1,15}|[xX*])(?:\.(\d{1,15}|[xX*])(?:\.(\d{1,15}|[xX*])(?:-([0-9A-Za-z.-]+))?)?)?$/;
const OPERATOR = /^(?:<=|>=|<|>|=|\^|~)/;
const BEGINNING = /^[vV]?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?![0-9A-Za-z])/;
const RANGE_LENGTH = 256;

/**
 * A range as npm writes them: comparators side by side, `^1.2`, `~1.2`, `1.x`, `1.2 - 2`, `||` between
 * alternatives. Undefined where the text is none.
 */
export function parseVersionRange(text: string): VersionRange | undefined {
  if (text.trim() === '' || text.length > RANGE_LENGTH) return undefined;
  const alternatives = text.split('||').map(parseAlternative);
  return alternatives.every(alternative => alternative !== undefined) ? alternatives : undefined;
}

/**
 * Whether the version lies in the range. A pre-release lies in it only where a comparator names a
 * pre-release of the same version, so that `>=1.2.0` does not let `2.0.0-rc.1` in.
 */
export function isInRange(version: Version, range: VersionRange): boolean {
  return range.some(
    comparators =>
      comparators.every(comparator => holds(comparator, version)) &&
      (version.prerelease.length === 0 || comparators.some(c => namesPrerelease(c.version, version))),
  );
}

/** Versions from the first up to, without, the end; the first alone where there is no end. */
export interface VersionSpan {
  readonly first: Version;
  readonly end?: Version;
}

/**
 * Whether a version of the span may lie in the range, by precedence alone: `1.2.0-rc.1` lies in `<1.2.0`,
 * in `>=1.1.0` and in `1.2`. It is for what must be kept out.
 */
export function mayBeInRange({ first, end }: VersionSpan, range: VersionRange): boolean {
  const isInSpan = (version: Version) =>
    compareVersions(version, first) === 0 ||
    (end !== undefined && compareVersions(version, first) > 0 && compareVersions(version, end) < 0);
  return range.some(alternative => {
    const comparators = alternative.map(widened);
    const candidates = [first, ...comparators.flatMap(({ version }) => [version, next(version)])];
    return candidates.some(
      version => isInSpan(version) && comparators.every(comparator => holds(comparator, version)),
    );
  });
}

/** What a tag that begins as a version does may be a version of: `1.2-alpine` of all from 1.2.0-0 to 1.3.0-0. */
export function spanOf(text: string): VersionSpan | undefined {
  const version = parseVersion(text);
  if (version !== undefined) return { first: version };
  const numbers = BEGINNING.exec(text)
    ?.slice(1, 4)
    .filter(part => part !== undefined)
    .map(Number);
  if (numbers === undefined) return undefined;
  const [major = 0, minor = 0, patch = 0] = numbers;
  return {
    first: withLowestPrerelease({ numbers: [major, minor, patch], prerelease: [] }),
    end: withLowestPrerelease(after({ numbers }, numbers.length - 1)!),
  };
}

function widened(comparator: Comparator): Comparator {
  const { operator, version, partial } = comparator;
  return partial && operator === '>=' ? { operator, version: withLowestPrerelease(version) } : comparator;
}

/** The version that follows in the order of precedence. */
function next({ numbers, prerelease }: Version): Version {
  if (prerelease.length > 0) return { numbers, prerelease: [...prerelease, '0'] };
  return { numbers: numbers.map((number, i) => (i === 2 ? number + 1 : number)), prerelease: ['0'] };
}

function holds({ operator, version: bound }: Comparator, version: Version): boolean {
  const order = compareVersions(version, bound);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
  }
}

function namesPrerelease(bound: Version, version: Version): boolean {
  return bound.prerelease.length > 0 && bound.numbers.every((n, i) => n === version.numbers[i]);
}

function parseAlternative(text: string): readonly Comparator[] | undefined {
  const words = text.trim().split(/\s+/);
  if (words.length === 3 && words[1] === '-') return parseHyphen(words[0]!, words[2]!);
  const comparators: Comparator[] = [];
  for (let i = 0; i < words.length; i++) {
    const operator = OPERATOR.exec(words[i]!)?.[0] ?? '';
    const attached = words[i]!.slice(operator.length);
    const parsed = parseComparator(operator, attached === '' ? (words[++i] ?? '') : attached);
    if (parsed === undefined) return undefined;
    comparators.push(...parsed);
  }
  return comparators;
}

function parseHyphen(from: string, to: string): readonly Comparator[] | undefined {
  const lower = parseComparator('>=', from);
  const upper = parseComparator('<=', to);
  return lower && upper && [...lower, ...upper];
}

/** A version of which the last numbers may be left out. */
interface Partial {
  /** What is written, up to the first that is left out. */
  readonly numbers: readonly number[];
  readonly prerelease?: string;
}

function parseComparator(operator: string, text: string): readonly Comparator[] | undefined {
  const partial = parsePartial(text);
  if (partial === undefined) return undefined;
  const first = versionOf(partial);
  if (first === undefined) return undefined;
  const isPartial = partial.numbers.length < 3;
  const bounds = boundsOf(operator, partial, first);
  return isPartial ? bounds.map(bound => ({ ...bound, partial: true })) : bounds;
}

function boundsOf(operator: string, partial: Partial, first: Version): readonly Comparator[] {
  switch (operator) {
    case '^':
      return between(first, after(partial, caretPlace(partial)));
    case '~':
      return between(first, after(partial, Math.min(1, partial.numbers.length - 1)));
    case '':
    case '=':
      if (partial.numbers.length === 3) return [{ operator: '=', version: first }];
      return between(first, after(partial, partial.numbers.length - 1));
    default:
      return parseInequality(operator as '<' | '<=' | '>' | '>=', partial, first);
  }
}

/** `>1.2` begins behind all of 1.2, `<=1.2` ends behind it. */
function parseInequality(
  operator: '<' | '<=' | '>' | '>=',
  partial: Partial,
  first: Version,
): readonly Comparator[] {
  if (partial.numbers.length === 3 || operator === '>=') return [{ operator, version: first }];
  if (operator === '<') return [{ operator, version: withLowestPrerelease(first) }];
  const end = after(partial, partial.numbers.length - 1);
  if (operator === '<=') return end ? [{ operator: '<', version: withLowestPrerelease(end) }] : [anyVersion];
  return end ? [{ operator: '>=', version: end }] : [{ operator: '<', version: lowest }];
}

function parsePartial(text: string): Partial | undefined {
  const match = PARTIAL.exec(text);
  if (!match) return undefined;
  const written = match.slice(1, 4);
  const wild = written.findIndex(part => part === undefined || /[xX*]/.test(part));
  const numbers = (wild === -1 ? written : written.slice(0, wild)).map(Number);
  const rest = wild === -1 ? [] : written.slice(wild);
  if (rest.some(part => part !== undefined && !/[xX*]/.test(part))) return undefined;
  if (match[4] === undefined) return { numbers };
  return wild === -1 ? { numbers, prerelease: match[4] } : undefined;
}

function versionOf({ numbers, prerelease }: Partial): Version | undefined {
  const full = [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0].join('.');
  return parseVersion(prerelease === undefined ? full : `${full}-${prerelease}`);
}

/** The first version in which the number at `place` is one more; undefined where nothing is written. */
function after(partial: Partial, place: number): Version | undefined {
  if (place < 0) return undefined;
  const numbers = [0, 1, 2].map(i =>
    i < place ? partial.numbers[i]! : i === place ? partial.numbers[i]! + 1 : 0,
  );
  return { numbers, prerelease: [] };
}

/** The number that `^` keeps: the first that is not zero, or the last that is written. */
function caretPlace({ numbers }: Partial): number {
  const place = numbers.findIndex(n => n !== 0);
  return place === -1 ? numbers.length - 1 : place;
}

/** From `first` up to, without, `end` and its pre-releases. */
function between(first: Version, end: Version | undefined): readonly Comparator[] {
  const lower: Comparator = { operator: '>=', version: first };
  return end ? [lower, { operator: '<', version: withLowestPrerelease(end) }] : [lower];
}

function withLowestPrerelease(version: Version): Version {
  return { ...version, prerelease: ['0'] };
}

const lowest: Version = { numbers: [0, 0, 0], prerelease: ['0'] };
const anyVersion: Comparator = { operator: '>=', version: { numbers: [0, 0, 0], prerelease: [] } };

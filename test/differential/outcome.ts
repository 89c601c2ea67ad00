import { equals, stringify, type Value } from '../../src/values/index.ts';

/** A problem that a checker found. */
export interface Found {
  readonly code: string;
  readonly row: number;
  readonly column: number;
}

/** What one side makes of a program, or of one rule of it. */
export type Outcome =
  | { readonly kind: 'rejected'; readonly errors: readonly Found[] }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** Sets as arrays; `value` is absent where it is undefined. */
  | { readonly kind: 'value'; readonly value: Value | undefined };

/** How two outcomes differ, in a word that the shrinker keeps; undefined where they agree. */
export function difference(ours: Outcome, theirs: Outcome): string | undefined {
  if (ours.kind !== theirs.kind) return `${describeKind(ours)} but ${describeKind(theirs)}`;
  if (ours.kind === 'rejected' && theirs.kind === 'rejected') return errorsDiffer(ours.errors, theirs.errors);
  if (ours.kind === 'failed' && theirs.kind === 'failed')
    return ours.code === theirs.code ? undefined : `${ours.code} but ${theirs.code}`;
  if (ours.kind === 'value' && theirs.kind === 'value') return valuesDiffer(ours.value, theirs.value);
  return undefined;
}

function describeKind(outcome: Outcome): string {
  if (outcome.kind === 'failed') return `failed ${outcome.code}`;
  return outcome.kind === 'rejected' ? `rejected ${outcome.errors[0]?.code}` : 'value';
}

/**
 * Syntax errors need no place in common; of others the first must be one and the same. A variable that is
 * unsafe only because of another is not reported by us: there, each of ours must be one of OPA's.
 */
function errorsDiffer(ours: readonly Found[], theirs: readonly Found[]): string | undefined {
  const [mine, other] = [ours[0]!, theirs[0]!];
  const parse = 'rego_parse_error';
  if (mine.code === parse && other.code === parse) return undefined;
  const agree =
    mine.code === 'rego_unsafe_var_error'
      ? ours.every(each => theirs.some(found => same(each, found)))
      : theirs.some(each => same(mine, each)) && ours.some(each => same(each, other));
  if (agree) return undefined;
  return mine.code === other.code
    ? `place of ${mine.code}`
    : `rejected ${mine.code} but rejected ${other.code}`;
}

/** One and the same error. What OPA has made itself has no place, and it reports errors of it in row 0. */
function same(ours: Found, theirs: Found): boolean {
  const samePlace = ours.row === theirs.row && ours.column === theirs.column;
  return ours.code === theirs.code && (samePlace || theirs.row === 0);
}

function valuesDiffer(ours: Value | undefined, theirs: Value | undefined): string | undefined {
  if (ours === undefined || theirs === undefined) return ours === theirs ? undefined : 'undefined';
  return equals(ours, theirs) ? undefined : 'values';
}

export function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'rejected':
      return outcome.errors.map(({ code, row, column }) => `${code} at ${row}:${column}`).join(', ');
    case 'failed':
      return `${outcome.code}: ${outcome.message}`;
    case 'value':
      return outcome.value === undefined ? 'undefined' : stringify(outcome.value).slice(0, 2000);
  }
}

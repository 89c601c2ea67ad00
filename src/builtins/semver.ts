import { compareStrings, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { asString } from './operands.ts';

export const semverFamily: Readonly<Record<string, BuiltinFunction>> = {
  'semver.compare': compareVersions,
  'semver.is_valid': (_context, value) => typeof value === 'string' && parse(value) !== undefined,
};

/** A version as https://semver.org has it; metadata after + counts for nothing. */
interface Version {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  /** Without any the version is a release. */
  readonly preRelease: readonly string[];
}

const CORE = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/u;
const IDENTIFIERS = /^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/u;
const NUMERIC = /^\d+$/u;
const maxInt64 = 2n ** 63n - 1n;

function compareVersions(_context: BuiltinContext, left: Value, right: Value): Value {
  const a = version(left, 1);
  const b = version(right, 2);
  for (const [i, part] of a.numbers.entries()) {
    const order = compareIntegers(part, b.numbers[i]!);
    if (order !== 0) return order;
  }
  return comparePreReleases(a.preRelease, b.preRelease);
}

function version(value: Value, position: number): Version {
  const text = asString(value, position);
  const parsed = parse(text);
  if (parsed) return parsed;
  throw new BuiltinError(`operand ${position}: string ${JSON.stringify(text)} is not a valid SemVer`);
}

/** OPA takes a `v` before it, and numbers of 64 bits. */
function parse(text: string): Version | undefined {
  const [beforeMetadata, metadata] = cut(text, '+');
  const [core, preRelease] = cut(beforeMetadata, '-');
  if (metadata !== undefined && !IDENTIFIERS.test(metadata)) return undefined;
  if (preRelease !== undefined && !isPreRelease(preRelease)) return undefined;
  const match = CORE.exec(core);
  if (!match || match.slice(1).some(digits => digits.length > 19)) return undefined;
  const numbers = [BigInt(match[1]!), BigInt(match[2]!), BigInt(match[3]!)] as const;
  if (numbers.some(number => number > maxInt64)) return undefined;
  return { numbers, preRelease: preRelease?.split('.') ?? [] };
}

function isPreRelease(text: string): boolean {
  if (!IDENTIFIERS.test(text)) return false;
  return text.split('.').every(part => !NUMERIC.test(part) || part === '0' || !part.startsWith('0'));
}

function cut(text: string, mark: string): readonly [before: string, after: string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** A release comes after its pre-releases; the longer comes after where the rest is the same. */
function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length - a.length);
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareIdentifiers(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/** Numbers by size and before names, names as text. */
function compareIdentifiers(a: string, b: string): number {
  const aNumeric = NUMERIC.test(a);
  const bNumeric = NUMERIC.test(b);
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1;
  if (aNumeric && a.length !== b.length) return Math.sign(a.length - b.length);
  return Math.sign(compareStrings(a, b));
}

function compareIntegers(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { RE2JS } from 're2js';
import type { Budget } from '../base/index.ts';
import { BoundedCache } from './bounded-cache.ts';
import { BuiltinError } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { meteredInput } from './re2-input.ts';
import { chargeSteps } from './text.ts';

/** Patterns that are kept. */
const CAPACITY = 200;

const compiled = new BoundedCache<Regex>(CAPACITY);

/** Those that one evaluation has paid for: what it costs is the same whatever was evaluated before. */
const paid = new WeakMap<Budget, BoundedCache<Regex>>();

/** A compiled pattern, and what its matching has done so far. */
export interface Regex {
  readonly re2: RE2JS;
  readonly size: number;
  readonly states: StateCache;
  /** What it costs to compile, in steps. */
  readonly price: number;
}

/**
 * The compiled pattern in RE2 syntax, matched in linear time; throws BuiltinError where it is no pattern. Charged
 * once for an evaluation, by the size of the program.
 */
export function compileRegex(budget: Budget, pattern: string, flags = 0): Regex {
  let own = paid.get(budget);
  if (own === undefined) {
    own = new BoundedCache(CAPACITY);
    paid.set(budget, own);
  }
  const key = `${flags} ${pattern}`;
  return own.get(key, () => {
    chargeSteps(budget, 100 + pattern.length);
    const regex = compiled.get(key, () => compile(pattern, flags));
    chargeSteps(budget, regex.price);
    return regex;
  });
}

function compile(pattern: string, flags: number): Regex {
  if (!pattern.isWellFormed()) throw new BuiltinError('error parsing regexp: invalid UTF-8');
  try {
    const re2 = RE2JS.compile(pattern, flags);
    const size = re2.programSize();
    const states = new StateCache();
    re2.re2().dfa.stateCache = states;
    return { re2, size, states, price: compilePrice(pattern, size) };
  } catch (error) {
    throw new BuiltinError(error instanceof Error ? error.message : String(error));
  }
}

/** Classes of Unicode are large wherever they stand, and more so where letter case does not count. */
function compilePrice(pattern: string, size: number): number {
  const classes = pattern.match(/\\[pP]|\[:|\[\^/gu)?.length ?? 0;
  const folded = /\(\?[a-zA-Z]*i/u.test(pattern) ? 20_000 : 300;
  return 12 * (size + pattern.length) + (classes === 0 ? 0 : classes * folded + 40 * size);
}

/** The states of the automaton that matching makes as it goes, counted: making one takes as long as its program. */
class StateCache extends Map<unknown, unknown> {
  made = 0;
  clears = 0;

  override set(key: unknown, value: unknown): this {
    this.made++;
    return super.set(key, value);
  }

  override clear(): void {
    this.clears++;
    super.clear();
  }
}

/** Whether the pattern matches somewhere in the text; the whole of it where `exact`. */
export function testRegex(budget: Budget, regex: Regex, text: string, exact = false): boolean {
  const { re2, size, states } = regex;
  chargeScan(budget, text.length);
  const { made, clears } = states;
  const matches = exact ? re2.testExact(text) : re2.test(text);
  chargeSteps(budget, (states.made - made) * size);
  // What makes too many states is matched on without the automaton, instruction by instruction
  if (states.clears > clears) chargeSteps(budget, Math.ceil((text.length * size) / 8));
  return matches;
}

/** Start and end of a match and of each of its groups, in UTF-16 units; -1 for a group that took no part. */
export type MatchIndexes = readonly number[];

/** The successive matches, at most `count` of them; all where it is negative. Charged by what is looked at. */
export function findMatches(
  budget: Budget,
  { re2, size }: Regex,
  text: string,
  count: number,
): readonly MatchIndexes[] {
  chargeScan(budget, text.length);
  return re2.re2().allMatches(meteredInput(budget, text, size), count) as MatchIndexes[];
}

/** The text of a group of a match; empty where it took no part. */
export function groupText(text: string, match: MatchIndexes, group: number): string {
  const start = match[2 * group] ?? -1;
  return start < 0 ? '' : text.slice(start, match[2 * group + 1]);
}

/** The text as a pattern that matches it alone. */
export function quoteRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/gu, '\\$&');
}

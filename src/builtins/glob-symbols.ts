import { BuiltinError } from './builtin.ts';

/** One place of a pattern of `regex.globs_match`: the characters it takes, and how often. */
export interface GlobSymbol {
  /** Inclusive ranges of code points, or any character. */
  readonly ranges: readonly CodeRange[] | 'any';
  readonly repeat?: '*' | '+';
}

type CodeRange = readonly [from: number, to: number];

interface Rune {
  readonly character: string;
  readonly escaped: boolean;
}

/** The symbols of a pattern in which `.`, `*`, `+`, `[…]` and `\` are special. Throws BuiltinError. */
export function symbols(pattern: string): readonly GlobSymbol[] {
  const runes = unescaped(pattern);
  const found: GlobSymbol[] = [];
  let at = 0;
  while (at < runes.length) {
    const { ranges, next } = rangesAt(runes, at);
    const flag = runes[next];
    const repeats = flag !== undefined && !flag.escaped && (flag.character === '*' || flag.character === '+');
    found.push(repeats ? { ranges, repeat: flag.character as '*' | '+' } : { ranges });
    at = repeats ? next + 1 : next;
  }
  return found;
}

/** Whether some character fits both. */
export function overlap(a: GlobSymbol, b: GlobSymbol): boolean {
  if (a.ranges === 'any' || b.ranges === 'any') return true;
  const others = b.ranges;
  return a.ranges.some(([from, to]) => others.some(([low, high]) => from <= high && low <= to));
}

/** Whether both take the same characters. */
export function equalSymbols(a: GlobSymbol, b: GlobSymbol): boolean {
  return describe(a.ranges) === describe(b.ranges);
}

function describe(ranges: GlobSymbol['ranges']): string {
  if (ranges === 'any') return ranges;
  const merged: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((x, y) => x[0] - y[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged.join(';');
}

function unescaped(pattern: string): readonly Rune[] {
  const runes: Rune[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (!escaped && character === '\\') escaped = true;
    else {
      runes.push({ character, escaped });
      escaped = false;
    }
  }
  if (escaped) invalid('a \\ at the end');
  return runes;
}

function rangesAt(runes: readonly Rune[], at: number): { ranges: GlobSymbol['ranges']; next: number } {
  const { character, escaped } = runes[at]!;
  if (!escaped) {
    if (character === '.') return { ranges: 'any', next: at + 1 };
    if (character === '[') return setAt(runes, at + 1);
    if (character === ']') invalid("']' without a '[' before it");
    if (character === '*' || character === '+') invalid(`'${character}' must follow a character`);
  }
  const code = character.codePointAt(0)!;
  return { ranges: [[code, code]], next: at + 1 };
}

function setAt(runes: readonly Rune[], from: number): { ranges: readonly CodeRange[]; next: number } {
  const ranges: CodeRange[] = [];
  let before: number | undefined;
  for (let at = from; at < runes.length; at++) {
    const { character, escaped } = runes[at]!;
    if (!escaped && character === ']') return { ranges, next: at + 1 };
    if (!escaped && character === '-') {
      const start: number = before ?? invalid("'-' must follow a character");
      ranges.push([start, rangeEnd(runes, ++at, start)]);
      before = undefined;
    } else {
      before = character.codePointAt(0)!;
      ranges.push([before, before]);
    }
  }
  return invalid("'[' without a ']'");
}

function rangeEnd(runes: readonly Rune[], at: number, from: number): number {
  const rune = runes[at];
  if (rune === undefined || at === runes.length - 1) return invalid("'-' must come before a character");
  if (!rune.escaped && (rune.character === ']' || rune.character === '-'))
    return invalid("'-' cannot come before a special character");
  const to = rune.character.codePointAt(0)!;
  return to < from ? invalid('a range is out of order') : to;
}

function invalid(message: string): never {
  throw new BuiltinError(`the input provided is invalid: ${message}`);
}

import type { Budget } from '../base/index.ts';
import { equalSymbols, type GlobSymbol, overlap, symbols } from './glob-symbols.ts';

/**
 * Whether some text that is not empty matches both patterns, decided as OPA decides it (a greedy walk
 * over both, which now and then says no where a text exists). Throws BuiltinError where a pattern is wrong.
 */
export function globsIntersect(budget: Budget, left: string, right: string): boolean {
  const trimmed = trim(simplify(symbols(left)), simplify(symbols(right)));
  return trimmed !== undefined && new Walk(budget, trimmed[0], trimmed[1]).plain(0, 0);
}

/** Joins neighbours that repeat the same symbol: `a*a+` is `a+`. */
function simplify(input: readonly GlobSymbol[]): readonly GlobSymbol[] {
  const simple: GlobSymbol[] = [];
  for (const symbol of input) {
    const last = simple.at(-1);
    if (last?.repeat && symbol.repeat && equalSymbols(last, symbol))
      simple[simple.length - 1] = {
        ...last,
        repeat: last.repeat === '+' || symbol.repeat === '+' ? '+' : '*',
      };
    else simple.push(symbol);
  }
  return simple;
}

type Pair = readonly [readonly GlobSymbol[], readonly GlobSymbol[]];

/** Without what both begin and end with, one symbol of each kept; undefined where they differ there. */
function trim(a: readonly GlobSymbol[], b: readonly GlobSymbol[]): Pair | undefined {
  const single = (x: GlobSymbol | undefined, y: GlobSymbol | undefined) => x && y && !x.repeat && !y.repeat;
  let from = 0;
  for (; single(a[from], b[from]); from++) if (!overlap(a[from]!, b[from]!)) return undefined;
  if (from > 0) from--;
  let aEnd = a.length - 1;
  let bEnd = b.length - 1;
  for (; aEnd >= from && bEnd >= from && single(a[aEnd], b[bEnd]); aEnd--, bEnd--)
    if (!overlap(a[aEnd]!, b[bEnd]!)) return undefined;
  const kept = aEnd < a.length - 1 ? 1 : 0;
  return [a.slice(from, aEnd + 1 + kept), b.slice(from, bEnd + 1 + kept)];
}

/** The walk over two patterns; each pair of places is decided once, so the work is polynomial. */
class Walk {
  private readonly budget: Budget;
  private readonly patterns: Pair;
  private readonly decided = new Map<string, boolean>();

  constructor(budget: Budget, a: readonly GlobSymbol[], b: readonly GlobSymbol[]) {
    this.budget = budget;
    this.patterns = [a, b];
  }

  /** From place `i` of the first and `j` of the second. */
  plain(i: number, j: number): boolean {
    const [a, b] = this.patterns;
    for (; i < a.length && j < b.length; i++, j++) {
      this.step();
      if (a[i]!.repeat) return this.repeated(0, i, j);
      if (b[j]!.repeat) return this.repeated(1, j, i);
      if (!overlap(a[i]!, b[j]!)) return false;
    }
    return i === a.length && j === b.length;
  }

  /** Place `at` of pattern `side` repeats; `other` is the place in the other pattern. */
  private repeated(side: 0 | 1, at: number, other: number): boolean {
    return this.once(`${side}r${at},${other}`, () => {
      const symbol = this.patterns[side][at]!;
      if (symbol.repeat === '*') return this.star(side, at, other);
      const opposite = this.patterns[1 - side]![other]!;
      if (!overlap(symbol, opposite)) return false;
      if (this.star(side, at, other + 1)) return true;
      return opposite.repeat !== undefined && this.plainOn(side, at + 1, other);
    });
  }

  private star(side: 0 | 1, at: number, other: number): boolean {
    return this.once(`${side}s${at},${other}`, () => {
      const symbol = this.patterns[side][at]!;
      const next = this.patterns[side][at + 1];
      const rest = this.patterns[1 - side]!;
      for (let i = other; i < rest.length; i++) {
        this.step();
        if (next && overlap(rest[i]!, next) && this.plainOn(side, at + 1, i)) return true;
        if (!overlap(rest[i]!, symbol)) return false;
      }
      return next === undefined;
    });
  }

  private plainOn(side: 0 | 1, at: number, other: number): boolean {
    return side === 0 ? this.plain(at, other) : this.plain(other, at);
  }

  private once(key: string, decide: () => boolean): boolean {
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    if (--this.budget.depth < 0) this.budget.exhausted('depth');
    const answer = decide();
    this.budget.depth++;
    this.decided.set(key, answer);
    return answer;
  }

  private step(): void {
    if (--this.budget.steps < 0) this.budget.exhausted('steps');
  }
}

import type { Literal, Module, Rule, Span } from '../../../grammar/index.ts';
import type { Position, SourceFile } from '../../base/index.ts';
import type { CheckedModules, Place } from '../../language/index.ts';
import { conditionsOf } from '../tracing/conditions.ts';

export interface CoverageRange {
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export interface FileCoverage {
  readonly covered: readonly CoverageRange[];
  readonly notCovered: readonly CoverageRange[];
  /** Lines with something covered on them, and lines with something that is not: a line may be both. */
  readonly coveredLines: readonly number[];
  readonly notCoveredLines: readonly number[];
  /** Percent of the lines; of a file without lines to cover, 0. */
  readonly coverage: number;
}

export interface Coverage {
  readonly files: ReadonlyMap<string, FileCoverage>;
  readonly coveredLines: number;
  readonly notCoveredLines: number;
  readonly coverage: number;
}

/**
 * What of the modules was reached: a head where its body held, a condition where it was tried, as
 * `opa test --coverage` counts them. A declaration (`some x`, `some x in xs`) that was not reached does
 * not count, nor does what was not reached inside of what was, such as a comprehension over an empty set.
 */
export function coverageOf(
  checked: CheckedModules,
  files: readonly string[],
  reached: ReadonlySet<Place>,
): Coverage {
  const byFile = Map.groupBy(reached, ([file]) => files[file] ?? '');
  const reports = new Map(
    checked.modules.map(({ source, module }) => [
      source.path,
      fileCoverage(source, module, (byFile.get(source.path) ?? []).map(toPosition)),
    ]),
  );
  const all = [...reports.values()];
  const coveredLines = sum(all.map(report => report.coveredLines.length));
  const notCoveredLines = sum(all.map(report => report.notCoveredLines.length));
  return { files: reports, coveredLines, notCoveredLines, coverage: percent(coveredLines, notCoveredLines) };
}

function fileCoverage(source: SourceFile, module: Module, reached: readonly Position[]): FileCoverage {
  const places = reached.toSorted(order);
  const exact = new Set(reached.map(({ line, column }) => `${line}:${column}`));
  const covered: CoverageRange[] = [];
  const notCovered: CoverageRange[] = [];
  for (const { branch, head } of branchesOf(module)) {
    const { line, column } = source.position(branch.start);
    (exact.has(`${line}:${column}`) ? covered : notCovered).push(rangeOf(source, head));
  }
  for (const { literal, from, to } of conditionsOf(module, source)) {
    const range = { start: from, end: to };
    if (someBetween(places, from, to)) covered.push(range);
    else if (!declares(literal)) notCovered.push(range);
  }
  const missed = notCovered.filter(range => !covered.some(each => contains(each, range)));
  const [coveredLines, notCoveredLines] = [linesOf(covered), linesOf(missed)];
  const coverage = percent(coveredLines.length, notCoveredLines.length);
  return {
    covered: covered.sort(orderRanges),
    notCovered: missed.sort(orderRanges),
    coveredLines,
    notCoveredLines,
    coverage,
  };
}

/** Where each branch begins, and what of it is its head. */
function branchesOf({ items }: Module): readonly { branch: Span; head: Span }[] {
  return items.flatMap(item => (item.kind === 'rule' ? ruleBranches(item) : []));
}

function ruleBranches(rule: Rule): { branch: Span; head: Span }[] {
  const branches = rule.else.map(each => {
    const end =
      each.body === undefined ? each.span.end : (each.value?.span.end ?? each.span.start + 'else'.length);
    return { branch: each.span, head: { start: each.span.start, end } };
  });
  return [{ branch: rule.span, head: rule.head.span }, ...branches];
}

function declares({ kind }: Literal): boolean {
  return kind === 'some' || kind === 'someIn';
}

function toPosition([, line, column]: Place): Position {
  return { line, column };
}

function rangeOf(source: SourceFile, { start, end }: Span): CoverageRange {
  return { start: source.position(start), end: source.position(end) };
}

function linesOf(ranges: readonly CoverageRange[]): readonly number[] {
  const lines = new Set<number>();
  for (const { start, end } of ranges) for (let line = start.line; line <= end.line; line++) lines.add(line);
  return [...lines].sort((a, b) => a - b);
}

function contains(outer: CoverageRange, inner: CoverageRange): boolean {
  return order(outer.start, inner.start) <= 0 && order(outer.end, inner.end) >= 0;
}

/** Whether one of the sorted places stands in a range. */
function someBetween(places: readonly Position[], from: Position, to: Position): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(places[middle]!, from) < 0) low = middle + 1;
    else high = middle;
  }
  const first = places[low];
  return first !== undefined && order(first, to) < 0;
}

function order(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

function orderRanges(a: CoverageRange, b: CoverageRange): number {
  return order(a.start, b.start) || order(a.end, b.end);
}

function percent(covered: number, notCovered: number): number {
  const all = covered + notCovered;
  return all === 0 ? 0 : (100 * covered) / all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

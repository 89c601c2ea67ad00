/** Lines around a change. */
const CONTEXT = 3;

/** Texts that differ in more lines are shown as one taken out and one put in. */
const MOST_EDITS = 2_000;

type Edit = readonly [mark: ' ' | '-' | '+', line: string];

/** The changes from one text to another as a unified diff; empty where there are none. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const edits = editsBetween(toLines(before), toLines(after));
  return `--- ${path}\n+++ ${path}\n${hunksOf(edits).join('')}`;
}

function toLines(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') return lines.slice(0, -1);
  return [...lines.slice(0, -1), `${lines.at(-1)}\n\\ No newline at end of file`];
}

/** The fewest lines taken out and put in (Myers, "An O(ND) Difference Algorithm"). */
function editsBetween(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const rounds: Map<number, number>[] = [];
  let reached = new Map<number, number>([[1, 0]]);
  for (let cost = 0; cost <= MOST_EDITS; cost++) {
    rounds.push(reached);
    const next = new Map<number, number>();
    for (let diagonal = -cost; diagonal <= cost; diagonal += 2) {
      let x = isDown(reached, diagonal, cost) ? reached.get(diagonal + 1)! : reached.get(diagonal - 1)! + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return traceBack(rounds, before, after);
    }
    reached = next;
  }
  return [...before.map(line => ['-', line] as const), ...after.map(line => ['+', line] as const)];
}

function isDown(reached: ReadonlyMap<number, number>, diagonal: number, cost: number): boolean {
  if (diagonal === -cost) return true;
  return diagonal !== cost && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1);
}

function traceBack(
  rounds: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Edit[] {
  const edits: Edit[] = [];
  let x = before.length;
  let y = after.length;
  for (let cost = rounds.length - 1; cost >= 0; cost--) {
    const reached = rounds[cost]!;
    const down = isDown(reached, x - y, cost);
    const fromX = cost === 0 ? 0 : reached.get(down ? x - y + 1 : x - y - 1)!;
    const fromY = cost === 0 ? 0 : fromX - (down ? x - y + 1 : x - y - 1);
    while (x > fromX && y > fromY && before[x - 1] === after[y - 1]) {
      edits.unshift([' ', before[--x]!]);
      y--;
    }
    if (cost === 0) break;
    if (down) edits.unshift(['+', after[--y]!]);
    else edits.unshift(['-', before[--x]!]);
  }
  return edits;
}

/** The changes in groups, each with the lines around it. */
function hunksOf(edits: readonly Edit[]): readonly string[] {
  const hunks: string[] = [];
  for (let i = 0; i < edits.length; ) {
    if (edits[i]![0] === ' ') {
      i++;
      continue;
    }
    let end = i;
    for (let j = i; j < edits.length && j - end <= 2 * CONTEXT; j++) if (edits[j]![0] !== ' ') end = j + 1;
    hunks.push(hunk(edits, Math.max(0, i - CONTEXT), Math.min(edits.length, end + CONTEXT)));
    i = end;
  }
  return hunks;
}

function hunk(edits: readonly Edit[], from: number, to: number): string {
  const count = (part: readonly Edit[], mark: '-' | '+'): number =>
    part.filter(edit => edit[0] === mark || edit[0] === ' ').length;
  const [above, inside] = [edits.slice(0, from), edits.slice(from, to)];
  const range = (mark: '-' | '+'): string => {
    const length = count(inside, mark);
    return `${mark}${count(above, mark) + (length === 0 ? 0 : 1)},${length}`;
  };
  return `@@ ${range('-')} ${range('+')} @@\n${inside.map(([mark, line]) => `${mark}${line}\n`).join('')}`;
}

import { displayWidth, printable } from '../../base/index.ts';

/** Rows on a line each, their cells below one another. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const cells = rows.map(row => row.map(printable));
  const widths = cells.reduce<readonly number[]>(
    (known, row) => row.map((cell, i) => Math.max(known[i] ?? 0, displayWidth(cell))),
    [],
  );
  const lines = cells.map(row =>
    row
      .map((cell, i) => cell + ' '.repeat(widths[i]! - displayWidth(cell)))
      .join('  ')
      .trimEnd(),
  );
  return lines.map(line => `${line}\n`).join('');
}

/** Where an offset stands: both 1-based, `column` in Unicode code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text with its name, and a line table that is made when first asked for. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  private starts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** The line and column of an offset; an offset past the end is the end. */
  position(offset: number): Position {
    const line = this.line(offset);
    const start = this.lineStarts()[line - 1]!;
    return { line, column: codePoints(this.text.slice(start, offset)) + 1 };
  }

  /** The 1-based line of an offset; cheap however long the line is. */
  line(offset: number): number {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The text of a 1-based line, without its line break; empty where there is no such line. */
  lineText(line: number): string {
    const starts = this.lineStarts();
    const start = starts[line - 1];
    if (start === undefined) return '';
    const end = starts[line] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$/u, '');
  }

  private lineStarts(): readonly number[] {
    if (this.starts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1))
        starts.push(at + 1);
      this.starts = starts;
    }
    return this.starts;
  }
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

import type { Comment, Span } from '../../../grammar/index.ts';

/** The line of an offset. */
export type LineOf = (offset: number) => number;

/** Comment lines that begin with `METADATA`, each with the lines right below it. */
export interface Block {
  /** Without the first line; one space after each `#` left out. */
  readonly lines: readonly Comment[];
  readonly text: string;
  /** Of the first line. */
  readonly span: Span;
}

/** The metadata blocks of a text. All their lines begin at the first column. */
export function metadataBlocks(comments: readonly Comment[], lineOf: LineOf): Block[] {
  const blocks: Block[] = [];
  for (let i = 0; i < comments.length; i++) {
    const first = comments[i]!;
    if (!isStart(first, lineOf)) continue;
    const lines: Comment[] = [];
    for (let next = comments[i + 1]; next && follows(comments[i]!, next, lineOf); next = comments[i + 1]) {
      lines.push(next);
      i++;
    }
    const text = lines.map(line => (line.text.startsWith(' ') ? line.text.slice(1) : line.text)).join('\n');
    blocks.push({ lines, text, span: first.span });
  }
  return blocks;
}

function isStart({ text, span }: Comment, lineOf: LineOf): boolean {
  return text.trim().startsWith('METADATA') && atLineStart(span, lineOf);
}

function follows(line: Comment, next: Comment, lineOf: LineOf): boolean {
  return (
    lineOf(next.span.start) === lineOf(line.span.start) + 1 &&
    atLineStart(next.span, lineOf) &&
    !isStart(next, lineOf)
  );
}

function atLineStart({ start }: Span, lineOf: LineOf): boolean {
  return start === 0 || lineOf(start - 1) < lineOf(start);
}

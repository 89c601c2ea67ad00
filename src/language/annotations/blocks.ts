import type { Comment, Span } from '../../../grammar/index.ts';
import type { SourceFile } from '../../base/index.ts';

/** Comment lines that begin with `METADATA`, each with the lines right below it. */
export interface Block {
  /** Without the first line; one space after each `#` left out. */
  readonly lines: readonly Comment[];
  readonly text: string;
  /** Of the first line. */
  readonly span: Span;
}

/** The metadata blocks of a text. All their lines begin at the first column. */
export function metadataBlocks(comments: readonly Comment[], source: SourceFile): Block[] {
  const blocks: Block[] = [];
  for (let i = 0; i < comments.length; i++) {
    const first = comments[i]!;
    if (!isStart(first, source)) continue;
    const lines: Comment[] = [];
    for (let next = comments[i + 1]; next && follows(comments[i]!, next, source); next = comments[i + 1]) {
      lines.push(next);
      i++;
    }
    const text = lines.map(line => (line.text.startsWith(' ') ? line.text.slice(1) : line.text)).join('\n');
    blocks.push({ lines, text, span: first.span });
  }
  return blocks;
}

function isStart({ text, span }: Comment, source: SourceFile): boolean {
  return text.trim().startsWith('METADATA') && atLineStart(span, source);
}

function follows(line: Comment, next: Comment, source: SourceFile): boolean {
  return (
    source.line(next.span.start) === source.line(line.span.start) + 1 &&
    atLineStart(next.span, source) &&
    !isStart(next, source)
  );
}

function atLineStart({ start }: Span, { text }: SourceFile): boolean {
  return start === 0 || text[start - 1] === '\n';
}

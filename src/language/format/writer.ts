import type { Body, Comment, Span } from '../../../grammar/index.ts';
import { SourceFile } from '../../base/index.ts';

/** Terms hold bodies and bodies hold terms: by this a term writes the body behind its `|`. */
export type WriteBody = (writer: Writer, body: Body, headEnd: number, span: Span) => void;

/**
 * Collects formatted text. With a source text it keeps the author's comments and paragraphs; without
 * one (a tree that no text stands behind) it lays out by width alone.
 */
export class Writer {
  readonly comprehensionBody: WriteBody;
  private readonly source: SourceFile | undefined;
  private readonly comments: readonly Comment[];
  private text = '';
  private depth = 0;
  private lineStart = true;
  private nextComment = 0;
  /** Where in the source the last thing written ended; undefined at the start of a block. */
  private lastEnd: number | undefined;

  constructor(comprehensionBody: WriteBody, text?: string, comments: readonly Comment[] = []) {
    this.comprehensionBody = comprehensionBody;
    this.source = text === undefined ? undefined : new SourceFile('', text);
    this.comments = text === undefined ? [] : comments;
  }

  get hasSource(): boolean {
    return this.source !== undefined;
  }

  /** What was written, with one line break at the end. */
  finish(): string {
    return `${this.text.trimEnd()}\n`;
  }

  get endsWithBrace(): boolean {
    return this.text.endsWith('}');
  }

  write(text: string): void {
    if (this.lineStart) this.text += '\t'.repeat(this.depth);
    this.lineStart = false;
    this.text += text;
  }

  newline(): void {
    if (this.lineStart) return;
    this.text += '\n';
    this.lineStart = true;
  }

  /** One empty line, never two, and none at the start of the text. */
  blankLine(): void {
    this.newline();
    if (this.text !== '' && !this.text.endsWith('\n\n')) this.text += '\n';
  }

  indent(): void {
    this.depth++;
    this.lastEnd = undefined;
  }

  dedent(): void {
    this.depth--;
  }

  /** Begins a line for a node: the comments that stand before it come first, an empty line is kept. */
  startLine(span: Span): void {
    this.newline();
    this.writeCommentsBefore(span.start);
    this.keepBlankLine(span.start);
  }

  /** Ends the line of a node: a comment behind it on its line stays there. */
  endLine(end: number): void {
    const comment = this.comments[this.nextComment];
    if (comment !== undefined && comment.span.start >= end && this.sameLine(end, comment.span.start)) {
      this.write(` ${commentText(comment)}`);
      this.nextComment++;
      this.newline();
    }
    this.lastEnd = end;
  }

  /** Behind an opening bracket: a comment on that line stays there. */
  openLine(opening: number, first: number): void {
    const comment = this.comments[this.nextComment];
    if (comment === undefined || comment.span.start >= first) return;
    if (!this.sameLine(opening, comment.span.start)) return;
    this.write(` ${commentText(comment)}`);
    this.nextComment++;
  }

  /** Writes the comments that are left before an offset, each on its line. */
  writeCommentsBefore(offset: number): void {
    for (;;) {
      const comment = this.comments[this.nextComment];
      if (comment === undefined || comment.span.start >= offset) return;
      this.nextComment++;
      this.newline();
      this.keepBlankLine(comment.span.start);
      this.write(commentText(comment));
      this.newline();
      this.lastEnd = comment.span.end;
    }
  }

  /** Whether a comment that is not written yet stands inside the span. */
  hasComment(span: Span): boolean {
    let low = this.nextComment;
    let high = this.comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.comments[middle]!.span.start < span.start) low = middle + 1;
      else high = middle;
    }
    const comment = this.comments[low];
    return comment !== undefined && comment.span.end <= span.end;
  }

  /** Whether two offsets stand on one line of the source; true without a source. */
  sameLine(one: number, other: number): boolean {
    if (this.source === undefined || one === other) return true;
    return this.line(one) === this.line(other);
  }

  /** The number of lines from one offset to another. */
  lines(from: number, to: number): number {
    return this.source === undefined ? 0 : this.line(to) - this.line(from);
  }

  private line(offset: number): number {
    return this.source!.position(offset).line;
  }

  private keepBlankLine(start: number): void {
    if (this.lastEnd !== undefined && this.lines(this.lastEnd, start) > 1) this.blankLine();
  }
}

function commentText(comment: Comment): string {
  return `#${comment.text.trimEnd()}`;
}

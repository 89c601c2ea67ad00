import type { Span } from '../../../grammar/index.ts';
import type { Writer } from './writer.ts';

/** Elements between two brackets. */
export interface Brackets<T> {
  readonly open: string;
  readonly close: string;
  /** From the opening bracket (or what it belongs to) to the closing one. */
  readonly span: Span;
  readonly items: readonly { readonly span: Span; readonly node: T }[];
  readonly printItem: (writer: Writer, node: T) => void;
}

/**
 * Writes the elements on one line, or, where the author broke the line between them or put a comment
 * among them, indented with a comma after each; those that shared a line still do.
 */
export function printBrackets<T>(writer: Writer, brackets: Brackets<T>): void {
  if (isBroken(writer, brackets)) printBroken(writer, brackets);
  else printFlat(writer, brackets);
}

function isBroken<T>(writer: Writer, { span, items }: Brackets<T>): boolean {
  if (!writer.hasSource || items.length === 0) return false;
  if (!writer.sameLine(span.start, items[0]!.span.start)) return true;
  if (items.some((item, i) => i > 0 && !writer.sameLine(items[i - 1]!.span.end, item.span.start)))
    return true;
  return writer.hasComment(span);
}

function printFlat<T>(writer: Writer, { open, close, items, printItem }: Brackets<T>): void {
  writer.write(open);
  items.forEach((item, i) => {
    if (i > 0) writer.write(', ');
    printItem(writer, item.node);
  });
  writer.write(close);
}

function printBroken<T>(writer: Writer, { open, close, span, items, printItem }: Brackets<T>): void {
  writer.write(open);
  writer.openLine(span.start, items[0]!.span.start);
  writer.indent();
  items.forEach((item, i) => {
    const previous = items[i - 1];
    if (previous === undefined || !writer.sameLine(previous.span.end, item.span.start)) {
      if (previous !== undefined) writer.endLine(previous.span.end);
      writer.startLine(item.span);
    } else writer.write(' ');
    printItem(writer, item.node);
    writer.write(',');
  });
  writer.endLine(items.at(-1)!.span.end);
  writer.newline();
  writer.writeCommentsBefore(span.end);
  writer.dedent();
  writer.write(close);
}

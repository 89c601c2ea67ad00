import type { Span } from '../../grammar/index.ts';
import { displayWidth, printable } from './printable.ts';
import type { SourceFile } from './source.ts';

const TAB = 4;
/** Columns of a source line that are shown, and how many of them stand before the span. */
const WINDOW = 140;
const BEFORE = 50;
/** Lines of a span that are all shown; of a longer one the first and the last are. */
const LINES = 3;

/**
 * The source lines of a span, each with carets below exactly what belongs to the span. An empty span
 * gets one caret. Tabs become spaces, of a long line the part around the span is shown.
 */
export function frameOf(source: SourceFile, span: Span): string {
  const first = source.position(span.start).line;
  const last = lastLine(source, span, first);
  const digits = String(last).length;
  const gutter = (label: string) => `${label.padStart(digits)} |`;
  const lines = shownLines(first, last).flatMap(line => {
    if (line === undefined) return [gutter('')];
    const { text, carets } = underline(source.lineText(line), columns(source, span, line, first, last));
    return [`${gutter(String(line))} ${text}`.trimEnd(), `${gutter('')} ${carets}`];
  });
  return lines.join('\n');
}

/** The line that the last character of the span is on. */
function lastLine(source: SourceFile, span: Span, first: number): number {
  if (span.end <= span.start) return first;
  return Math.max(first, source.position(span.end - 1).line);
}

/** Line numbers; undefined stands for lines left out. */
function shownLines(first: number, last: number): readonly (number | undefined)[] {
  if (last - first >= LINES) return [first, undefined, last];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The part of a line that belongs to the span: on its first line from where it begins, on others without the indentation. */
function columns(source: SourceFile, span: Span, line: number, first: number, last: number) {
  const text = source.lineText(line);
  const from =
    line === first ? span.start - lineStart(source.text, span.start) : text.length - text.trimStart().length;
  const end =
    line === last ? span.end - lineStart(source.text, Math.max(span.end - 1, span.start)) : text.length;
  return { from: Math.min(from, text.length), to: Math.min(Math.max(end, from), text.length) };
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function underline(line: string, { from, to }: { from: number; to: number }) {
  const { before, marked, after } = cut(expand(line.slice(0, from)), line, from, to);
  const carets = '^'.repeat(Math.max(1, displayWidth(marked)));
  return { text: before + marked + after, carets: ' '.repeat(displayWidth(before)) + carets };
}

/** The three parts of a line, cut where the line is long. */
function cut(head: string, text: string, from: number, to: number) {
  const marked = expand(text.slice(from, Math.min(to, from + 2 * WINDOW)), displayWidth(head));
  const after = expand(text.slice(to, to + WINDOW), displayWidth(head) + displayWidth(marked));
  if (displayWidth(head) + displayWidth(marked) + displayWidth(after) <= WINDOW)
    return { before: head, marked, after };
  const before = displayWidth(head) > BEFORE ? `…${[...head].slice(-BEFORE).join('')}` : head;
  const shown = clip(marked, WINDOW - displayWidth(before));
  return { before, marked: shown, after: clip(after, WINDOW - displayWidth(before) - displayWidth(shown)) };
}

/** The beginning of a text, `…` in place of what does not fit. */
function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let shown = '';
  let used = 1;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width) break;
    shown += character;
  }
  return `${shown}…`;
}

/** Tabs as spaces up to the next stop, for a text that begins at a column. */
function expand(text: string, column = 0): string {
  let shown = '';
  let at = column;
  for (const character of text) {
    const piece = character === '\t' ? ' '.repeat(TAB - (at % TAB)) : printable(character);
    shown += piece;
    at += displayWidth(piece);
  }
  return shown;
}

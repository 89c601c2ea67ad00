import { type Diagnostic, limits, type SourceFile } from '../base/index.ts';
import { type Image, type ImagePlace, toImage } from '../images/index.ts';
import type { ObjectValue, Value } from '../values/index.ts';
import { beyondLimit, problemAt } from './problem.ts';
import type { UncheckedField } from './submission.ts';

/** What is known of a place by the offset of its text alone. */
export type WrittenAt = 'file' | 'line' | 'column';

/** What has been found so far in all that was sent, in the order it was sent. */
export class Findings {
  readonly images: Image[] = [];
  readonly objects: Value[] = [];
  readonly unchecked: UncheckedField[] = [];
  readonly problems: Diagnostic[] = [];
  request: ObjectValue | undefined;
  private documents = 0;

  /** Throws Unreadable beyond `limits.images`. */
  addImage(source: SourceFile, offset: number, ref: string, place: Omit<ImagePlace, WrittenAt>): void {
    if (this.images.length === limits.images) throw beyondLimit('images', limits.images, offset);
    this.images.push(toImage(ref, { ...place, ...writtenAt(source, offset, ref) }));
  }

  /** Throws Unreadable beyond `limits.images`, so that nothing is left out in silence. */
  addUnchecked(source: SourceFile, offset: number, path: string, value: string, reason: string): void {
    if (this.unchecked.length === limits.images)
      throw beyondLimit('fields that look like images', limits.images, offset);
    const line = offset < 0 ? 1 : source.line(offset);
    this.unchecked.push({ value, file: source.path, line, path, reason });
  }

  /** Throws Unreadable beyond `limits.documents`. */
  countDocument(offset: number): void {
    this.documents++;
    if (this.documents > limits.documents) throw beyondLimit('documents', limits.documents, offset);
  }

  addProblem(source: SourceFile, offset: number, message: string, hint?: string): void {
    this.problems.push(problemAt(source, offset, message, 'manifest_error', hint));
  }
}

/** How far around the beginning of its field a reference and its line are looked for, so that long lines cost no more. */
const REACH = 1_200;

/** The column is that of the reference where the text that follows in the line holds it once: a fix can replace it there. */
function writtenAt(source: SourceFile, offset: number, ref: string): Pick<ImagePlace, WrittenAt> {
  if (offset < 0) return { file: source.path };
  const place = { file: source.path, line: source.line(offset) };
  const from = Math.max(0, offset - REACH);
  const lineStart = source.text.slice(from, offset).lastIndexOf('\n') + 1;
  const [rest = ''] = source.text.slice(offset, offset + REACH).split('\n', 1);
  const at = rest.indexOf(ref);
  const isSure = ref !== '' && at !== -1 && !rest.includes(ref, at + 1) && standsAlone(rest, at, ref.length);
  if (!isSure || (lineStart === 0 && from > 0)) return place;
  return { ...place, column: [...source.text.slice(from + lineStart, offset + at)].length + 1 };
}

/** Whether what stands beside a part of a text can be no part of the same reference. */
function standsAlone(text: string, at: number, length: number): boolean {
  return ![text[at - 1] ?? '', text[at + length] ?? ''].some(beside => /[\w./:@-]/u.test(beside));
}

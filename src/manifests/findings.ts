import { type Diagnostic, limits, type SourceFile } from '../base/index.ts';
import { type Image, type ImagePlace, toImage } from '../images/index.ts';
import type { ObjectValue, Value } from '../values/index.ts';
import { beyondLimit, problemAt } from './problem.ts';
import type { UncheckedField } from './submission.ts';

/** What has been found so far in all that was sent, in the order it was sent. */
export class Findings {
  readonly images: Image[] = [];
  readonly objects: Value[] = [];
  readonly unchecked: UncheckedField[] = [];
  readonly problems: Diagnostic[] = [];
  request: ObjectValue | undefined;
  private documents = 0;

  /** Throws Unreadable beyond `limits.images`. */
  addImage(source: SourceFile, offset: number, ref: string, place: Omit<ImagePlace, 'file' | 'line'>): void {
    if (this.images.length === limits.images) throw beyondLimit('images', limits.images, offset);
    const line = offset >= 0 && { line: source.line(offset) };
    this.images.push(toImage(ref, { ...place, file: source.path, ...line }));
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

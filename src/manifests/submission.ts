import type { Diagnostic } from '../base/index.ts';
import type { Image } from '../images/index.ts';
import type { Value } from '../values/index.ts';

/** What was sent to be decided upon, read and taken apart. */
export interface Submission {
  readonly images: readonly Image[];
  readonly objects: readonly Value[];
  /** Whatever the caller said of the circumstances; an object. */
  readonly context: Value;
  /** The AdmissionRequest, where there is one. */
  readonly request?: Value;
  /** What looks like an image and no extractor read. */
  readonly unchecked: readonly UncheckedField[];
  /** What could not be read; a submission with errors is not decided upon. */
  readonly problems: readonly Diagnostic[];
}

export interface UncheckedField {
  readonly value: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly path: string;
  /** Why it was not read as an image. */
  readonly reason: string;
}

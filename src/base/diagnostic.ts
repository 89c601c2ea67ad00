import type { Span } from '../../grammar/index.ts';
import type { DiagnosticCode } from './codes.ts';
import type { SourceFile } from './source.ts';

export type Severity = 'error' | 'warning';

/** Something to tell the author of a text, with the place it is about. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence without a full stop; what was found and what was expected. */
  readonly message: string;
  readonly source: SourceFile;
  readonly span: Span;
  /** What to do about it. */
  readonly hint?: string;
  readonly related?: readonly RelatedPlace[];
}

/** Another place that the message needs, such as the first of two conflicting rules. */
export interface RelatedPlace {
  readonly message: string;
  readonly source: SourceFile;
  readonly span: Span;
}

/** A diagnostic as it goes over the wire; line and column are 1-based. */
export interface DiagnosticJson {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
  /** The source line, a line of carets below it. */
  readonly frame: string;
  readonly hint?: string;
  readonly related?: readonly { message: string; file: string; line: number; column: number }[];
}

import { type Diagnostic, type DiagnosticCode, SourceFile } from '../base/index.ts';

/** Thrown while a text is read and caught where the reading began: the text cannot be read. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly code: DiagnosticCode;
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(message: string, offset: number, code: DiagnosticCode = 'manifest_error', hint?: string) {
    super(message);
    this.code = code;
    this.offset = offset;
    this.hint = hint;
  }
}

/** Thrown where a limit is exceeded, so that the diagnostic names it. */
export function beyondLimit(what: string, limit: number, offset: number): Unreadable {
  return new Unreadable(`more than ${limit} ${what}`, offset, 'limit_error');
}

/** The diagnostic of what was thrown; anything but Unreadable is thrown on. */
export function toProblem(thrown: unknown, source: SourceFile): Diagnostic {
  if (!(thrown instanceof Unreadable)) throw thrown;
  return problemAt(source, thrown.offset, thrown.message, thrown.code, thrown.hint);
}

/** An error at one character of a text. */
export function problemAt(
  source: SourceFile,
  offset: number,
  message: string,
  code: DiagnosticCode = 'manifest_error',
  hint?: string,
): Diagnostic {
  const start = Math.max(0, Math.min(offset, source.text.length));
  const span = { start, end: Math.min(start + 1, source.text.length) };
  return { code, severity: 'error', message, source, span, ...(hint !== undefined && { hint }) };
}

/** Stands for the text of a piece that was sent as parsed JSON. */
export function withoutText(name: string): SourceFile {
  return new SourceFile(name, '');
}

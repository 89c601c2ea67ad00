import type { Span } from '../../grammar/index.ts';
import type { Diagnostic, DiagnosticJson, RelatedPlace } from './diagnostic.ts';
import { frameOf } from './frame.ts';
import { printable, visible } from './printable.ts';
import type { SourceFile } from './source.ts';

/** What a piece of output is, for whoever colours it. */
export type PaintRole = 'error' | 'warning' | 'success' | 'place' | 'strong' | 'faint' | 'hint';

/** Gives a text its colour; the text itself must stay as it is. */
export type Paint = (role: PaintRole, text: string) => string;

/** No colours. */
export const plain: Paint = (_role, text) => text;

/** The diagnostic for the wire: positions as numbers, the source lines as a frame. */
export function toDiagnosticJson(diagnostic: Diagnostic): DiagnosticJson {
  const { code, severity, message, source, span, hint, related } = diagnostic;
  const start = source.position(span.start);
  const end = source.position(Math.max(span.end, span.start));
  return {
    code,
    severity,
    message,
    file: source.path,
    line: start.line,
    column: start.column,
    end_line: end.line,
    end_column: end.column,
    frame: frameOf(source, span),
    ...(hint !== undefined && { hint }),
    ...(related !== undefined && { related: related.map(toRelatedJson) }),
  };
}

/**
 * The diagnostic for people, without a final line break: place, severity, code and message, then the
 * source lines with carets, the hint, and other places with their lines.
 */
export function renderDiagnostic(diagnostic: Diagnostic, paint: Paint = plain): string {
  const { code, severity, message, source, span, hint, related = [] } = diagnostic;
  const lines = [
    `${paint('place', placeOf(source, span))}: ${paint(severity, `${severity}[${code}]`)}: ${paint('strong', printable(message))}`,
    paintFrame(frameOf(source, span), severity, paint),
  ];
  if (hint !== undefined) lines.push(`${paint('hint', 'hint')}: ${printable(hint)}`);
  for (const place of related) {
    lines.push(`${paint('place', placeOf(place.source, place.span))}: ${printable(place.message)}`);
    lines.push(paintFrame(frameOf(place.source, place.span), 'faint', paint));
  }
  return lines.join('\n');
}

/** The same of a diagnostic that came over the wire, whose texts may hold anything. */
export function renderDiagnosticJson(diagnostic: DiagnosticJson, paint: Paint = plain): string {
  const { code, severity, message, file, line, column, frame, hint } = diagnostic;
  const role = severity === 'error' ? 'error' : 'warning';
  const lines = [
    `${paint('place', `${printable(file)}:${line}:${column}`)}: ${paint(role, printable(`${severity}[${code}]`))}: ${paint('strong', printable(message))}`,
    paintFrame(visible(frame), role, paint),
  ];
  if (hint !== undefined) lines.push(`${paint('hint', 'hint')}: ${printable(hint)}`);
  return lines.join('\n');
}

/** All of them, sorted, an empty line between each two; empty where there are none. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint = plain): string {
  return sortDiagnostics(diagnostics)
    .map(diagnostic => renderDiagnostic(diagnostic, paint))
    .join('\n\n');
}

/** A copy in the order of files, places, codes and messages. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      order(a.source.path, b.source.path) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      order(a.code, b.code) ||
      order(a.message, b.message),
  );
}

function toRelatedJson({ message, source, span }: RelatedPlace) {
  return { message, file: source.path, ...source.position(span.start) };
}

function placeOf(source: SourceFile, span: Span): string {
  const { line, column } = source.position(span.start);
  return `${printable(source.path)}:${line}:${column}`;
}

function paintFrame(frame: string, role: PaintRole, paint: Paint): string {
  const lines = frame.split('\n').map(line => {
    const bar = line.indexOf('|');
    const text = line.slice(bar + 1);
    const carets = line.slice(0, bar).trim() === '';
    return paint('faint', line.slice(0, bar + 1)) + (carets ? paint(role, text) : text);
  });
  return lines.join('\n');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

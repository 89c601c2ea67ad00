import { printable, renderDiagnosticJson, visible } from '../base/index.ts';
import type { Problem } from './problem.ts';
import { acceptedFormat } from './requests/accept.ts';

/** Whether a request wants to be answered as text for people: by `format`, or else by `Accept`. */
export function wantsText(request: Request): boolean {
  const format = new URL(request.url).searchParams.get('format');
  if (format !== null) return format === 'text';
  try {
    return acceptedFormat(request.headers.get('accept')) === 'text';
  } catch {
    return false;
  }
}

/** The problem as text for people: what is wrong, the lines it is about with carets below, and what to do. */
export function problemText(problem: Problem): string {
  const { code, status, detail, hint, diagnostics = [], errors = [], tests = [], available } = problem;
  const wrong =
    diagnostics.length > 0 ? diagnostics.map(each => renderDiagnosticJson(each)) : errors.map(fieldText);
  const details = [...wrong, ...tests.map(({ text }) => visible(text.trimEnd()))];
  const blocks = [
    `error[${code}]: ${printable(detail)}  (${status})`,
    ...details,
    ...(hint === undefined ? [] : [`hint: ${printable(hint)}`]),
    ...(available === undefined ? [] : [`there are: ${available.map(printable).join(', ')}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function fieldText({ pointer, message, hint }: NonNullable<Problem['errors']>[number]): string {
  const place = pointer === '' ? 'the body' : printable(pointer);
  return [
    `${place}: ${printable(message)}`,
    ...(hint === undefined ? [] : [`hint: ${printable(hint)}`]),
  ].join('\n');
}

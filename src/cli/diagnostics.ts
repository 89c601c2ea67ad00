import { type Diagnostic, renderDiagnostics } from '../base/index.ts';
import type { Output } from './command.ts';

/** Says them; whether an error is among them. */
export function complain(diagnostics: readonly Diagnostic[], { err, paintErr }: Output): boolean {
  if (diagnostics.length > 0) err(`${renderDiagnostics(diagnostics, paintErr)}\n`);
  return diagnostics.some(({ severity }) => severity === 'error');
}

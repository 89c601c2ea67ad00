import { type DiagnosticJson, printable, renderDiagnosticJson, visible } from '../../base/index.ts';
import type { Output } from '../command.ts';

/** A problem as the service answers it (RFC 9457), as far as it is shown. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly hint?: string;
  readonly diagnostics?: readonly DiagnosticJson[];
  readonly errors?: readonly { readonly pointer: string; readonly message: string; readonly hint?: string }[];
  readonly tests?: readonly { readonly text: string }[];
  readonly available?: readonly string[];
}

/** Thrown where a server refuses what was asked. */
export class ServerProblem extends Error {
  override readonly name = 'ServerProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** What the caller's own files or the state of things are to blame for; anything else could not be done at all. */
const refusals: ReadonlySet<string> = new Set([
  'policy_error',
  'tests_failed',
  'precondition_failed',
  'conflict',
  'lock_mismatch',
]);

export function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('detail' in value)) return false;
  return typeof value.code === 'string' && typeof value.detail === 'string';
}

/** Says a problem on the standard error, as errors found here are said; gives the exit code. */
export function showProblem({ problem }: ServerProblem, { err, paintErr }: Output): number {
  const { code, detail, hint, diagnostics = [], errors = [], tests = [], available } = problem;
  const details = [
    ...diagnostics.map(each => renderDiagnosticJson(each, paintErr)),
    ...errors.map(
      ({ pointer, message }) => `${paintErr('place', printable(pointer))}: ${printable(message)}`,
    ),
    ...tests.map(({ text }) => visible(text.trimEnd())),
  ];
  for (const text of details) err(`${text}\n\n`);
  err(`${paintErr('error', `error[${printable(code)}]`)}: ${printable(detail)}\n`);
  if (hint !== undefined) err(`${paintErr('hint', 'hint')}: ${printable(hint)}\n`);
  if (available !== undefined) err(`there are: ${available.map(printable).join(', ')}\n`);
  return refusals.has(code) ? 1 : 2;
}

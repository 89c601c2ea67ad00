import type { Span } from '../../../grammar/index.ts';
import type { DiagnosticCode, RelatedPlace } from '../../base/index.ts';

/** A kind of problem. Where it stops, problems of later kinds would be its consequences. */
export interface Stage {
  readonly rank: number;
  readonly stops: boolean;
}

/**
 * The kinds in the order in which OPA looks for them. A pass may find several kinds at once: what is
 * told in the end are those up to the first kind that stops.
 */
export const stages = ordered({
  syntax: 'stops',
  shadowedArguments: 'stops',
  unusedImports: 'goes on',
  overrides: 'goes on',
  imports: 'goes on',
  unused: 'goes on',
  declarations: 'stops',
  templates: 'stops',
  voidCalls: 'stops',
  printCalls: 'stops',
  annotations: 'stops',
  modifiers: 'stops',
  conflicts: 'stops',
  functions: 'stops',
  headSafety: 'stops',
  bodySafety: 'stops',
  recursion: 'stops',
  types: 'goes on',
  deprecated: 'goes on',
});

/** What is wrong, without the file that it is in. */
export interface Problem {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
}

export type Report = (stage: Stage, problem: Problem) => void;

function ordered<K extends string>(table: Record<K, 'stops' | 'goes on'>): Readonly<Record<K, Stage>> {
  const entries = Object.entries<'stops' | 'goes on'>(table);
  const ranked = entries.map(([name, then], rank) => [name, { rank, stops: then === 'stops' }] as const);
  return Object.fromEntries(ranked) as Record<K, Stage>;
}

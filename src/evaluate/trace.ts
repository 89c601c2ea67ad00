import type { Place } from '../language/index.ts';
import type { Value } from '../values/index.ts';

/**
 * One thing that happened. `enter` and `leave` stand around a rule or function (`value` absent where
 * it is undefined); `pass` is a condition that held, with the variables it bound; `fail` one that
 * did not, with the variables it read; both with the operands they had. `note` is what `trace()` said.
 * `depth` counts the rules around it.
 */
export interface TraceEvent {
  readonly kind: 'enter' | 'leave' | 'pass' | 'fail' | 'note';
  readonly depth: number;
  readonly path?: readonly string[];
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  readonly value?: Value;
  readonly bound?: readonly (readonly [name: string, value: Value])[];
  readonly operands?: readonly (Value | undefined)[];
  /** The function that a condition calls, by the name of its built-in or its path: `count`, `data.lib.f`. */
  readonly call?: string;
  readonly message?: string;
}

/** What a condition had at hand. */
export type Condition = Pick<TraceEvent, 'bound' | 'operands' | 'call'>;

export interface TraceLimits {
  /** How many are kept. */
  readonly events: number;
  /** What happens inside more rules than this is passed over. */
  readonly depth?: number;
}

/** Collects events up to a limit; what comes after is counted in `dropped`. */
export class Trace {
  readonly events: TraceEvent[] = [];
  dropped = 0;
  private depth = 0;
  private readonly files: readonly string[];
  private readonly limits: TraceLimits;

  constructor(files: readonly string[], limits: TraceLimits) {
    this.files = files;
    this.limits = limits;
  }

  /** Whether what happens now is looked at. */
  get wanted(): boolean {
    return this.depth <= (this.limits.depth ?? this.depth);
  }

  enter(path: readonly string[]): void {
    this.add({ kind: 'enter', depth: this.depth++, path });
  }

  leave(path: readonly string[], value: Value | undefined): void {
    this.add({ kind: 'leave', depth: --this.depth, path, ...(value !== undefined && { value }) });
  }

  pass(place: Place, condition: Condition): void {
    this.add({ kind: 'pass', depth: this.depth, ...this.at(place), ...condition });
  }

  fail(place: Place, condition: Condition): void {
    this.add({ kind: 'fail', depth: this.depth, ...this.at(place), ...condition });
  }

  note(message: string): void {
    this.add({ kind: 'note', depth: this.depth, message });
  }

  private at([file, line, column]: Place) {
    return { file: this.files[file] ?? '', line, column };
  }

  private add(event: TraceEvent): void {
    if (event.depth > (this.limits.depth ?? event.depth)) return;
    if (this.events.length < this.limits.events) this.events.push(event);
    else this.dropped++;
  }
}

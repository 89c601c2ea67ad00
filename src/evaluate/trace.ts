import type { Place } from '../language/index.ts';
import type { Value } from '../values/index.ts';

/**
 * One thing that happened. `enter` and `leave` stand around a rule or function (`value` absent where
 * it is undefined); `pass` is a condition that held, with the variables it bound; `fail` one that
 * did not, with the operands it had; `note` is what `trace()` said. `depth` counts the rules around it.
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
  readonly message?: string;
}

/** Collects events up to a limit; what comes after is counted in `dropped`. */
export class Trace {
  readonly events: TraceEvent[] = [];
  dropped = 0;
  private depth = 0;
  private readonly files: readonly string[];
  private readonly limit: number;

  constructor(files: readonly string[], limit: number) {
    this.files = files;
    this.limit = limit;
  }

  enter(path: readonly string[]): void {
    this.add({ kind: 'enter', depth: this.depth++, path });
  }

  leave(path: readonly string[], value: Value | undefined): void {
    this.add({ kind: 'leave', depth: --this.depth, path, ...(value !== undefined && { value }) });
  }

  pass(place: Place, bound: readonly (readonly [string, Value])[]): void {
    this.add({ kind: 'pass', depth: this.depth, ...this.at(place), bound });
  }

  fail(place: Place, operands: readonly (Value | undefined)[]): void {
    this.add({ kind: 'fail', depth: this.depth, ...this.at(place), operands });
  }

  note(message: string): void {
    this.add({ kind: 'note', depth: this.depth, message });
  }

  private at([file, line, column]: Place) {
    return { file: this.files[file] ?? '', line, column };
  }

  private add(event: TraceEvent): void {
    if (this.events.length < this.limit) this.events.push(event);
    else this.dropped++;
  }
}

import type { SourceFile } from '../base/index.ts';
import type { ImagePlace } from '../images/index.ts';
import type { Interpolation } from './compose-values.ts';
import type { Findings } from './findings.ts';

/** One service as it is read. */
export interface ServicePlace {
  readonly source: SourceFile;
  readonly findings: Findings;
  readonly name: string;
  readonly pointer: readonly string[];
  readonly unresolved: Interpolation['unresolved'];
  readonly written: Interpolation['written'];
}

/** Where a variable is not known the reference stays as written, which is no valid one: it is denied. */
export function addImage(place: ServicePlace, offset: number, ref: string, at: ImagePlace): void {
  place.findings.addImage(place.source, offset, ref, { container: place.name, ...at });
}

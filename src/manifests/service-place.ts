import type { SourceFile } from '../base/index.ts';
import type { ImagePlace } from '../images/index.ts';
import type { Findings } from './findings.ts';
import { interpolate } from './interpolation.ts';

/** One service as it is read. */
export interface ServicePlace {
  readonly source: SourceFile;
  readonly findings: Findings;
  readonly name: string;
  readonly pointer: readonly string[];
}

/** Where a variable is not known the reference stays as written, which is no valid one: it is denied. */
export function addImage(place: ServicePlace, offset: number, written: string, at: ImagePlace): void {
  const ref = interpolate(written, { lookup: () => undefined, escape: '$' }) ?? written;
  place.findings.addImage(place.source, offset, ref, { container: place.name, ...at });
}

import type { ImageVerdict, Location } from '../../decide/index.ts';
import { readSubmission } from '../../manifests/index.ts';
import { fromJson, type JsonObject } from '../../values/index.ts';

/** Tells the images of an update that ran in the same containers before. */
export class UnchangedImages {
  private readonly before: ReadonlySet<string>;

  constructor(oldObject: JsonObject | undefined) {
    const { images } = readSubmission({ manifests: oldObject === undefined ? [] : fromJson(oldObject) });
    this.before = new Set(
      images.map(({ ref, container, container_type }) => keyOf(ref, container, container_type)),
    );
  }

  /** Whether the image stands nowhere but where it stood. */
  has({ ref, locations }: Pick<ImageVerdict, 'ref' | 'locations'>): boolean {
    return locations.length > 0 && locations.every(place => this.before.has(keyAt(ref, place)));
  }
}

function keyAt(ref: string, { container, container_type }: Location): string {
  return keyOf(ref, container, container_type);
}

function keyOf(ref: string, container = '', type = ''): string {
  return JSON.stringify([type, container, ref]);
}

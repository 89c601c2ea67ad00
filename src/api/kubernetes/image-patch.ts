import type { Pinning } from '../../evidence/index.ts';
import type { Image } from '../../images/index.ts';
import type { Json, JsonObject } from '../../values/index.ts';
import type { AdmissionRequest } from './admission-review.ts';
import { UnchangedImages } from './unchanged.ts';

/** Where an AdmissionReview has the object, in the list of documents that image paths begin with. */
const OBJECT = '/0/request/object';

/**
 * JSON Patch operations on the object of a review that put pinned references in place of what is written. Each
 * is guarded by a test of what it replaces.
 */
export function imagePatch(
  images: readonly Image[],
  pinnings: ReadonlyMap<string, Pinning>,
): readonly Json[] {
  return images.flatMap(({ ref, path }) => {
    const pinning = pinnings.get(ref);
    if (pinning?.status !== 'pinned' || pinning.ref === ref || !path?.startsWith(`${OBJECT}/`)) return [];
    const at = path.slice(OBJECT.length);
    return [
      { op: 'test', path: at, value: ref },
      { op: 'replace', path: at, value: pinning.ref },
    ];
  });
}

/** The images of a request that may be written anew: on UPDATE those alone that were not there before. */
export function toBePinned(
  images: readonly Image[],
  { operation, oldObject }: AdmissionRequest,
): readonly Image[] {
  if (operation !== 'UPDATE') return images;
  const unchanged = new UnchangedImages(oldObject as JsonObject | undefined);
  return images.filter(image => !unchanged.has({ ref: image.ref, locations: [image] }));
}

import type { Pinning } from '../../evidence/index.ts';
import type { Image } from '../../images/index.ts';
import type { Json } from '../../values/index.ts';

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

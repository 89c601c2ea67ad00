import type { Submission } from '../manifests/index.ts';
import { isObject, type Value } from '../values/index.ts';

/** Fields by which a document shows that it is a manifest, a compose file or an AdmissionReview. */
const telling = ['kind', 'apiVersion', 'services', 'request'];

/**
 * Whether there is nothing to decide upon: no image, and no object that shows what it is. A file that was sent by
 * mistake must not look like an allow.
 */
export function holdsNothing({ images, objects }: Submission): boolean {
  return images.length === 0 && !objects.some(showsWhatItIs);
}

function showsWhatItIs(value: Value): boolean {
  return isObject(value) && telling.some(field => value.has(field));
}

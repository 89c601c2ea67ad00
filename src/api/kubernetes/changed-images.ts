import type { Image } from '../../images/index.ts';
import { type Extractor, readSubmission } from '../../manifests/index.ts';
import { isArray, isObject, ObjectBuilder, type ObjectValue, type Value } from '../../values/index.ts';

/**
 * Of the images in the object of an AdmissionReview those that were not there before an update: another reference,
 * another place, or pulled in another way, which is all that a policy sees of an image. All of them where the
 * request is no update.
 */
export function changedImages(
  review: ObjectValue,
  images: readonly Image[],
  extractors: readonly Extractor[],
): readonly Image[] {
  const request = review.get('request') as ObjectValue;
  if (request.get('operation') !== 'UPDATE') return images;
  const before = withObject(review, request, request.get('oldObject') ?? null);
  const ran = new ImageKeys(before);
  const known = new Set(
    readSubmission({ review: before }, { extractors }).images.map(image => ran.keyOf(image)),
  );
  const asked = new ImageKeys(review);
  return images.filter(image => !known.has(asked.keyOf(image)));
}

function withObject(review: ObjectValue, request: ObjectValue, object: Value): ObjectValue {
  const asked = new ObjectBuilder(request).set('object', object).build();
  return new ObjectBuilder(review).set('request', asked).build();
}

/** What tells the images of one review from those of another. */
class ImageKeys {
  private readonly review: ObjectValue;
  /** How often each name stands in a list. */
  private readonly names = new Map<readonly Value[], ReadonlyMap<string | undefined, number>>();

  constructor(review: ObjectValue) {
    this.review = review;
  }

  keyOf({ ref, path = '', container_type, pull_policy, pull_secrets }: Image): string {
    const place = this.placeOf(path);
    return JSON.stringify([place, container_type, ref, pull_policy ?? '', pull_secrets ?? null]);
  }

  /** A pointer with names in place of indexes: a container is the same wherever it stands in its list. */
  private placeOf(pointer: string): readonly (string | readonly string[])[] {
    const [, , ...segments] = pointer.split('/').map(unescaped);
    let within: Value | undefined = this.review;
    return segments.map(segment => {
      const outer: Value | undefined = within;
      within = memberOf(outer, segment);
      if (outer === undefined || !isArray(outer)) return segment;
      const name = nameOf(within);
      return name !== undefined && this.namesOf(outer).get(name) === 1 ? [name] : segment;
    });
  }

  private namesOf(list: readonly Value[]): ReadonlyMap<string | undefined, number> {
    const counted = this.names.get(list);
    if (counted !== undefined) return counted;
    const counts = new Map<string | undefined, number>();
    for (const item of list) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
    this.names.set(list, counts);
    return counts;
  }
}

function memberOf(value: Value | undefined, segment: string): Value | undefined {
  if (value === undefined) return undefined;
  if (isArray(value)) return value[Number(segment)];
  return isObject(value) ? value.get(segment) : undefined;
}

function nameOf(item: Value | undefined): string | undefined {
  const name = item !== undefined && isObject(item) ? item.get('name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

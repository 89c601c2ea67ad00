import type { Image } from '../images/index.ts';
import { type Submission, toInput } from '../manifests/index.ts';
import { equals, isArray, isObject, type Value } from '../values/index.ts';
import type { Location } from './verdict.ts';

/** What is decided upon, as policies see it and as the verdict names it. */
export interface Subject {
  readonly input: Value;
  readonly images: readonly Image[];
  /** `input.images`, one for each of `images`. */
  readonly values: readonly Value[];
}

export function toSubject(submission: Submission): Subject {
  const input = toInput(submission);
  const values = isObject(input) ? input.get('images') : undefined;
  return { input, images: submission.images, values: values !== undefined && isArray(values) ? values : [] };
}

/** Where an image stands; undefined where the submission does not say. */
export function locationOf(image: Image): Location | undefined {
  const location: Location = {
    ...(image.file !== undefined && { file: image.file }),
    ...(image.line !== undefined && { line: image.line }),
    ...(image.path !== undefined && { pointer: image.path }),
    ...(image.object !== undefined && { object: image.object }),
    ...(image.container !== undefined && { container: image.container }),
    ...(image.container_type !== undefined && { container_type: image.container_type }),
  };
  return Object.keys(location).length > 0 ? location : undefined;
}

/** What a rule meant by the `image` of its object. */
export interface NamedImages {
  /** Indexes in `images`, none where the submission holds no such image. */
  readonly indexes: readonly number[];
  readonly ref?: string;
}

/**
 * The images that a rule names: by index, by reference as written or normalised, or by the image
 * object itself. An object changed by the rule counts as every image of its `ref`.
 */
export function namedImages(subject: Subject, named: Value): NamedImages {
  if (typeof named === 'number') return { indexes: subject.images[named] === undefined ? [] : [named] };
  if (typeof named === 'string') return byReference(subject, named);
  if (!isObject(named)) return { indexes: [] };
  const indexes = where(subject, index => equals(subject.values[index] ?? null, named));
  if (indexes.length > 0) return { indexes };
  const ref = named.get('ref');
  return typeof ref === 'string' ? byReference(subject, ref) : { indexes: [] };
}

function byReference(subject: Subject, ref: string): NamedImages {
  const indexes = where(subject, (_, image) => image.ref === ref || image.name === ref);
  return { indexes, ref };
}

function where(subject: Subject, holds: (index: number, image: Image) => boolean): readonly number[] {
  return subject.images.flatMap((image, index) => (holds(index, image) ? [index] : []));
}

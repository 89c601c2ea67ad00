import type { Image } from '../images/index.ts';
import { type Submission, toInput } from '../manifests/index.ts';
import { hash, isArray, isObject, type Value } from '../values/index.ts';
import type { Location } from './verdict.ts';

/** What is decided upon, as policies see it and as the verdict names it. */
export class Subject {
  readonly input: Value;
  readonly images: readonly Image[];
  private readonly byReference: ReadonlyMap<string, readonly number[]>;
  private readonly byValue: ReadonlyMap<string, readonly number[]>;

  constructor(submission: Submission) {
    this.input = toInput(submission);
    this.images = submission.images;
    const values = isObject(this.input) ? this.input.get('images') : undefined;
    this.byReference = indexesBy(this.images, ({ ref, name }) => (name === undefined ? [ref] : [ref, name]));
    this.byValue = indexesBy(values !== undefined && isArray(values) ? values : [], value => [hash(value)]);
  }

  /**
   * The images that a rule names: by index, by reference as written or normalised, or by the image
   * object itself. An object changed by the rule counts as every image of its `ref`.
   */
  named(named: Value): NamedImages {
    if (typeof named === 'number') return { indexes: this.images[named] === undefined ? [] : [named] };
    if (typeof named === 'string') return this.referenced(named);
    if (!isObject(named)) return { indexes: [] };
    const indexes = this.byValue.get(hash(named));
    if (indexes !== undefined) return { indexes };
    const ref = named.get('ref');
    return typeof ref === 'string' ? this.referenced(ref) : { indexes: [] };
  }

  private referenced(ref: string): NamedImages {
    return { indexes: this.byReference.get(ref) ?? [], ref };
  }
}

/** What a rule meant by the `image` of its object. */
export interface NamedImages {
  /** Indexes in `images`, none where the submission holds no such image. */
  readonly indexes: readonly number[];
  readonly ref?: string;
}

/** Where an image stands; undefined where the submission does not say. */
export function locationOf(image: Image): Location | undefined {
  const location: Location = {
    ...(image.file !== undefined && { file: image.file }),
    ...(image.line !== undefined && { line: image.line }),
    ...(image.column !== undefined && { column: image.column }),
    ...(image.path !== undefined && { pointer: image.path }),
    ...(image.object !== undefined && { object: image.object }),
    ...(image.container !== undefined && { container: image.container }),
    ...(image.container_type !== undefined && { container_type: image.container_type }),
  };
  return Object.keys(location).length > 0 ? location : undefined;
}

function indexesBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]) {
  const indexes = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    for (const key of new Set(keysOf(item))) {
      const known = indexes.get(key);
      if (known === undefined) indexes.set(key, [index]);
      else known.push(index);
    }
  }
  return indexes;
}

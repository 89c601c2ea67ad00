import type { Value } from '../values/index.ts';
import type { EvidenceNeed } from './evidence.ts';
import { textAt, valueAt } from './json-field.ts';
import { refuse } from './look-up-error.ts';
import { type Repository, repositoryOf } from './registry/index.ts';

/** The image that a need is about. */
export interface AskedImage {
  /** Normalised, as verdicts have it. */
  readonly name: string;
  readonly repository: Repository;
  /** One of both; the digest where a reference has both. */
  readonly tag?: string;
  readonly digest?: string;
}

/** The image of a need; throws a LookUpError where there is none. */
export function imageOf({ request }: EvidenceNeed): AskedImage {
  const image = valueAt(request, 'image');
  const [name, registry, repository] = ['name', 'registry', 'repository'].map(key => textAt(image, key));
  const [tag, digest] = [textAt(image, 'tag'), textAt(image, 'digest')];
  if (name === undefined || registry === undefined || repository === undefined)
    return refuse('the question is about no image');
  return {
    name,
    repository: repositoryOf(registry, repository),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** The name of the image of a need, for a verdict; undefined where it has none. */
export function imageNameOf({ request }: EvidenceNeed): string | undefined {
  return textAt(request, 'image', 'name');
}

/** What stands beside the image in a need. */
export function argumentOf({ request }: EvidenceNeed, key: string): Value {
  return valueAt(request, key) ?? refuse(`the question has no ${key}`);
}

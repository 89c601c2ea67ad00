import { evidenceStatus, type Image, imageValue, toImage } from '../images/index.ts';
import { isObject, ObjectValue, type Value } from '../values/index.ts';
import type { EvidenceNeed, EvidenceResolver } from './evidence.ts';
import { textAt } from './json-field.ts';

/** What became of a reference that was to be pinned. */
export type Pinning =
  /** With the digest that its tag stands for now, or as it was where it had one. */
  | { readonly status: 'pinned'; readonly ref: string }
  /** No reference, or the registry has no such image. */
  | { readonly status: 'refused'; readonly reason: string }
  /** The registry could not be asked. */
  | { readonly status: 'unavailable'; readonly reason: string };

/**
 * What becomes of each reference, by how it is written. The tag stays for people to read: `nginx:1.29` becomes
 * `nginx:1.29@sha256:…`. Registries are asked side by side, and not at all for what has a digest.
 */
export async function pinReferences(
  refs: readonly string[],
  resolver: EvidenceResolver | undefined,
): Promise<ReadonlyMap<string, Pinning>> {
  const images = new Map(refs.map(ref => [ref, toImage(ref)]));
  const needs = [...images.values()].filter(isOpen).map(needOf);
  const answers = (await resolver?.resolve(needs)) ?? new Map<string, Value>();
  return new Map([...images].map(([ref, image]) => [ref, pinningOf(image, answers)]));
}

function isOpen({ invalid, digest }: Image): boolean {
  return invalid === undefined && digest === undefined;
}

function needOf(image: Image): EvidenceNeed {
  return {
    kind: 'resolve',
    key: `pin ${image.ref}`,
    request: ObjectValue.of([['image', imageValue(image)]]),
  };
}

function pinningOf(image: Image, answers: ReadonlyMap<string, Value>): Pinning {
  const { ref, invalid, digest } = image;
  if (invalid !== undefined) return { status: 'refused', reason: invalid };
  if (digest !== undefined) return { status: 'pinned', ref };
  const answer = answers.get(needOf(image).key);
  const found = answer === undefined ? undefined : textAt(answer, 'digest');
  if (answer !== undefined && evidenceStatus(answer) === 'found' && found !== undefined)
    return { status: 'pinned', ref: `${ref}@${found}` };
  const reason =
    (answer !== undefined && isObject(answer) && textAt(answer, 'reason')) || 'no answer could be had';
  const absent = answer !== undefined && evidenceStatus(answer) === 'absent';
  return { status: absent ? 'refused' : 'unavailable', reason };
}

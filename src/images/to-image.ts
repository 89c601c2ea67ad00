import { fromJson, type Json, ObjectBuilder, type ObjectValue } from '../values/index.ts';
import type { Image } from './image.ts';
import { InvalidReference } from './invalid-reference.ts';
import { forPull, parseNormalized } from './normalize.ts';
import { printReference, type Reference } from './reference.ts';

/** Where an image stands in what was submitted, and what is said of it there. */
export type ImagePlace = Pick<
  Image,
  | 'object'
  | 'container'
  | 'container_type'
  | 'path'
  | 'file'
  | 'line'
  | 'column'
  | 'pull_policy'
  | 'pull_secrets'
>;

/** The image that a reference names; `invalid` says why, and the parts are absent, where it names none. */
export function toImage(ref: string, place: ImagePlace = {}): Image {
  const reference = parseImageReference(ref);
  if (reference instanceof InvalidReference) return { ref, invalid: reference.message, ...place };
  const pulled = forPull(reference);
  const tag = reference.tag ?? pulled.tag;
  return {
    ref,
    name: printReference(pulled),
    registry: reference.domain,
    repository: reference.path,
    ...(tag !== undefined && { tag }),
    tag_explicit: reference.tag !== undefined,
    ...(reference.digest !== undefined && { digest: reference.digest }),
    ...place,
  };
}

/** The object that a policy sees of an image; what is absent is no key. */
export function imageValue(image: Image): ObjectValue {
  const builder = new ObjectBuilder();
  for (const [key, value] of Object.entries(image))
    if (value !== undefined) builder.set(key, fieldValue(value));
  return builder.build();
}

/** Characters of a whole reference; only a host's name could make one longer, and no host has such a name. */
const REFERENCE_LENGTH = 1_024;

/** What container runtimes look up among the images that a node holds: an ID, or how one begins. */
const LOCAL_ID = /^sha(?:256|384|512):[0-9a-f]+$/;

/** As `parseNormalized`; an image ID is refused, for it names what a node happens to hold. */
export function parseImageReference(ref: string): Reference | InvalidReference {
  if (ref === '') return new InvalidReference('name_empty');
  if (ref.length > REFERENCE_LENGTH) return new InvalidReference('too_long');
  if (LOCAL_ID.test(ref)) return new InvalidReference('digest_only');
  const reference = parseNormalized(ref);
  return reference instanceof InvalidReference ? explained(ref, reference) : reference;
}

/** The more telling reason where there is one. */
function explained(ref: string, reason: InvalidReference): InvalidReference {
  if (reason.code !== 'invalid_format' && reason.code !== 'name_uppercase') return reason;
  if (/[\p{Cc}\s]/u.test(ref)) return new InvalidReference('whitespace');
  if (/\P{ASCII}/u.test(ref)) return new InvalidReference('non_ascii');
  if (ref.includes('://')) return new InvalidReference('scheme');
  const at = ref.indexOf('@');
  return at !== -1 && ref.includes('/', at) ? new InvalidReference('user_info') : reason;
}

function fieldValue(value: NonNullable<Image[keyof Image]>) {
  if (typeof value !== 'object') return value;
  return fromJson(JSON.parse(JSON.stringify(value)) as Json);
}

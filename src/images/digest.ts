import { InvalidReference } from './invalid-reference.ts';

/** A digest algorithm of the OCI image specification and the hex digits of its sum. */
export type DigestAlgorithms = ReadonlyMap<string, number>;

/** What go-digest knows, and every registry client links. */
export const digestAlgorithms: DigestAlgorithms = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/** The characters that can stand for a digest inside a reference; looser than a digest. */
const REFERENCE_DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** A digest of any algorithm, as the OCI image specification writes it. */
const ANY_DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/;

const LOWER_HEX = /^[0-9a-f]*$/;

/**
 * The digest as it is, or why it is none: another algorithm, another length, digits that are not
 * lower-case hexadecimal. Follows go-digest's `Validate`.
 */
export function parseDigest(
  text: string,
  algorithms: DigestAlgorithms = digestAlgorithms,
): string | InvalidReference {
  const colon = text.indexOf(':');
  if (colon <= 0 || colon + 1 === text.length) return new InvalidReference('digest_invalid_format');
  const length = algorithms.get(text.slice(0, colon));
  if (length === undefined)
    return new InvalidReference(ANY_DIGEST.test(text) ? 'digest_unsupported' : 'digest_invalid_format');
  const encoded = text.slice(colon + 1);
  if (encoded.length !== length) return new InvalidReference('digest_invalid_length');
  return LOWER_HEX.test(encoded) ? text : new InvalidReference('digest_invalid_format');
}

/** Whether a text could follow the `@` of a reference; it may still be no digest. */
export function isReferenceDigest(text: string): boolean {
  return REFERENCE_DIGEST.test(text);
}

import { type DigestAlgorithms, digestAlgorithms, parseDigest } from './digest.ts';
import { InvalidReference } from './invalid-reference.ts';
import { isIdentifier, nameOf, parseReference, printReference, type Reference } from './reference.ts';

/** The registry that is meant where none is written. */
export const defaultDomain = 'docker.io';
/** The older name of the default registry. */
export const legacyDefaultDomain = 'index.docker.io';
/** Stands before the repositories of the default registry that have no namespace. */
export const officialPrefix = 'library/';

/**
 * The reference that a short form stands for: `nginx` is `docker.io/library/nginx`; no tag is added.
 * Follows distribution/reference's `ParseNormalizedNamed`.
 */
export function parseNormalized(
  text: string,
  algorithms: DigestAlgorithms = digestAlgorithms,
): Reference | InvalidReference {
  if (isIdentifier(text)) return new InvalidReference('identifier');
  const { domain, remainder } = splitDomain(text);
  const colon = remainder.indexOf(':');
  const remote = colon === -1 ? remainder : remainder.slice(0, colon);
  if (remote.toLowerCase() !== remote) return new InvalidReference('name_uppercase');
  return parseReference(`${domain}/${remainder}`, algorithms);
}

/** As `parseNormalized`, of a text that must be in its full form already: `docker.io/library/nginx`. */
export function parseCanonical(text: string): Reference | InvalidReference {
  const reference = parseNormalized(text);
  if (reference instanceof InvalidReference) return reference;
  return printReference(reference) === text ? reference : new InvalidReference('name_not_canonical');
}

/**
 * As containerd normalises for a pull: the tag is `latest` where neither tag nor digest is written, and
 * left out where a digest is. Follows distribution/reference's `ParseDockerRef`.
 */
export function parseForPull(text: string): Reference | InvalidReference {
  const reference = parseNormalized(text);
  return reference instanceof InvalidReference ? reference : forPull(reference);
}

/** The same of a reference that is normalised already. */
export function forPull(reference: Reference): Reference {
  const { domain, path, digest } = reference;
  return digest === undefined ? withDefaultTag(reference) : { domain, path, digest };
}

/** The tag `latest` where there is neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  const nameOnly = reference.tag === undefined && reference.digest === undefined;
  return nameOnly ? { ...reference, tag: 'latest' } : reference;
}

/** A normalised reference; or a digest alone, for an image ID too, which names no repository. */
export function parseAnyReference(text: string): Reference | { readonly digest: string } | InvalidReference {
  if (isIdentifier(text)) return { digest: `sha256:${text}` };
  const digest = parseDigest(text);
  return digest instanceof InvalidReference ? parseNormalized(text) : { digest };
}

/** The reference in its short form, as Docker shows it: `nginx` for `docker.io/library/nginx`. */
export function familiar(reference: Reference): Reference {
  if (reference.domain !== defaultDomain) return reference;
  const { path } = reference;
  const short = path.startsWith(officialPrefix) ? path.slice(officialPrefix.length) : path;
  return { ...reference, domain: '', path: short.includes('/') ? path : short };
}

export function familiarName(reference: Reference): string {
  return nameOf(familiar(reference));
}

/**
 * The registry that a text means and what stands below it. A first component is a registry where it has a
 * `.`, a `:` or an upper-case letter, or is `localhost`.
 */
function splitDomain(text: string): { domain: string; remainder: string } {
  const slash = text.indexOf('/');
  if (slash === -1) return { domain: defaultDomain, remainder: officialPrefix + text };
  const first = text.slice(0, slash);
  const isRegistry =
    first === 'localhost' || first.includes('.') || first.includes(':') || first.toLowerCase() !== first;
  if (!isRegistry) return { domain: defaultDomain, remainder: text };
  const domain = first === legacyDefaultDomain ? defaultDomain : first;
  const rest = text.slice(slash + 1);
  const official = domain === defaultDomain && !rest.includes('/');
  return { domain, remainder: official ? officialPrefix + rest : rest };
}

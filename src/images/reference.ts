import { type DigestAlgorithms, digestAlgorithms, isReferenceDigest, parseDigest } from './digest.ts';
import { InvalidReference } from './invalid-reference.ts';

/**
 * The parts of a reference: `name [":" tag] ["@" digest]`, `name = [domain "/"] path`.
 * `domain` is empty where the first component is part of the path. Follows distribution/reference.
 */
export interface Reference {
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Characters of a path; a domain has no limit of its own. */
const PATH_LENGTH = 255;

const HOST_LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const IPV6 = /^\[[a-fA-F0-9:]+\]$/;
const PORT = /^[0-9]+$/;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const IDENTIFIER = /^[a-f0-9]{64}$/;

/**
 * The parts of a text that has the form of a reference, or why it has not. Nothing is normalised:
 * `nginx` has no domain. Linear in the length of the text.
 */
export function parseReference(
  text: string,
  algorithms: DigestAlgorithms = digestAlgorithms,
): Reference | InvalidReference {
  if (text === '') return new InvalidReference('name_empty');
  const parts = splitReference(text);
  if (parts === undefined) {
    const lower = text.toLowerCase();
    const uppercase = lower !== text && splitReference(lower) !== undefined;
    return new InvalidReference(uppercase ? 'name_uppercase' : 'invalid_format');
  }
  if (parts.path.length > PATH_LENGTH) return new InvalidReference('name_too_long');
  if (parts.digest === undefined) return parts;
  const digest = parseDigest(parts.digest, algorithms);
  return digest instanceof InvalidReference ? digest : parts;
}

/** A name without tag or digest, or why it is none. */
export function parseName(name: string): Reference | InvalidReference {
  const parts = splitName(name);
  if (parts === undefined) return new InvalidReference('invalid_format');
  return parts.path.length > PATH_LENGTH ? new InvalidReference('name_too_long') : parts;
}

/** The reference with that tag in place of its own; its digest stays. */
export function withTag(reference: Reference, tag: string): Reference | InvalidReference {
  return isTag(tag) ? { ...reference, tag } : new InvalidReference('tag_invalid_format');
}

/** The reference with that digest in place of its own; its tag stays. Looks at the form of the digest alone. */
export function withDigest(reference: Reference, digest: string): Reference | InvalidReference {
  if (!isReferenceDigest(digest)) return new InvalidReference('reference_digest_invalid_format');
  return { ...reference, digest };
}

/** `domain/path`, without tag and digest. */
export function nameOf(reference: Reference): string {
  return reference.domain === '' ? reference.path : `${reference.domain}/${reference.path}`;
}

/** The whole reference as text. */
export function printReference(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return nameOf(reference) + tag + digest;
}

/** Whether the text is a host name or address with or without a port. */
export function isDomain(text: string): boolean {
  const colon = text.lastIndexOf(':');
  const hasPort = colon > text.lastIndexOf(']') && colon !== -1;
  if (hasPort && !PORT.test(text.slice(colon + 1))) return false;
  const host = hasPort ? text.slice(0, colon) : text;
  return host.startsWith('[') ? IPV6.test(host) : host.split('.').every(label => HOST_LABEL.test(label));
}

export function isPathComponent(text: string): boolean {
  return PATH_COMPONENT.test(text);
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** Whether the text is an image ID: the hexadecimal digits of a SHA-256 sum alone. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/**
 * Splits at what can stand at one place only: `@` begins the digest, a `:` after the last `/` the tag.
 * Undefined where a part has not the form that it must have.
 */
function splitReference(text: string): Reference | undefined {
  const at = text.indexOf('@');
  const digest = at === -1 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isReferenceDigest(digest)) return undefined;
  const named = at === -1 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  const tag = tagged ? named.slice(colon + 1) : undefined;
  if (tag !== undefined && !isTag(tag)) return undefined;
  const name = splitName(tagged ? named.slice(0, colon) : named);
  if (name === undefined) return undefined;
  return { ...name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** The first component is the domain wherever it can be one and something follows it. */
function splitName(name: string): Reference | undefined {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const rest = name.slice(slash + 1);
  if (slash !== -1 && isDomain(first)) return isPath(rest) ? { domain: first, path: rest } : undefined;
  return isPath(name) ? { domain: '', path: name } : undefined;
}

function isPath(text: string): boolean {
  return text.split('/').every(isPathComponent);
}

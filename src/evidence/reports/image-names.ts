import { InvalidReference, parseDigest, parseNormalized } from '../../images/index.ts';
import type { NamedImage } from './report.ts';

/** The digest that a text is, or that a reference in it ends with; undefined where there is none. */
export function digestOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const digest = text.slice(text.lastIndexOf('@') + 1);
  return parseDigest(digest) instanceof InvalidReference ? undefined : digest;
}

/** The digest of bare hexadecimal digits as well. */
export function digestOfHex(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{64}$/i.test(text) ? `sha256:${text.toLowerCase()}` : digestOf(text);
}

/** The image that names and digests say; a name with a digest says that too. */
export function namedImage(
  name: string | undefined,
  digests: readonly (string | undefined)[] = [],
  config?: string,
): NamedImage {
  const found = [...digests, name].map(digestOf).filter(digest => digest !== undefined);
  const configDigest = digestOf(config);
  return {
    ...(name !== undefined && { name }),
    digests: [...new Set(found)],
    ...(configDigest !== undefined && { config: configDigest }),
  };
}

/** Whether a text names the repository of an image: its registry and path, whatever tag or digest follows. */
export function isSameRepository(text: string, name: string): boolean {
  const [a, b] = [parseNormalized(text), parseNormalized(name)];
  if (a instanceof InvalidReference || b instanceof InvalidReference) return false;
  return a.domain === b.domain && a.path === b.path;
}

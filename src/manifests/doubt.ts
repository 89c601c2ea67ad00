import type { Branch } from './branch.ts';

/** What looks like an image, and why no extractor read it. */
export interface Doubt {
  readonly value: string;
  readonly reason: string;
}

/** Where a string stands that no extractor read. */
export interface Surroundings {
  /** The object or list that it is a member of. */
  readonly parent: Branch;
  readonly key: string;
  /** The nearest key above: that of the list where the string, or what it is a member of, is an item. */
  readonly within: string;
  /** Whether `parent` is the value of that key itself, and no item of a list. */
  readonly isDirect: boolean;
  readonly apiVersion: string | undefined;
}

/** No longer text is an image reference. */
export const longest = 512;
const notImages: ReadonlySet<string> = new Set(['Always', 'IfNotPresent', 'Never']);

/** Addresses of web pages and pictures are none. */
export function isPlausible(text: string): boolean {
  return (
    text.length <= longest &&
    /^[\w$<{(][^\s]*$/u.test(text) &&
    !/^(?:https?|git|ssh|file|s3):\/\//iu.test(text) &&
    !notImages.has(text)
  );
}

import { type Branch, textOf } from './branch.ts';

/** What looks like an image, and why no extractor read it. */
export interface Doubt {
  readonly value: string;
  readonly reason: string;
}

const imageKey = /image(?:_?name|_?ref(?:erence)?)?$/iu;
const imageVariable = /(?:^|_)IMAGE(?:_|$)/u;
/** No longer text is an image reference. */
const longest = 512;
const notImages: ReadonlySet<string> = new Set(['Always', 'IfNotPresent', 'Never']);

/**
 * What is to be doubted about a string that no extractor read. `within` is the nearest key above:
 * the key of the list where the string is an item.
 */
export function doubtOf(parent: Branch, key: string, text: string, within: string): Doubt | undefined {
  if (parent.keys === undefined) return doubtOfArgument(text, within);
  if (text.length > longest) return doubtOfText(key, text);
  if (imageKey.test(key)) {
    const isRbdDisk = within === 'rbd' && key === 'image';
    return !isRbdDisk && isPlausible(text)
      ? { value: text, reason: 'no extractor reads this field' }
      : undefined;
  }
  if (key === 'newName' && within === 'images')
    return { value: text, reason: 'a kustomization puts this name in place of another: send what it builds' };
  if (key === 'value') return doubtOfVariable(parent, text);
  return doubtOfText(key, text);
}

/** An image whose parts are fields of their own, as in the values of a chart. */
export function doubtOfParts(branch: Branch): Doubt | undefined {
  const repository = textOf(branch.get('repository'));
  if (repository === undefined || !isPlausible(repository) || repository.includes('://')) return undefined;
  const tag = branch.get('tag');
  const digest = textOf(branch.get('digest'));
  if (tag === undefined && digest === undefined) return undefined;
  const registry = textOf(branch.get('registry'));
  const name = registry ? `${registry}/${repository}` : repository;
  const tagged = isScalarTag(tag) ? `${name}:${tag}` : name;
  return {
    value: digest ? `${tagged}@${digest}` : tagged,
    reason: 'its parts stand in fields of their own, and only what reads them knows what they make',
  };
}

function isScalarTag(tag: unknown): tag is string | number {
  return typeof tag === 'number' || (typeof tag === 'string' && tag !== '');
}

function doubtOfArgument(text: string, within: string): Doubt | undefined {
  if (within !== 'args' && within !== 'command' && within !== 'entrypoint') return undefined;
  const equals = text.indexOf('=');
  const isFlag = equals !== -1 && text.startsWith('-') && /image/iu.test(text.slice(0, equals));
  const value = isFlag ? text.slice(equals + 1) : undefined;
  return value !== undefined && isPlausible(value)
    ? { value, reason: 'an argument that names an image to the program' }
    : undefined;
}

function doubtOfVariable(parent: Branch, text: string): Doubt | undefined {
  const name = textOf(parent.get('name'));
  if (name === undefined || !imageVariable.test(name) || !/[/:]/u.test(text) || !isPlausible(text))
    return undefined;
  return { value: text, reason: 'an environment variable that names an image to the program' };
}

/** Manifests that are written as text inside another. */
function doubtOfText(key: string, text: string): Doubt | undefined {
  const embeds = key === 'podSpecPatch' || key === 'manifest';
  if (!embeds || !text.includes('image')) return undefined;
  return { value: text.slice(0, longest), reason: 'a manifest written as text, which may name images' };
}

function isPlausible(text: string): boolean {
  return text.length <= longest && /^[\w$<{(][^\s]*$/u.test(text) && !notImages.has(text);
}

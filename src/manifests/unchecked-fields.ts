import { type Branch, textOf } from './branch.ts';
import { type Doubt, isPlausible, longest, type Surroundings } from './doubt.ts';
import { doubtOfArgument, doubtOfParameter, doubtOfText } from './unchecked-text.ts';

const imageKey = /image(?:[_-]?(?:name|ref(?:erence)?|ur[il]|repo(?:sitory)?))?$/iu;
const imagesKey = /images$/iu;
const imageOrImages = /images?$/iu;
/** In an object called `image`: what may be the whole of a reference. */
const partKeys: ReadonlySet<string> = new Set([
  'name',
  'ref',
  'reference',
  'url',
  'uri',
  'repo',
  'path',
  'source',
]);
/** In an object called `images`: what is no reference. */
const partsOnly = /^(?:registry|repository|tag|version|digest|.*polic(?:y|ies)|.*secrets?)$/iu;
const containerLists: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers']);
/** Where Tekton names what it runs. */
const taskReferences: ReadonlySet<string> = new Set(['taskRef', 'pipelineRef', 'ref']);
const unread = 'no extractor reads this field';

/** What is to be doubted about a string that no extractor read. */
export function doubtOf(text: string, at: Surroundings): Doubt | undefined {
  const { parent, key, within } = at;
  if (parent.keys === undefined)
    return imageOrImages.test(within) && !isConstraint(at)
      ? plausible(text, unread)
      : doubtOfArgument(text, within);
  if (text.length > longest) return doubtOfText(text, at);
  if (imageKey.test(key)) return within === 'rbd' && key === 'image' ? undefined : plausible(text, unread);
  if (key === 'newName' && within === 'images')
    return { value: text, reason: 'a kustomization puts this name in place of another: send what it builds' };
  if (key === 'bundle' && taskReferences.has(within))
    return plausible(text, 'a bundle of tasks is pulled from a registry, and its steps are not here');
  if (isPart(at)) return plausible(text, unread);
  return key === 'value' ? doubtOfParameter(parent, text) : doubtOfText(text, at);
}

/** Its lists, `exemptImages` and the like, are patterns. */
function isConstraint({ apiVersion }: Surroundings): boolean {
  return apiVersion?.startsWith('constraints.gatekeeper.sh/') === true;
}

/** `image: {name: …}`, `images: {web: …}` and `images: [{name: …}]` but for what a kustomization replaces. */
function isPart({ parent, key, within, isDirect }: Surroundings): boolean {
  if (imagesKey.test(within)) {
    if (isDirect) return !partsOnly.test(key);
    return key === 'name' && !['newName', 'newTag', 'digest'].some(part => parent.get(part) !== undefined);
  }
  return isDirect && imageKey.test(within) && partKeys.has(key);
}

/** An image whose parts are fields of their own, as in the values of a chart. */
export function doubtOfParts(branch: Branch, within: string): Doubt | undefined {
  const repository = textOf(branch.get('repository'));
  if (repository === undefined || !isPlausible(repository)) return undefined;
  const tag = branch.get('tag');
  const digest = textOf(branch.get('digest'));
  const registry = textOf(branch.get('registry'));
  if (tag === undefined && digest === undefined && registry === undefined && !imageOrImages.test(within))
    return undefined;
  const name = registry ? `${registry}/${repository}` : repository;
  const tagged = isScalarTag(tag) ? `${name}:${tag}` : name;
  return {
    value: digest ? `${tagged}@${digest}` : tagged,
    reason: 'its parts stand in fields of their own, and only what reads them knows what they make',
  };
}

/** A container that names no image, whether something else gives it one or its key is misspelt. */
export function doubtOfContainer(branch: Branch, list: string): Doubt | undefined {
  if (!containerLists.has(list) || branch.keys === undefined || (branch.get('image') ?? null) !== null)
    return undefined;
  const name = textOf(branch.get('name')) ?? '';
  return {
    value: name,
    reason: name === '' ? 'a container names no image' : `container ${name} names no image`,
  };
}

function isScalarTag(tag: unknown): tag is string | number {
  return typeof tag === 'number' || (typeof tag === 'string' && tag !== '');
}

function plausible(text: string, reason: string): Doubt | undefined {
  return isPlausible(text) ? { value: text, reason } : undefined;
}

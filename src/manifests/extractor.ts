import type { ContainerType } from '../images/index.ts';
import { isArray, isObject, type ObjectValue, type Value } from '../values/index.ts';

/** Says where the objects of some kinds name images. */
export interface Extractor {
  /** `GROUP/VERSION`, `*` for any run of characters; absent for every one. */
  readonly apiVersion?: string;
  /** Absent for every kind. */
  readonly kinds?: readonly string[];
  /** Keys with dots between, from the object's root; `*` is any one key or index, `**` any number of them. */
  readonly paths: readonly string[];
  readonly container_type: ContainerType;
}

/** The types that an extractor may give. */
const containerTypes: ReadonlySet<string> = new Set<ContainerType>([
  'container',
  'init',
  'ephemeral',
  'volume',
  'service',
  'stage',
  'copy',
  'step',
  'sidecar',
  'field',
]);

/**
 * The extractors of a policy's data: a list of `{apiVersion, kind, paths, container_type}`, all but
 * `paths` optional, `kind` a name or a list of them. Gives a sentence where the value is no such list.
 */
export function readExtractors(value: Value): readonly Extractor[] | string {
  if (!isArray(value)) return 'extractors must be a list';
  const extractors: Extractor[] = [];
  for (const item of value) {
    const extractor = isObject(item) ? readExtractor(item) : 'an extractor must be an object';
    if (typeof extractor === 'string') return extractor;
    extractors.push(extractor);
  }
  return extractors;
}

function readExtractor(item: ObjectValue): Extractor | string {
  const apiVersion = item.get('apiVersion');
  const kind = item.get('kind');
  const kinds = typeof kind === 'string' ? [kind] : kind;
  const type = item.get('container_type') ?? 'field';
  const paths = item.get('paths');
  if (apiVersion !== undefined && typeof apiVersion !== 'string') return 'apiVersion must be a string';
  if (kinds !== undefined && !areStrings(kinds)) return 'kind must be a string or a list of strings';
  if (paths === undefined || !areStrings(paths) || paths.some(path => path === ''))
    return 'paths must be a list of dotted paths';
  if (typeof type !== 'string' || !containerTypes.has(type))
    return `container_type must be one of ${[...containerTypes].join(', ')}`;
  return {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kinds !== undefined && { kinds }),
    paths,
    container_type: type as ContainerType,
  };
}

function areStrings(value: Value): value is readonly string[] {
  return isArray(value) && value.every(item => typeof item === 'string');
}

/** Whether an extractor speaks of objects of this kind. */
export function speaksOf(extractor: Extractor, apiVersion: string, kind: string): boolean {
  if (extractor.kinds !== undefined && !extractor.kinds.includes(kind)) return false;
  return extractor.apiVersion === undefined || matchesStars(extractor.apiVersion, apiVersion);
}

/** Whether a text matches a pattern in which `*` is any run of characters. */
function matchesStars(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

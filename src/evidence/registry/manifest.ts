import {
  findDuplicateKey,
  isArray,
  isObject,
  type ObjectValue,
  parseJson,
  type Value,
} from '../../values/index.ts';
import { textAt } from '../json-field.ts';
import { refuse } from '../look-up-error.ts';
import { isDigest } from './content-digest.ts';
import { manifestFields, refuseOtherCase } from './known-fields.ts';
import { type Platform, readPlatform } from './platform.ts';

/** What a manifest says of a piece of content; OCI image specification, "Descriptor". */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly artifactType?: string;
  readonly annotations: ReadonlyMap<string, string>;
  readonly platform?: Platform;
}

/** The manifest of an image or another artefact, or an index of manifests. */
export interface Manifest {
  readonly kind: 'image' | 'index';
  readonly digest: string;
  /** As they were answered. */
  readonly bytes: Uint8Array;
  readonly document: ObjectValue;
  readonly annotations: ReadonlyMap<string, string>;
  /** Where it names none, the media type of its configuration. */
  readonly artifactType?: string;
  /** The digest of what it is about. */
  readonly subject?: string;
  /** Of an image. */
  readonly config?: Descriptor;
  readonly layers: readonly Descriptor[];
  /** Of an index. */
  readonly manifests: readonly Descriptor[];
}

/** By media type: those of OCI and of Docker. */
const kinds: ReadonlyMap<string, Manifest['kind']> = new Map([
  ['application/vnd.oci.image.manifest.v1+json', 'image'],
  ['application/vnd.oci.image.index.v1+json', 'index'],
  ['application/vnd.docker.distribution.manifest.v2+json', 'image'],
  ['application/vnd.docker.distribution.manifest.list.v2+json', 'index'],
]);

/** All that can be read, for `Accept`. */
export const manifestTypes: string = [...kinds.keys()].join(', ');

/**
 * The manifest in bytes that have the digest. Throws a LookUpError where it is none. What it is, is said in
 * the bytes; the header that came with them counts only where they do not say, and where both speak they
 * must agree, lest two readers see two things in the same bytes.
 */
export function readManifest(bytes: Uint8Array, digest: string, contentType: string | null): Manifest {
  const document = parseDocument(bytes, 'the manifest');
  refuseOtherCase(document, manifestFields, 'the manifest');
  const kind = kindOf(document, contentType);
  if (document.has('manifests') && (document.has('layers') || document.has('config')))
    refuse('the manifest is both of an image and an index');
  const subject = document.get('subject');
  const given = document.get('config');
  const config = given === undefined ? undefined : toDescriptor(given);
  const artifactType = textAt(document, 'artifactType') ?? config?.mediaType;
  if (kind === 'image' && config === undefined) refuse('the manifest has no config');
  return {
    kind,
    digest,
    bytes,
    document,
    annotations: annotationsOf(document),
    ...(artifactType !== undefined && { artifactType }),
    ...(subject !== undefined && { subject: toDescriptor(subject).digest }),
    ...(config !== undefined && { config }),
    layers: descriptorsAt(document, 'layers', kind === 'image'),
    manifests: descriptorsAt(document, 'manifests', kind === 'index'),
  };
}

/**
 * The object in the bytes of a JSON document. Throws a LookUpError where there is none, or where a key stands
 * twice in one object, for readers differ in which one counts.
 */
export function parseDocument(bytes: Uint8Array, what: string): ObjectValue {
  let value: Value;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = parseJson(text);
  } catch {
    return refuse(`${what} is not JSON`);
  }
  const twice = findDuplicateKey(text);
  if (twice !== undefined) refuse(`${what} has a key twice in one object: ${JSON.stringify(twice.key)}`);
  return isObject(value) ? value : refuse(`${what} is no JSON object`);
}

function kindOf(document: ObjectValue, contentType: string | null): Manifest['kind'] {
  const header = kinds.get((contentType ?? '').split(';')[0]!.trim().toLowerCase());
  const type = document.get('mediaType');
  const stated = typeof type === 'string' ? kinds.get(type) : undefined;
  if (type !== undefined && stated === undefined) refuse('the manifest is of a type that is not known');
  if (header !== undefined && stated !== undefined && header !== stated)
    refuse('the registry says another type of the manifest than the manifest does');
  return stated ?? header ?? refuse('the manifest is of a type that is not known');
}

function descriptorsAt(document: ObjectValue, key: string, wanted: boolean): readonly Descriptor[] {
  const list = document.get(key) ?? (wanted ? undefined : []);
  if (list === undefined || !isArray(list)) return refuse(`the manifest has no ${key}`);
  return list.map(toDescriptor);
}

function toDescriptor(value: Value): Descriptor {
  if (!isObject(value)) return refuse('the manifest has a descriptor that is no object');
  refuseOtherCase(value, manifestFields, 'the manifest');
  const [mediaType, digest, size] = [value.get('mediaType'), value.get('digest'), value.get('size')];
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || !isDigest(digest))
    return refuse('the manifest has a descriptor without media type or digest');
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    return refuse('the manifest has a descriptor without a size');
  const artifactType = textAt(value, 'artifactType');
  const platform = readPlatform(value.get('platform'));
  return {
    mediaType,
    digest,
    size,
    ...(artifactType !== undefined && { artifactType }),
    annotations: annotationsOf(value),
    ...(platform !== undefined && { platform }),
  };
}

function annotationsOf(value: ObjectValue): ReadonlyMap<string, string> {
  const annotations = value.get('annotations');
  if (annotations === undefined || !isObject(annotations)) return new Map();
  const entries = annotations.entries();
  return new Map(
    [...entries].filter((entry): entry is [string, string] => entry.every(part => typeof part === 'string')),
  );
}

import { isArray, isNumber, isObject, type ObjectValue, parseJson, type Value } from '../../values/index.ts';
import { ArchiveError } from './tar.ts';

/** What the `.manifest` of a bundle says of it. */
export interface BundleManifest {
  readonly revision?: string;
  /** The paths below `data` that the bundle owns; all of them where absent. */
  readonly roots?: readonly string[];
  readonly entrypoint?: string;
  readonly regoVersion: RegoVersion;
  /** Where single files are of another edition: patterns of paths, in which `*` stands inside a part. */
  readonly fileVersions: readonly (readonly [pattern: string, version: RegoVersion])[];
}

/** What OPA is asked for of an exported policy; such a bundle says so in its metadata. */
export const ENTRYPOINT = 'pratique/verdict';

export type RegoVersion = 'v0' | 'v1';

/** The manifest of a text; throws an ArchiveError where it is none, or asks for what cannot be done here. */
export function readManifest(text: string): BundleManifest {
  const manifest = objectOf(text);
  const wasm = manifest.get('wasm');
  if (wasm !== undefined && isArray(wasm) && wasm.length > 0)
    throw new ArchiveError('.manifest: rules in WebAssembly are not run here');
  const revision = manifest.get('revision');
  const roots = manifest.get('roots');
  if (roots !== undefined && !(isArray(roots) && roots.every(root => typeof root === 'string')))
    throw new ArchiveError('.manifest: roots must be a list of paths');
  return {
    ...(typeof revision === 'string' && revision !== '' && { revision }),
    ...(roots !== undefined && { roots: (roots as readonly string[]).map(trimSlashes) }),
    ...entrypointOf(manifest.get('metadata')),
    regoVersion: readVersion(manifest.get('rego_version') ?? 1),
    fileVersions: fileVersionsOf(manifest.get('file_rego_versions')),
  };
}

/** The edition of Rego that a file of the bundle is of; `path` has no leading `/`. */
export function versionOf({ regoVersion, fileVersions }: BundleManifest, path: string): RegoVersion {
  const fitting = fileVersions.find(([pattern]) => matchesPath(trimSlashes(pattern), path));
  return fitting?.[1] ?? regoVersion;
}

/** Whether a path below `data` lies inside the roots. */
export function ownsPath({ roots }: Pick<BundleManifest, 'roots'>, path: readonly string[]): boolean {
  if (roots === undefined) return true;
  return roots.some(root => {
    const parts = root === '' ? [] : root.split('/');
    return parts.every((part, i) => path[i] === part);
  });
}

function objectOf(text: string): ObjectValue {
  let value: Value | undefined;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new ArchiveError(`.manifest: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isObject(value)) return value;
  throw new ArchiveError('.manifest: expected an object');
}

function entrypointOf(metadata: Value | undefined): Pick<BundleManifest, 'entrypoint'> {
  const entrypoint = metadata !== undefined && isObject(metadata) ? metadata.get('entrypoint') : undefined;
  return typeof entrypoint === 'string' ? { entrypoint } : {};
}

function fileVersionsOf(value: Value | undefined): BundleManifest['fileVersions'] {
  if (value === undefined) return [];
  if (!isObject(value)) throw new ArchiveError('.manifest: file_rego_versions must be an object');
  return [...value.entries()].map(([pattern, version]) => [String(pattern), readVersion(version)] as const);
}

function readVersion(value: Value): RegoVersion {
  if (isNumber(value) && (value === 0 || value === 1)) return value === 0 ? 'v0' : 'v1';
  throw new ArchiveError('.manifest: an edition of Rego is 0 or 1');
}

function matchesPath(pattern: string, path: string): boolean {
  const [parts, names] = [pattern.split('/'), path.split('/')];
  return parts.length === names.length && parts.every((part, i) => matchesPart(part, names[i]!));
}

/** `*` is any run of characters of the name. */
function matchesPart(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  if (others.length === 0) return pattern === name;
  let rest = name;
  if (!rest.startsWith(first)) return false;
  rest = rest.slice(first.length);
  const last = others.pop()!;
  for (const part of others) {
    const at = rest.indexOf(part);
    if (at === -1) return false;
    rest = rest.slice(at + part.length);
  }
  return rest.endsWith(last);
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/gu, '');
}

import { limits } from '../../base/index.ts';
import { isObject, type ObjectValue, stringify } from '../../values/index.ts';
import type { ExportedPolicy } from './export.ts';
import { gzip } from './gzip.ts';
import { ENTRYPOINT } from './manifest.ts';
import { canonicalJson, MANIFEST, type SigningKey, signFiles } from './signature.ts';
import { ArchiveError, type ArchiveFile, writeTar } from './tar.ts';

export interface BuildBundleOptions {
  /** What OPA shows as the revision of the bundle: the digest of the version. */
  readonly revision: string;
  /** Whatever else the manifest says. */
  readonly metadata?: Readonly<Record<string, string | number>>;
  /** Without one the bundle is not signed. */
  readonly key?: SigningKey;
}

/**
 * An exported policy with its data as an OPA bundle: `.tar.gz` with `.manifest`, and `.signatures.json` where there is a
 * key. The same bytes for the same policy on one platform, but for the signature.
 */
export async function buildBundle(
  policy: ExportedPolicy,
  data: ObjectValue,
  { revision, metadata = {}, key }: BuildBundleOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = [
    ...policy.modules.map(({ path, text }) => file(path, text)),
    file('data.json', canonicalJson(stringify(data))),
    file(MANIFEST, manifestText(policy, data, { revision, metadata })),
  ];
  const length = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (length > limits.bodyBytes)
    throw new ArchiveError(`the bundle holds more than ${limits.bodyBytes} bytes`);
  const signed = key === undefined ? files : [...files, await signFiles(files, key)];
  // OPA finds the edition of Rego of a file by its path with a leading `/`, as it writes it itself.
  return gzip(writeTar(signed.map(({ path, bytes }) => ({ path: `/${path}`, bytes }))));
}

function manifestText(
  { modules, packages }: ExportedPolicy,
  data: ObjectValue,
  { revision, metadata }: Required<Omit<BuildBundleOptions, 'key'>>,
): string {
  const older = modules.filter(({ version }) => version === 'v0');
  return canonicalJson(
    JSON.stringify({
      revision,
      roots: rootsOf([...packages, ...dataPaths(data)]),
      rego_version: 1,
      ...(older.length > 0 && {
        file_rego_versions: Object.fromEntries(older.map(({ path }) => [`/${path}`, 0])),
      }),
      metadata: { ...metadata, entrypoint: ENTRYPOINT },
    }),
  );
}

/** The least paths that cover all of them: none lies below another. A key with a `/` in it can be no part of one. */
function rootsOf(paths: readonly (readonly string[])[]): readonly string[] {
  if (paths.flat().some(part => part.includes('/'))) return [''];
  const texts = [...new Set(paths.map(path => path.join('/')))].sort();
  return texts.filter(text => !texts.some(other => other !== text && `${text}/`.startsWith(`${other}/`)));
}

/** The paths of what is no object, two levels down at most: `parameters`, `acme/registries`. */
function dataPaths(data: ObjectValue): readonly (readonly string[])[] {
  return [...data.entries()].flatMap(([key, value]) =>
    isObject(value) && value.size > 0 && key !== 'parameters'
      ? value.keys().map(inner => [String(key), String(inner)])
      : [[String(key)]],
  );
}

function file(path: string, text: string): ArchiveFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

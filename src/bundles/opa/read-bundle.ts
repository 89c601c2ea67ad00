import { parseModule } from '../../../grammar/index.ts';
import { type Diagnostic, limits, SourceFile } from '../../base/index.ts';
import { isObject, type Value } from '../../values/index.ts';
import { isPolicyPart, type TextFile } from '../read-policy.ts';
import { readValue } from '../value-file.ts';
import { gunzip } from './gzip.ts';
import {
  type BundleManifest,
  ENTRYPOINT,
  ownsPath,
  type RegoVersion,
  readManifest,
  versionOf,
} from './manifest.ts';
import { MANIFEST, type VerificationKey, verifyFiles } from './signature.ts';
import { ArchiveError, type ArchiveFile, readTar } from './tar.ts';

export interface ReadBundleOptions {
  /** How the bundle is called in diagnostics. */
  readonly name?: string;
  /** Where given, the bundle must carry a signature of one of them. */
  readonly keys?: readonly VerificationKey[];
  readonly scope?: string;
  /** Take also what `buildBundle` made: rules that were exported, which are no source of a policy. */
  readonly exported?: true;
}

/** What of a bundle makes a policy. */
export interface PolicyBundle {
  /** Rules, tests, data and policy.yaml, by their paths inside the bundle. */
  readonly files: readonly TextFile[];
  readonly regoVersion: RegoVersion;
  readonly revision?: string;
}

/** Bytes of all files of a bundle. */
const BUNDLE_BYTES = 3 * limits.bodyBytes;

/**
 * The files of an OPA bundle, or of any other `.tar.gz` of a policy's folder; no bundle where a diagnostic is an error. Refused is
 * what would not mean here what it means to OPA: rules in WebAssembly, a delta, rules or data outside of the roots,
 * two editions of Rego in one bundle.
 */
export async function readBundle(
  bytes: Uint8Array<ArrayBuffer>,
  options: ReadBundleOptions = {},
): Promise<{ readonly bundle?: PolicyBundle; readonly diagnostics: readonly Diagnostic[] }> {
  const { name = 'bundle.tar.gz' } = options;
  try {
    const files = readTar(await gunzip(bytes, BUNDLE_BYTES));
    if (options.keys !== undefined) await verifyFiles(files, options.keys, options.scope);
    return { bundle: policyOf(files, options.exported === true), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { diagnostics: [bundleProblem(name, error.message)] };
  }
}

function policyOf(files: readonly ArchiveFile[], exported: boolean): PolicyBundle {
  const manifestFile = files.find(({ path }) => path === MANIFEST);
  const manifest = readManifest(manifestFile === undefined ? '{}' : textOf(manifestFile));
  if (manifest.entrypoint === ENTRYPOINT && !exported)
    throw new ArchiveError('it was exported from Pratique: use the files that it was made of');
  refuseForeign(files);
  const parts = files
    .filter(({ path }) => isPolicyPart(path, true))
    .map(file => ({ path: file.path, text: textOf(file) }));
  if (parts.length === 0) throw new ArchiveError('it holds no rules and no data');
  for (const part of parts) checkRoots(part, manifest);
  for (const part of parts.filter(({ path }) => /_test\.rego$/u.test(path))) refuseDeciding(part, manifest);
  const { revision } = manifest;
  const regoVersion = oneVersion(parts, manifest);
  return { files: withVersion(parts, regoVersion), regoVersion, ...(revision && { revision }) };
}

function refuseForeign(files: readonly ArchiveFile[]): void {
  const names = new Set(files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  if (names.has('patch.json')) throw new ArchiveError('it is a delta, which needs what it changes');
  const compiled = ['policy.wasm', 'plan.json'].find(name => names.has(name));
  const hasRules = [...names].some(name => name.endsWith('.rego'));
  if (compiled !== undefined && !hasRules)
    throw new ArchiveError(`its rules are in ${compiled}, and are needed as Rego`);
}

/** What is outside of the roots is refused by OPA too. */
function checkRoots({ path, text }: TextFile, manifest: BundleManifest): void {
  const paths = path.endsWith('.rego') ? packagePath(path, text, manifest) : dataPaths(path, text);
  const outside = paths.find(each => !ownsPath(manifest, each));
  if (outside !== undefined)
    throw new ArchiveError(
      `${path} stands outside of the roots of the bundle: data.${outside.join('.')} is in none of ${manifest.roots!.join(', ')}`,
    );
}

const deciding = /^(?:deny|violation|warn|allow)(?:_|$)/u;

/** OPA loads tests with the rest: a rule in one that decides there would be lost here. */
function refuseDeciding({ path, text }: TextFile, manifest: BundleManifest): void {
  const { module } = parseModule(text, { version: versionOf(manifest, path), dialect: 'rego' });
  for (const item of module?.items ?? []) {
    if (item.kind !== 'rule' || !deciding.test(item.head.ref.name.text)) continue;
    throw new ArchiveError(
      `${path} has the rule ${item.head.ref.name.text}, and tests do not decide here: move it to another file`,
    );
  }
}

/** None where the text does not parse, which is said where it is compiled. */
function packagePath(path: string, text: string, manifest: BundleManifest): readonly (readonly string[])[] {
  const { module } = parseModule(text, { version: versionOf(manifest, path), dialect: 'rego' });
  return module === undefined ? [] : [module.package.path];
}

function dataPaths(path: string, text: string): readonly (readonly string[])[] {
  if (!/(?:^|\/)data\.(?:json|ya?ml)$/u.test(path)) return [];
  const value = readValue(new SourceFile(path, text), []);
  return value === undefined ? [] : leaves(value, path.split('/').slice(0, -1));
}

/** The paths of what is no object; an empty one takes no place. */
function leaves(value: Value, path: readonly string[]): readonly (readonly string[])[] {
  if (!isObject(value)) return [path];
  return [...value.entries()].flatMap(([key, inner]) => leaves(inner, [...path, String(key)]));
}

function oneVersion(files: readonly TextFile[], manifest: BundleManifest): RegoVersion {
  const rules = files.filter(({ path }) => path.endsWith('.rego'));
  const versions = new Set(rules.map(({ path }) => versionOf(manifest, path)));
  if (versions.size > 1) throw new ArchiveError('it holds Rego v0 and v1, of which a policy is one');
  return [...versions][0] ?? manifest.regoVersion;
}

/** The files say themselves that they are of the older edition, which a manifest does not travel with. */
function withVersion(files: readonly TextFile[], version: RegoVersion): readonly TextFile[] {
  if (version === 'v1' || files.some(({ path }) => /^policy\.ya?ml$/u.test(path))) return files;
  return [...files, { path: 'policy.yaml', text: 'rego: v0\n' }];
}

function textOf({ path, bytes }: ArchiveFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ArchiveError(`${path} is not UTF-8`);
  }
}

function bundleProblem(name: string, message: string): Diagnostic {
  return {
    code: 'bundle_error',
    severity: 'error',
    message: `the bundle cannot be used: ${message}`,
    source: new SourceFile(name, ''),
    span: { start: 0, end: 0 },
    hint: 'a bundle is a .tar.gz of .rego, .policy and data.json files, as opa build makes it',
  };
}

import { type Diagnostic, SourceFile } from '../../base/index.ts';
import { sha256 } from '../../decide/index.ts';
import { compareStrings } from '../../values/index.ts';
import { type PolicySet, readPolicySet } from '../policy-set.ts';
import type { TextFile } from '../read-policy.ts';

/** A version of a policy as others stand on it. */
export interface Layer {
  readonly org: string;
  readonly policy: string;
  /** Absent where it is not published yet. */
  readonly number?: number;
  readonly digest: string;
  readonly files: readonly TextFile[];
  /** Names of the layers that it extends itself: `acme/baseline`. */
  readonly bases: readonly string[];
}

/** `acme/baseline` */
export function layerName({ org, policy }: Pick<Layer, 'org' | 'policy'>): string {
  return `${org}/${policy}`;
}

/** `acme/baseline@7`; the name alone where it is not published. */
export function layerLabel(layer: Pick<Layer, 'org' | 'policy' | 'number'>): string {
  return layer.number === undefined ? layerName(layer) : `${layerName(layer)}@${layer.number}`;
}

/** What stands before the paths of its files where they are shown: nothing where it is not published. */
export function layerPrefix(layer: Layer): string {
  return layer.number === undefined ? '' : `${layerLabel(layer)}/`;
}

/** `sha256:…` of the files of a version, tests too, in whatever order they come. */
export function versionDigest(files: readonly TextFile[]): string {
  const sorted = files
    .map(({ path, text }) => [path, text] as const)
    .sort(([a], [b]) => compareStrings(a, b));
  return `sha256:${sha256(JSON.stringify(['pratique version', sorted]))}`;
}

/** The `policy.yaml` among files, as the place of what is wrong with layers too. */
export function setSource(files: readonly TextFile[], prefix = ''): SourceFile | undefined {
  const file = files.find(({ path }) => path === 'policy.yaml' || path === 'policy.yml');
  return file && new SourceFile(prefix + file.path, file.text);
}

/** What the `policy.yaml` among files says; undefined where there is none, or it cannot be read. */
export function policySetOf(files: readonly TextFile[]): PolicySet | undefined {
  const source = setSource(files);
  return source && readPolicySet(source, []);
}

/** What is wrong with how layers stand on one another. */
export function layerProblem(source: SourceFile, message: string, hint?: string): Diagnostic {
  const at = source.text.search(/^extends\b/mu);
  const span = at === -1 ? { start: 0, end: 0 } : { start: at, end: at + 'extends'.length };
  return {
    ...{ code: 'layer_error', severity: 'error', message, source, span },
    ...(hint !== undefined && { hint }),
  };
}

import { parseModule, type Span } from '../../../grammar/index.ts';
import type { Diagnostic, SourceFile } from '../../base/index.ts';
import type { PolicyFile } from '../../language/index.ts';
import type { ObjectValue } from '../../values/index.ts';
import { declaredParameters, type ParameterDeclaration, parameterDeclarations } from '../parameters.ts';
import type { PolicySet } from '../policy-set.ts';
import { PolicyReader, type ReadPolicyOptions } from '../read-policy.ts';
import { type Layer, layerLabel, layerPrefix, policySetOf } from './layer.ts';

/** What one layer brings. */
export interface LayerContent {
  readonly layer: Layer;
  /** `acme/baseline@7` */
  readonly label: string;
  readonly set?: PolicySet;
  /** Its own, and those of the library that it is the first to join. */
  readonly files: readonly PolicyFile[];
  /** Of its own files that can be parsed. */
  readonly packages: readonly LayerPackage[];
  readonly data: ObjectValue;
  /** Of data, by the key at the root. */
  readonly sources: ReadonlyMap<unknown, SourceFile>;
  readonly hosts: readonly string[];
  /** By name, as METADATA of its files declare them, those of the library too. */
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly lockable: Lockable;
  readonly problems: readonly Diagnostic[];
}

/** What a layer may lock: its own, and what it joins of the library, also where a layer below has joined that before. */
export interface Lockable {
  /** Paths of files. */
  readonly files: ReadonlySet<string>;
  /** Names of parameters that these declare. */
  readonly parameters: ReadonlySet<string>;
}

export interface LayerPackage {
  readonly path: readonly string[];
  readonly source: SourceFile;
  readonly span: Span;
}

/** Reads a layer. `known` are the folders of the library that other layers have joined already. */
export function readLayer(layer: Layer, options: ReadPolicyOptions, known: Set<string>): LayerContent {
  const reader = new PolicyReader({ ...options, layered: true }, known);
  const prefix = layerPrefix(layer);
  const set = policySetOf(layer.files);
  reader.folder(layer.files, prefix, prefix);
  const own = new Set(layer.files.map(({ path }) => prefix + path));
  return {
    layer,
    label: layerLabel(layer),
    ...(set !== undefined && { set }),
    files: reader.files,
    packages: reader.files.filter(({ source }) => own.has(source.path)).flatMap(packageOf),
    data: reader.data.value,
    sources: reader.data.sources,
    hosts: [...reader.hosts],
    parameters: new Map(
      reader.files.flatMap(({ source }) => parameterDeclarations(source.path, source.text)),
    ),
    lockable: lockableIn(layer, options),
    problems: reader.data.problems,
  };
}

function lockableIn(layer: Layer, options: ReadPolicyOptions): Lockable {
  const reader = new PolicyReader({ ...options, layered: true });
  const prefix = layerPrefix(layer);
  reader.folder(layer.files, prefix, prefix);
  const sources = reader.files.map(({ source }) => source);
  return {
    files: new Set(sources.map(({ path }) => path)),
    parameters: new Set(sources.flatMap(({ path, text }) => declaredParameters(path, text))),
  };
}

function packageOf({ source, version = 'v1', dialect = 'rego' }: PolicyFile): readonly LayerPackage[] {
  const { module } = parseModule(source.text, { version, dialect });
  if (module === undefined) return [];
  const { path, span } = module.package;
  return [{ path, source, span }];
}

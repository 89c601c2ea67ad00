import type { Diagnostic } from '../../base/index.ts';
import { type LoadedPolicy, loadPolicy, type PolicyLayer } from '../../decide/index.ts';
import { dataConflicts, type Plan, type PolicyFile } from '../../language/index.ts';
import type { ObjectValue } from '../../values/index.ts';
import { PolicyData, problem } from '../policy-data.ts';
import type { PolicyFinder } from '../read-policy.ts';
import { collisions, layerError, sourceOf } from './collisions.ts';
import { foreignAnswers } from './foreign-answers.ts';
import { type Layer, layerName, versionDigest } from './layer.ts';
import { type LayerContent, readLayer } from './layer-content.ts';
import { parameterProblems } from './layer-parameters.ts';
import { lockedRules, unknownLocks } from './locks.ts';
import { foreignWaivers } from './waivers.ts';

export interface LayersOptions {
  readonly library: PolicyFinder;
  /** All that `http.allow` may list; whatever it lists where absent. */
  readonly hosts?: readonly string[];
}

/** Layers put together. */
export interface Composition {
  readonly contents: readonly LayerContent[];
  readonly files: readonly PolicyFile[];
  readonly data: ObjectValue;
  readonly problems: readonly Diagnostic[];
}

/** Layers as one policy that can be run; none where a diagnostic is an error. */
export interface LoadedLayers {
  readonly policy?: LoadedPolicy;
  readonly composition: Composition;
  readonly diagnostics: readonly Diagnostic[];
}

/** The files and the data of layers together, the policy itself first, and why they do not go together. */
export function composeLayers(layers: readonly Layer[], { library, hosts }: LayersOptions): Composition {
  const known = new Set<string>();
  const options = { library, ...(hosts !== undefined && { hosts }) };
  // From below, so that a policy of the library belongs to the lowest layer that joins it.
  const contents = layers.toReversed().map(layer => readLayer(layer, options, known));
  const data = new PolicyData();
  for (const content of contents)
    for (const [key, value] of content.data.entries())
      data.put(value, [String(key)], sourceOf(content, String(key)));
  contents.reverse();
  return {
    contents,
    files: contents.flatMap(({ files }) => files),
    data: data.value,
    problems: [
      ...contents.flatMap(({ problems }) => problems),
      ...data.problems,
      ...collisions(contents),
      ...parameterProblems(contents),
      ...foreignWaivers(contents),
    ],
  };
}

/** The layers of a policy compiled as one. */
export function loadLayers(layers: readonly Layer[], options: LayersOptions): LoadedLayers {
  const composition = composeLayers(layers, options);
  const { contents, files, data, problems } = composition;
  const [top] = layers;
  if (problems.length > 0 || top === undefined) return { composition, diagnostics: problems };
  const hosts = [...new Set(contents.flatMap(content => content.hosts))].sort();
  const loaded = loadPolicy({ name: layerName(top), files, data, hosts, digest: top.digest });
  if (loaded.policy === undefined) return { composition, diagnostics: loaded.diagnostics };
  const { plan } = loaded.policy;
  const late = [
    ...hiddenByData(contents, plan, data),
    ...foreignAnswers(contents, plan),
    ...unknownLocks(contents, plan),
  ];
  const diagnostics = [...loaded.diagnostics, ...late];
  if (late.length > 0) return { composition, diagnostics };
  const identity = {
    name: layerName(top),
    ...(top.number !== undefined && { version: top.number }),
    digest: top.digest,
    layers: [...layers.map(toPolicyLayer), ...libraryLayers(contents, options.library)],
  };
  const locked = lockedRules(contents, plan);
  return { policy: { ...loaded.policy, identity, locked }, composition, diagnostics };
}

function hiddenByData(contents: readonly LayerContent[], plan: Plan, data: ObjectValue) {
  return dataConflicts(plan, data).map(path => {
    const giver = contents.find(content => content.data.has(path[0]!)) ?? contents[0]!;
    const message = `data.${path.join('.')} stands where a rule does`;
    return layerError(problem(sourceOf(giver, path[0]!), message));
  });
}

function toPolicyLayer(layer: Layer): PolicyLayer {
  const { number: version, digest } = layer;
  return { name: layerName(layer), ...(version !== undefined && { version }), digest };
}

/** The policies of the library that layers join, by their paths in it. */
function libraryLayers(contents: readonly LayerContent[], library: PolicyFinder): readonly PolicyLayer[] {
  const paths = contents.flatMap(({ files }) =>
    files.flatMap(({ source }) => libraryPath(source.path) ?? []),
  );
  return [...new Set(paths)].flatMap(path => {
    const folder = library.find(path);
    return folder === undefined ? [] : [{ name: `policies/${path}`, digest: versionDigest(folder.files) }];
  });
}

/** The folder of a file of the library inside `policies/`. */
function libraryPath(path: string): string | undefined {
  return /^policies\/(?<folder>.+)\/[^/]+$/u.exec(path)?.groups?.['folder'];
}

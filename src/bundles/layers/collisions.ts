import type { Diagnostic, SourceFile } from '../../base/index.ts';
import { isObject, type ObjectValue, type Value } from '../../values/index.ts';
import { problem } from '../policy-data.ts';
import type { LayerContent, LayerPackage } from './layer-content.ts';

/** Packages that no policy of an organisation may have: the library's, and what stands for parameters. */
const reserved: readonly string[] = ['pratique', 'parameters'];

const pratiqueSettings: readonly string[] = ['admission', 'extractors'];

/** What of one layer stands in the place of another: it could change what the other decides. */
export function collisions(layers: readonly LayerContent[]): readonly Diagnostic[] {
  return layers.flatMap(layer => [
    ...layer.packages.filter(({ path }) => reserved.includes(path[0]!)).map(isReserved),
    ...reservedData(layer),
    ...layers.filter(other => other !== layer).flatMap(other => between(layer, other, layers)),
  ]);
}

function between(layer: LayerContent, other: LayerContent, layers: readonly LayerContent[]): Diagnostic[] {
  const isAbove = layers.indexOf(layer) < layers.indexOf(other);
  const shared = isAbove ? layer.packages.flatMap(each => clash(each, other)) : [];
  const paths = new Map(other.packages.map(({ path }) => [path.join('.'), path]));
  const data = [...paths.values()].filter(path => reaches(layer.data, path));
  return [
    ...shared,
    ...data.map(path => {
      const message = `data.${path.join('.')} is the place of a package of ${other.label}`;
      return layerError(
        problem(sourceOf(layer, path[0]!), message, 'put the data below a package of your own'),
      );
    }),
  ];
}

function clash(own: LayerPackage, other: LayerContent): Diagnostic[] {
  const ownParts = partsOf(own);
  const found = other.packages.find(each => {
    const parts = partsOf(each);
    return isPrefix(parts, ownParts) || isPrefix(ownParts, parts);
  });
  if (found === undefined) return [];
  const [name, its] = [own.path.join('.'), found.path.join('.')];
  const how = name === its ? 'is a package of' : `stands inside or around ${its} of`;
  return [
    {
      code: 'layer_error',
      severity: 'error',
      message: `package ${name} ${how} ${other.label}`,
      source: own.source,
      span: own.span,
      hint: 'give each layer packages of its own, none below one of another layer',
    },
  ];
}

/** `a["b.c"]` is another package than `a.b.c`, but its rules have the same full names: an exemption or a lock means both. */
function partsOf({ path }: LayerPackage): readonly string[] {
  return path.join('.').split('.');
}

function isReserved({ path, source, span }: LayerPackage): Diagnostic {
  const message = `package ${path.join('.')} stands in the reserved place data.${path[0]}`;
  return { code: 'layer_error', severity: 'error', message, source, span, hint: 'choose another package' };
}

/** Below `data.pratique` a policy gives settings, and nothing else: the library's rules are there. */
function reservedData(layer: LayerContent): readonly Diagnostic[] {
  const settings = layer.data.get('pratique');
  const keys = settings !== undefined && isObject(settings) ? settings.keys() : [];
  return [...keys]
    .filter(key => typeof key !== 'string' || !pratiqueSettings.includes(key))
    .map(key => {
      const message = `data.pratique.${String(key)} stands in the reserved place data.pratique`;
      return layerError(
        problem(sourceOf(layer, 'pratique'), message, `there are ${pratiqueSettings.join(', ')}`),
      );
    });
}

export function layerError(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, code: 'layer_error' };
}

export function sourceOf(layer: LayerContent, root: string): SourceFile {
  return layer.sources.get(root) ?? layer.files[0]!.source;
}

export function isPrefix(prefix: readonly string[], path: readonly string[]): boolean {
  return prefix.every((part, index) => part === path[index]);
}

/** Whether data stands at the path, or something that is no object on the way to it. */
function reaches(data: ObjectValue, path: readonly string[]): boolean {
  let value: Value = data;
  for (const key of path) {
    if (!isObject(value)) return true;
    const next: Value | undefined = value.get(key);
    if (next === undefined) return false;
    value = next;
  }
  return true;
}

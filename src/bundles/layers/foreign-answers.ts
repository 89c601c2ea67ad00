import type { Diagnostic } from '../../base/index.ts';
import type { Plan } from '../../language/index.ts';
import { isObject, type ObjectValue, type Value } from '../../values/index.ts';
import { constantPath, isDataNode } from '../data-node.ts';
import { problem } from '../policy-data.ts';
import { isPrefix, layerError, sourceOf } from './collisions.ts';
import type { LayerContent, LayerPackage } from './layer-content.ts';

/** Roots that every layer may give, each by rules of its own. */
const shared: readonly string[] = ['parameters', 'pratique'];

/**
 * Data and packages by which a layer would answer what the rules of one that it stands on ask for: only
 * parameters may do that.
 */
export function foreignAnswers(layers: readonly LayerContent[], plan: Plan): readonly Diagnostic[] {
  const read = pathsByLayer(layers, plan);
  return layers.flatMap(layer => {
    const below = layers.filter(other => isUnder(other, layer, layers));
    const readerOf = (path: readonly string[]) =>
      below.find(other => read.get(other)!.some(each => overlaps(each, path)));
    return [
      ...ownRoots(layer).flatMap(root => foreignData(layer, root, readerOf([root]))),
      ...layer.packages.flatMap(each => foreignPackage(each, readerOf(each.path))),
    ];
  });
}

function foreignData(layer: LayerContent, root: string, reader: LayerContent | undefined): Diagnostic[] {
  if (reader === undefined) return [];
  const message = `data.${root} is read by ${reader.label}, and may not be given by another layer`;
  const hint = 'put it below a package of your own, or let the other layer declare a parameter';
  return [layerError(problem(sourceOf(layer, root), message, hint))];
}

function foreignPackage(
  { path, source, span }: LayerPackage,
  reader: LayerContent | undefined,
): Diagnostic[] {
  if (reader === undefined) return [];
  const message = `data.${path.join('.')} is read by ${reader.label}, and may not be a package of another layer`;
  return [{ code: 'layer_error', severity: 'error', message, source, span, hint: 'choose another package' }];
}

/** Whether another layer does not stand on this one, so that its rules have nothing to ask of it. */
export function isUnder(other: LayerContent, layer: LayerContent, layers: readonly LayerContent[]): boolean {
  if (other === layer) return false;
  const open = [nameOf(other)];
  const seen = new Set(open);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === nameOf(layer)) return false;
    for (const base of layers.find(each => nameOf(each) === name)?.layer.bases ?? [])
      if (!seen.has(base)) open.push(seen.add(base) && base);
  }
  return true;
}

function nameOf({ layer }: LayerContent): string {
  return `${layer.org}/${layer.policy}`;
}

/** The roots of a layer's data that hold more than what stands below its own packages. */
function ownRoots({ data, packages }: LayerContent): readonly string[] {
  const paths = packages.map(({ path }) => path);
  return [...data.entries()]
    .filter(([root]) => !shared.includes(String(root)))
    .filter(([root, value]) => !isBelow(value, [String(root)], paths))
    .map(([root]) => String(root));
}

function isBelow(value: Value, at: readonly string[], packages: readonly (readonly string[])[]): boolean {
  if (packages.some(path => isPrefix(path, at))) return true;
  if (!isObject(value) || !packages.some(path => isPrefix(at, path))) return false;
  return [...(value as ObjectValue).entries()].every(([key, inner]) =>
    isBelow(inner, [...at, String(key)], packages),
  );
}

/** A path below `data` as far as it is known before rules run. */
type ReadPath = readonly Value[];

function overlaps(read: ReadPath, path: readonly string[]): boolean {
  const length = Math.min(read.length, path.length);
  return path.slice(0, length).every((part, index) => part === read[index]);
}

/** What the rules of each layer read. */
function pathsByLayer(
  layers: readonly LayerContent[],
  plan: Plan,
): ReadonlyMap<LayerContent, readonly ReadPath[]> {
  const layerOf = new Map(
    layers.flatMap(layer => layer.files.map(({ source }) => [source.path, layer] as const)),
  );
  const found = new Map<LayerContent, ReadPath[]>(layers.map(layer => [layer, []]));
  for (const { rules, fallback } of plan.groups) {
    for (const rule of fallback === undefined ? rules : [...rules, fallback])
      found.get(layerOf.get(plan.files[rule.at[0]]!)!)?.push(...pathsIn(rule, plan));
  }
  return found;
}

function pathsIn(rule: unknown, plan: Plan): readonly ReadPath[] {
  const paths: ReadPath[] = [];
  const open: unknown[] = [rule];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (isDataNode(node)) paths.push(constantPath(node, plan));
    open.push(...Object.values(node));
  }
  return paths;
}

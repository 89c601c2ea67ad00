import { layerName } from './layer.ts';
import { type Selector, writePolicyReference } from './policy-reference.ts';

/** What a reference of a policy or of a layer stands for now. */
export interface ResolvedLayer {
  readonly org: string;
  readonly policy: string;
  readonly selector: Selector;
  /** 0 of the policy itself. */
  readonly depth: number;
  /** What extends it; absent of the policy itself. */
  readonly parent?: { readonly org: string; readonly policy: string };
  /** Absent where there is no such policy. */
  readonly visibility?: 'private' | 'org' | 'public';
  /** Absent where the policy, the channel or the version is not there. */
  readonly version?: ResolvedVersion;
  /** Whether what extends it, or who asks, is of its organisation or has subscribed to it, and it is public. */
  readonly shared: boolean;
}

export interface ResolvedVersion {
  readonly number: number;
  readonly digest: string;
}

/** A layer that is there and may be used, once, whatever extends it. */
export interface StackedLayer {
  readonly org: string;
  readonly policy: string;
  readonly number: number;
  readonly digest: string;
  readonly bases: readonly string[];
}

export interface LayerStack {
  /** Each after what extends it. */
  readonly layers: readonly StackedLayer[];
  /** Why they cannot be used together, as sentences. */
  readonly problems: readonly string[];
}

/** The most extensions from a policy down to a layer, and the most layers of one policy. */
const MAX_DEPTH = 8;
const MAX_LAYERS = 20;

/**
 * The layers of a policy, each once. `own` is the name of a version that is about to be published and
 * extends all of depth 0. A layer that is missing and one that may not be used are told apart in nothing.
 */
export function stackLayers(resolved: readonly ResolvedLayer[], own?: string): LayerStack {
  const absent = reachable(resolved, own).filter(each => !isUsable(each, own));
  if (absent.length > 0) return { layers: [], problems: [...new Set(absent.map(missing))] };
  const cycle = findCycle(resolved, own);
  if (cycle !== undefined) return { layers: [], problems: [`layers extend one another: ${cycle}`] };
  const problems: string[] = [];
  if (resolved.some(({ depth }) => depth + (own === undefined ? 0 : 1) > MAX_DEPTH))
    problems.push(`more than ${MAX_DEPTH} layers stand on one another`);
  const byName = Map.groupBy(resolved, layerName);
  if (byName.size > MAX_LAYERS) problems.push(`there are more than ${MAX_LAYERS} layers`);
  for (const [name, uses] of byName) {
    const numbers = new Set(uses.flatMap(({ version }) => version?.number ?? []));
    if (numbers.size > 1)
      problems.push(
        `${name} is a layer at several versions: ${[...numbers].sort((a, b) => a - b).join(', ')}`,
      );
  }
  if (problems.length > 0) return { layers: [], problems };
  return {
    layers: [...byName].map(([name, [first]]) => toStacked(first!, basesOf(resolved, name))),
    problems,
  };
}

/** Without what stands below a layer that may not be used: of that there is nothing to be learnt. */
function reachable(resolved: readonly ResolvedLayer[], own: string | undefined): readonly ResolvedLayer[] {
  const open = new Set<string>();
  return resolved
    .toSorted((a, b) => a.depth - b.depth)
    .filter(each => {
      const isReached = each.parent === undefined || open.has(layerName(each.parent));
      if (isReached && isUsable(each, own)) open.add(layerName(each));
      return isReached;
    });
}

/** The layers of a policy that are there and may be used, by way of such alone. */
export function usableLayers(resolved: readonly ResolvedLayer[]): readonly ResolvedLayer[] {
  return reachable(resolved, undefined).filter(each => isUsable(each, undefined));
}

/** Who asks for the policy itself is judged elsewhere, of a base whoever extends it. */
function isUsable({ depth, shared, version }: ResolvedLayer, own: string | undefined): boolean {
  return version !== undefined && (shared || (depth === 0 && own === undefined));
}

function missing({ org, policy: name, selector, parent }: ResolvedLayer): string {
  const by = parent === undefined ? '' : `, which ${layerName(parent)} extends`;
  return `there is no ${writePolicyReference({ org, name, selector })} that may be used${by}`;
}

function toStacked({ org, policy, version }: ResolvedLayer, bases: readonly string[]): StackedLayer {
  const { number, digest } = version!;
  return { org, policy, number, digest, bases };
}

function basesOf(resolved: readonly ResolvedLayer[], name: string): readonly string[] {
  const own = resolved.filter(({ parent }) => parent !== undefined && layerName(parent) === name);
  return [...new Set(own.map(layerName))];
}

/** `acme/a, acme/b, acme/a`, the first name that stands on itself; undefined where none does. */
function findCycle(resolved: readonly ResolvedLayer[], own: string | undefined): string | undefined {
  const names = new Set(resolved.map(layerName));
  const bases = new Map([...names].map(name => [name, basesOf(resolved, name)]));
  const roots = resolved.filter(({ depth }) => depth === 0).map(layerName);
  if (own !== undefined) bases.set(own, roots);
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): string | undefined => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name].join(', ');
    if (done.has(name)) return undefined;
    done.add(name);
    for (const base of bases.get(name) ?? []) {
      const found = visit(base, [...trail, name]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const root of own === undefined ? roots : [own]) {
    const found = visit(root, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

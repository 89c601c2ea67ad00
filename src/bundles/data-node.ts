import { decodeValue, type Plan } from '../language/index.ts';
import type { Value } from '../values/index.ts';

/** A part of a plan that reads at a path below `data` or `input`. */
interface RootNode {
  readonly path: readonly { readonly k: string; readonly c?: number }[];
}

/** One below `data`. */
export interface DataNode extends RootNode {
  readonly k: 'data';
}

/** One below `input`. */
interface InputNode extends RootNode {
  readonly k: 'input';
}

export function isDataNode(node: object): node is DataNode {
  return 'k' in node && node.k === 'data';
}

export function isInputNode(node: object): node is InputNode {
  return 'k' in node && node.k === 'input';
}

/** The keys of its path, up to the first that is known only at run time. */
export function constantPath({ path }: RootNode, plan: Plan): readonly Value[] {
  const keys: Value[] = [];
  for (const { k, c } of path) {
    if (k !== 'const' || c === undefined) break;
    keys.push(decodeValue(plan.constants[c]!));
  }
  return keys;
}

import type { RuleNode } from './context.ts';

/** The node of a path, made where it is missing. */
export function nodeAt(root: RuleNode, path: readonly string[]): RuleNode {
  let at = root;
  for (const [i, name] of path.entries()) {
    const next: RuleNode = at.children.get(name) ?? {
      path: path.slice(0, i + 1),
      children: new Map(),
      parent: at,
      group: undefined,
    };
    at.children.set(name, next);
    at = next;
  }
  return at;
}

export function rootNode(): RuleNode {
  return { path: [], children: new Map(), parent: undefined, group: undefined };
}

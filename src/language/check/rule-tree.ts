import type { NormalRule } from '../normal/normal.ts';

/** Where a path leads: the rules that stand there, and what is below. */
export interface RuleNode {
  readonly path: readonly string[];
  readonly rules: NormalRule[];
  readonly children: Map<string, RuleNode>;
  /** A package of this path exists. */
  package: boolean;
}

/** All rules by their constant path. */
export class RuleTree {
  readonly root: RuleNode = node([]);

  constructor(rules: readonly NormalRule[], packages: readonly (readonly string[])[]) {
    for (const path of packages) this.insert(path).package = true;
    for (const rule of rules) this.insert(rule.path).rules.push(rule);
  }

  find(path: readonly string[]): RuleNode | undefined {
    let at: RuleNode | undefined = this.root;
    for (const name of path) at = at?.children.get(name);
    return at;
  }

  /**
   * The nodes whose rules a reference may look at: those on the way, and all below its end.
   * `undefined` in the path stands for a key that is not known.
   */
  reached(path: readonly (string | undefined)[]): RuleNode[] {
    const found: RuleNode[] = [];
    reach(this.root, path, 0, found);
    return found;
  }

  /** Every node that has rules. */
  *nodes(): IterableIterator<RuleNode> {
    const pending = [this.root];
    for (let at = pending.pop(); at; at = pending.pop()) {
      if (at.rules.length > 0) yield at;
      pending.push(...at.children.values());
    }
  }

  private insert(path: readonly string[]): RuleNode {
    let at = this.root;
    for (const [i, name] of path.entries()) {
      const next: RuleNode = at.children.get(name) ?? node(path.slice(0, i + 1));
      at.children.set(name, next);
      at = next;
    }
    return at;
  }
}

function node(path: readonly string[]): RuleNode {
  return { path, rules: [], children: new Map(), package: false };
}

function reach(at: RuleNode, path: readonly (string | undefined)[], depth: number, found: RuleNode[]): void {
  if (at.rules.length > 0) found.push(at);
  const name = depth < path.length ? path[depth] : undefined;
  if (name !== undefined) {
    const next = at.children.get(name);
    if (next) reach(next, path, depth + 1, found);
  } else for (const next of at.children.values()) reach(next, path, depth + 1, found);
}

import { equals, isNumber, isScalar, type Value } from '../../values/index.ts';
import type { NormalRule, Operand } from '../normal/normal.ts';
import type { DataPath } from './references.ts';

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
  reached(path: DataPath): RuleNode[] {
    const found: RuleNode[] = [];
    const pending: [RuleNode, number][] = [[this.root, 0]];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [at, depth] = next;
      if (at.rules.length > 0) found.push(at);
      const key = depth < path.length ? path[depth] : undefined;
      if (key === undefined) for (const child of at.children.values()) pending.push([child, depth + 1]);
      else if (typeof key === 'string') {
        const child = at.children.get(key);
        if (child) pending.push([child, depth + 1]);
      }
    }
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

/** Whether a reference may look at a rule that stands on its way: what both know of its keys agrees. */
export function mayMeet(rule: NormalRule, path: DataPath): boolean {
  return rule.dynamicPath.every((part, i) => {
    const key: Value | undefined = path[rule.path.length + i];
    const own = groundKey(part);
    return own === undefined || key === undefined || equals(own, key);
  });
}

/** The key that a part of a rule's head is, where it is a constant that is no collection. */
export function groundKey(part: Operand): Value | undefined {
  if (part.kind !== 'const') return undefined;
  return isScalar(part.value) || isNumber(part.value) ? part.value : undefined;
}

import type { Branch, NormalRule } from '../normal/normal.ts';
import { type DataPath, dataPaths } from './references.ts';
import { mayMeet, type RuleNode, type RuleTree } from './rule-tree.ts';

/** A rule, or one `else` of it. */
export interface BranchNode {
  readonly rule: NormalRule;
  readonly branch: Branch;
}

/**
 * What each branch depends on. The numbers below `nodes.length` are branches; those above stand for all
 * branches of one path, so that many rules that look at many others need few edges.
 */
export class RuleGraph {
  readonly nodes: readonly BranchNode[];
  private readonly out: (readonly number[])[] = [];
  private readonly branchesOf = new Map<NormalRule, readonly number[]>();
  private readonly groups = new Map<RuleNode, number>();
  private readonly tree: RuleTree;
  private readonly perhaps = new Map<number, ReadonlySet<number>>();
  private into: number[][] | undefined;

  constructor(rules: readonly NormalRule[], tree: RuleTree) {
    this.tree = tree;
    this.nodes = rules.flatMap(rule => rule.branches.map(branch => ({ rule, branch })));
    let next = 0;
    for (const rule of rules)
      this.branchesOf.set(
        rule,
        rule.branches.map(() => next++),
      );
    for (const [from, { rule, branch }] of this.nodes.entries())
      this.out.push(this.targets(rule, branch, from));
    for (const node of this.groups.keys())
      this.out.push(node.rules.flatMap(rule => this.branchesOf.get(rule)!));
  }

  /** What a branch or group depends on directly. */
  edges(index: number): readonly number[] {
    return this.out[index] ?? [];
  }

  get size(): number {
    return this.out.length;
  }

  /** The rules at and below a path, and those that depend on them, however far away. */
  dependents(path: readonly string[]): ReadonlySet<NormalRule> {
    const found = new Set<NormalRule>();
    const seen = new Set<number>();
    const pending = this.tree.reached(path).flatMap(node => this.reachedBranches(node, path));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      const node = this.nodes[next];
      if (node) found.add(node.rule);
      pending.push(...(this.reversed()[next] ?? []));
    }
    return found;
  }

  private reachedBranches(node: RuleNode, path: readonly string[]): number[] {
    return node.rules.filter(rule => mayMeet(rule, path)).flatMap(rule => this.branchesOf.get(rule)!);
  }

  /** Whether a branch depends on something only where a key that is known at run time happens to fit. */
  maybe(from: number, to: number): boolean {
    return this.perhaps.get(from)?.has(to) ?? false;
  }

  private targets(rule: NormalRule, branch: Branch, from: number): number[] {
    const certain = new Set<number>();
    const perhaps = new Set<number>();
    for (const path of dataPaths(rule, branch)) {
      for (const node of this.tree.reached(path)) {
        const open = path.slice(0, node.path.length).includes(undefined);
        for (const index of this.reachedAt(node, path)) (open ? perhaps : certain).add(index);
      }
    }
    for (const index of certain) perhaps.delete(index);
    if (perhaps.size > 0) this.perhaps.set(from, perhaps);
    return [...certain, ...perhaps];
  }

  /** The group of a path, or of its branches those that a reference may look at. */
  private reachedAt(node: RuleNode, path: DataPath): readonly number[] {
    const met = node.rules.filter(each => mayMeet(each, path));
    if (met.length === node.rules.length) return [this.group(node)];
    return met.flatMap(each => this.branchesOf.get(each)!);
  }

  private group(node: RuleNode): number {
    const known = this.groups.get(node);
    if (known !== undefined) return known;
    const index = this.nodes.length + this.groups.size;
    this.groups.set(node, index);
    return index;
  }

  private reversed(): readonly number[][] {
    if (this.into) return this.into;
    this.into = this.out.map(() => []);
    for (const [from, targets] of this.out.entries()) for (const to of targets) this.into[to]!.push(from);
    return this.into;
  }
}

/** Components of a graph in which each can be reached from each; those others depend on come first. */
export function components(graph: Pick<RuleGraph, 'edges' | 'size'>): number[][] {
  const found: number[][] = [];
  const order = new Int32Array(graph.size);
  const low = new Int32Array(graph.size);
  const onStack = new Uint8Array(graph.size);
  const stack: number[] = [];
  const path: { node: number; next: number }[] = [];
  let count = 0;
  const enter = (node: number): void => {
    order[node] = low[node] = ++count;
    onStack[node] = 1;
    stack.push(node);
    path.push({ node, next: 0 });
  };
  const leave = (node: number): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent) low[parent.node] = Math.min(low[parent.node]!, low[node]!);
    if (low[node] !== order[node]) return;
    const members = stack.splice(stack.lastIndexOf(node));
    for (const member of members) onStack[member] = 0;
    found.push(members);
  };
  for (let start = 0; start < graph.size; start++) {
    if (order[start] !== 0) continue;
    enter(start);
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const target = graph.edges(at.node)[at.next++];
      if (target === undefined) leave(at.node);
      else if (order[target] === 0) enter(target);
      else if (onStack[target]) low[at.node] = Math.min(low[at.node]!, order[target]!);
    }
  }
  return found;
}

import type { NormalRule } from '../normal/normal.ts';
import { dataReferences } from './references.ts';
import type { RuleNode, RuleTree } from './rule-tree.ts';

/** Reports each cycle of rules once, with the way around it: `data.a.p -> data.a.q -> data.a.p`. */
export function checkRecursion(tree: RuleTree, report: (rule: NormalRule, message: string) => void): void {
  const search = new CycleSearch(tree);
  for (const node of tree.nodes()) {
    const cycle = search.from(node);
    if (!cycle) continue;
    const names = [...cycle, cycle[0]!].map(each => `data.${each.path.join('.')}`);
    report(cycle[0]!.rules[0]!, `rule ${names[0]} is recursive: ${names.join(' -> ')}`);
  }
}

/** A depth-first search that keeps its own stack: a chain of rules may be long. */
class CycleSearch {
  private readonly tree: RuleTree;
  private readonly done = new Set<RuleNode>();

  constructor(tree: RuleTree) {
    this.tree = tree;
  }

  /** The first cycle that can be reached from a node and was not reported before. */
  from(start: RuleNode): readonly RuleNode[] | undefined {
    const path: RuleNode[] = [];
    const onPath = new Set<RuleNode>();
    const pending: (readonly [RuleNode, Iterator<RuleNode>])[] = [];
    const enter = (node: RuleNode): void => {
      path.push(node);
      onPath.add(node);
      this.done.add(node);
      pending.push([node, this.next(node)]);
    };
    if (this.done.has(start)) return undefined;
    enter(start);
    let cycle: readonly RuleNode[] | undefined;
    while (pending.length > 0) {
      const [node, edges] = pending.at(-1)!;
      const edge = edges.next();
      if (edge.done) {
        pending.pop();
        path.pop();
        onPath.delete(node);
      } else if (onPath.has(edge.value)) cycle ??= path.slice(path.indexOf(edge.value));
      else if (!this.done.has(edge.value)) enter(edge.value);
    }
    return cycle;
  }

  private *next(node: RuleNode): Generator<RuleNode> {
    for (const rule of node.rules) {
      for (const reference of dataReferences(rule)) yield* this.tree.reached(reference.path);
    }
  }
}

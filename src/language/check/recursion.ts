import type { BranchNode } from './graph.ts';
import { components, type RuleGraph } from './graph.ts';
import { ruleText } from './path-text.ts';

/** Reports each knot of rules once, with the way around it: `data.a.p -> data.a.q -> data.a.p`. */
export function checkRecursion(
  graph: RuleGraph,
  report: (node: BranchNode, message: string, hint: string) => void,
): void {
  for (const members of components(graph)) {
    if (members.length === 1 && !graph.edges(members[0]!).includes(members[0]!)) continue;
    const start = Math.min(...members);
    const names = around(graph, start, new Set(members)).map(index => ruleText(graph.nodes[index]!.rule));
    const message = `rule ${names[0]} is recursive: ${names.join(' -> ')}`;
    report(
      graph.nodes[start]!,
      message,
      'a rule cannot depend on its own value: take one of these references out',
    );
  }
}

/** The shortest way from a branch back to it. */
function around(graph: RuleGraph, start: number, within: ReadonlySet<number>): number[] {
  const from = new Map<number, number>();
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head]!;
    for (const next of graph.edges(at)) {
      if (next === start) return [...back(from, start, at), start].filter(index => graph.nodes[index]);
      if (!within.has(next) || from.has(next)) continue;
      from.set(next, at);
      queue.push(next);
    }
  }
  return [start, start];
}

function back(from: ReadonlyMap<number, number>, start: number, end: number): number[] {
  const way: number[] = [end];
  for (let at = end; at !== start; ) {
    at = from.get(at)!;
    way.push(at);
  }
  return way.reverse();
}

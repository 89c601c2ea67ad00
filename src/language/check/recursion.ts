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
    const within = new Set(members);
    const way = around(graph, start, within, true) ?? around(graph, start, within, false) ?? [start, start];
    const names = way.filter(index => graph.nodes[index]).map(index => ruleText(graph.nodes[index]!.rule));
    const maybe = way.some((index, i) => i > 0 && graph.maybe(way[i - 1]!, index));
    const message = `rule ${names[0]} ${maybe ? 'may be' : 'is'} recursive: ${names.join(' -> ')}`;
    report(graph.nodes[start]!, message, maybe ? chooseHint : cutHint);
  }
}

const cutHint = 'a rule cannot depend on its own value: take one of these references out';
const chooseHint =
  'a key of one of these references is known only at run time: write it out, or choose it with `some x in ["a", "b"]`';

/** The shortest way from a branch back to it; undefined where there is none that is certain to be one. */
function around(
  graph: RuleGraph,
  start: number,
  within: ReadonlySet<number>,
  certain: boolean,
): number[] | undefined {
  const from = new Map<number, number>();
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head]!;
    for (const next of graph.edges(at)) {
      if (certain && graph.maybe(at, next)) continue;
      if (next === start) return [...back(from, start, at), start];
      if (!within.has(next) || from.has(next)) continue;
      from.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}

function back(from: ReadonlyMap<number, number>, start: number, end: number): number[] {
  const way: number[] = [end];
  for (let at = end; at !== start; ) {
    at = from.get(at)!;
    way.push(at);
  }
  return way.reverse();
}

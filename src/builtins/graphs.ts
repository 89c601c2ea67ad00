import type { Budget } from '../base/index.ts';
import { hash, isArray, isObject, isSet, type ObjectValue, SetBuilder, type Value } from '../values/index.ts';
import type { BuiltinContext, BuiltinFunction, BuiltinRelation } from './builtin.ts';
import { asObject, mismatch } from './operands.ts';

export const graphsFamily: Readonly<Record<string, BuiltinFunction>> = {
  'graph.reachable': reachable,
  'graph.reachable_paths': reachablePaths,
};

export const graphRelations: Readonly<Record<string, BuiltinRelation>> = {
  walk: (context, value, emit) => walk(context.budget, [], value, emit),
};

/** The value itself first, then what is inside it, in order, each before what is inside that. */
function walk(
  budget: Budget,
  path: readonly Value[],
  value: Value,
  emit: (answer: Value) => boolean,
): boolean {
  spendStep(budget);
  if (emit([path, value])) return true;
  if (isArray(value)) return value.some((item, i) => walk(budget, [...path, i], item, emit));
  if (isSet(value)) return value.items().some(item => walk(budget, [...path, item], item, emit));
  if (!isObject(value)) return false;
  const values = value.values();
  return value.keys().some((key, i) => walk(budget, [...path, key], values[i]!, emit));
}

function reachable(context: BuiltinContext, graphOperand: Value, initial: Value): Value {
  const graph = asObject(graphOperand, 1);
  const reached = new SetBuilder();
  const queue = [...initialNodes(initial)];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    spendStep(context.budget);
    const edges = graph.get(next);
    if (edges === undefined || !reached.add(next)) continue;
    context.budget.charge(1);
    queue.push(...nodesOf(edges));
  }
  return reached.build();
}

function reachablePaths(context: BuiltinContext, graphOperand: Value, initial: Value): Value {
  const search = new PathSearch(context.budget, asObject(graphOperand, 1));
  for (const node of initialNodes(initial)) search.from(node);
  return search.found.build();
}

/**
 * Paths as OPA's conformance cases have them: what one edge of the first node has reached is not entered
 * again from there, so that a path ends where it meets it. (OPA 1.22 forgets it on the way back instead.)
 */
class PathSearch {
  readonly found = new SetBuilder();
  private readonly budget: Budget;
  private readonly graph: ObjectValue;
  private readonly path: Value[] = [];

  constructor(budget: Budget, graph: ObjectValue) {
    this.budget = budget;
    this.graph = graph;
  }

  /** Adds the paths from a node of the graph; one that is none begins no path. */
  from(node: Value): void {
    const edges = this.graph.get(node);
    if (edges === undefined) return;
    const neighbours = nodesOf(edges);
    this.path.push(node);
    if (neighbours.length === 0) this.end();
    for (const neighbour of neighbours) this.visit(neighbour, new Set([hash(node)]));
    this.path.pop();
  }

  private visit(node: Value, reached: Set<string>): void {
    spendStep(this.budget);
    const edges = this.graph.get(node);
    if (edges === undefined) this.end();
    else this.enter(node, nodesOf(edges), reached);
  }

  private enter(node: Value, neighbours: readonly Value[], reached: Set<string>): void {
    if (--this.budget.depth < 0) this.budget.exhausted('depth');
    this.path.push(node);
    if (neighbours.length === 0) this.end();
    for (const neighbour of neighbours) {
      if (reached.has(hash(neighbour))) this.end();
      else this.visit(neighbour, reached.add(hash(node)));
    }
    this.path.pop();
    this.budget.depth++;
  }

  private end(): void {
    this.budget.charge(this.path.length + 1);
    this.found.add([...this.path]);
  }
}

function initialNodes(initial: Value): readonly Value[] {
  return isArray(initial) || isSet(initial) ? nodesOf(initial) : mismatch(initial, 2, 'array', 'set');
}

function nodesOf(edges: Value): readonly Value[] {
  if (isArray(edges)) return edges;
  return isSet(edges) ? edges.items() : [];
}

function spendStep(budget: Budget): void {
  if (--budget.steps < 0) budget.exhausted('steps');
}

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, object, set, tuple, union } from './types.ts';

const nodes = union(array(any), set(any));

const operands = [
  ['graph', object(any, nodes)],
  ['initial', nodes],
] as const;

export const graphsDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'walk',
    [['x', any]],
    ['output', tuple(array(any), any)],
    'Gives, one after another, the path and the value of everything inside the value, itself first.',
    { relation: true },
  ),
  declare(
    'graph.reachable',
    operands,
    ['output', set(any)],
    'The nodes of the graph that the initial nodes lead to, themselves too.',
  ),
  declare(
    'graph.reachable_paths',
    operands,
    ['output', set(array(any))],
    'The longest paths from the initial nodes that pass no node twice.',
  ),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, set } from './types.ts';

const operands = [
  ['x', set(any)],
  ['y', set(any)],
] as const;

const sets = [['xs', set(set(any))]] as const;
const result = ['z', set(any)] as const;

export const setsDeclarations: readonly BuiltinDeclaration[] = [
  declare('and', operands, result, 'The elements that both sets have.', { infix: '&' }),
  declare('or', operands, result, 'The elements that either set has.', { infix: '|' }),
  declare('intersection', sets, result, 'The elements that all the sets have; none where there is no set.'),
  declare('union', sets, result, 'The elements that any of the sets has.'),
  declare('set_diff', operands, result, 'The old name of minus for sets.', { deprecated: true }),
];

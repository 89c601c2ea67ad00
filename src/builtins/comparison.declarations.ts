import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, boolean } from './types.ts';

const operands = [
  ['x', any],
  ['y', any],
] as const;

const result = ['result', boolean] as const;

export const comparisonDeclarations: readonly BuiltinDeclaration[] = [
  declare('equal', operands, result, 'True if both are the same value.', { infix: '==' }),
  declare('neq', operands, result, 'True if the two are different values.', { infix: '!=' }),
  declare('lt', operands, result, 'True if x comes before y in the order of all values.', { infix: '<' }),
  declare('lte', operands, result, 'True if x comes before y or is the same.', { infix: '<=' }),
  declare('gt', operands, result, 'True if x comes after y in the order of all values.', { infix: '>' }),
  declare('gte', operands, result, 'True if x comes after y or is the same.', { infix: '>=' }),
];

/** What the evaluator does itself; declared for the checker. */
export const unificationDeclarations: readonly BuiltinDeclaration[] = [
  declare('eq', operands, result, 'True if both can be made the same value, binding variables to do so.', {
    infix: '=',
  }),
  declare('assign', operands, result, 'Binds new variables on the left to the value on the right.', {
    infix: ':=',
  }),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { number } from './types.ts';

const operands = [
  ['x', number],
  ['y', number],
] as const;

const shift = [
  ['x', number],
  ['s', number],
] as const;

const result = ['z', number] as const;

/** Integers of any size, negative ones in two's complement. */
export const bitsDeclarations: readonly BuiltinDeclaration[] = [
  declare('bits.and', operands, result, 'The bits that both integers have.'),
  declare('bits.or', operands, result, 'The bits that either integer has.'),
  declare('bits.xor', operands, result, 'The bits that one of the integers has, but not both.'),
  declare('bits.negate', [['x', number]], result, 'The integer with every bit flipped.'),
  declare('bits.lsh', shift, result, 'The integer with its bits moved s places to the left.'),
  declare(
    'bits.rsh',
    shift,
    result,
    'The integer with its bits moved s places to the right, keeping its sign.',
  ),
];

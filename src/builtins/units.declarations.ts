import { type BuiltinDeclaration, declare } from './declaration.ts';
import { number, string } from './types.ts';

export const unitsDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'units.parse',
    [['x', string]],
    ['y', number],
    'The number that a text such as 10G, 5Ki or 1500m says, by decimal and binary units.',
  ),
  declare(
    'units.parse_bytes',
    [['x', string]],
    ['y', number],
    'The whole number of bytes that a text such as 10GB, 5KiB or 4mb says.',
  ),
];

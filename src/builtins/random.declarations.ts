import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, number, object, string } from './types.ts';

export const randomDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'rand.intn',
    [
      ['str', string],
      ['n', number],
    ],
    ['y', number],
    'A random whole number from 0 up to but without n, the same for equal operands within an evaluation.',
    { nondeterministic: true },
  ),
  declare(
    'uuid.rfc4122',
    [['k', string]],
    ['output', string],
    'A random UUID of version 4, the same for an equal operand within an evaluation.',
    { nondeterministic: true },
  ),
  declare(
    'uuid.parse',
    [['uuid', string]],
    ['result', object(string, any)],
    'The version and variant of a UUID, and of version 1 or 2 its time, node and clock sequence.',
  ),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, object, string } from './types.ts';

export const regoDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'rego.parse_module',
    [
      ['filename', string],
      ['rego', string],
    ],
    ['output', object(string, any)],
    'The syntax tree of a Rego module, as OPA gives it.',
  ),
];

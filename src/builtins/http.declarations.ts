import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, object, string } from './types.ts';

export const httpDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'http.send',
    [['request', object(string, any)]],
    ['response', object(any, any)],
    'The response to an HTTP request, as the outside answers.',
    { nondeterministic: true, evidence: true },
  ),
];

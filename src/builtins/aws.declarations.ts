import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, number, object, string } from './types.ts';

export const awsDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'providers.aws.sign_req',
    [
      ['request', object(string, any)],
      ['aws_config', object(string, any)],
      ['time_ns', number],
    ],
    ['signed_request', object(any, any)],
    'The HTTP request with the headers that sign it for Amazon Web Services (Signature Version 4).',
  ),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { boolean, string } from './types.ts';

const text = [['x', string]] as const;
const keyed = [...text, ['key', string]] as const;
const output = ['y', string] as const;

export const hashesDeclarations: readonly BuiltinDeclaration[] = [
  declare('crypto.md5', text, output, 'The MD5 hash of the text, in hexadecimal.'),
  declare('crypto.sha1', text, output, 'The SHA-1 hash of the text, in hexadecimal.'),
  declare('crypto.sha256', text, output, 'The SHA-256 hash of the text, in hexadecimal.'),
  declare('crypto.hmac.md5', keyed, output, 'The HMAC of the text by MD5, in hexadecimal.'),
  declare('crypto.hmac.sha1', keyed, output, 'The HMAC of the text by SHA-1, in hexadecimal.'),
  declare('crypto.hmac.sha256', keyed, output, 'The HMAC of the text by SHA-256, in hexadecimal.'),
  declare('crypto.hmac.sha512', keyed, output, 'The HMAC of the text by SHA-512, in hexadecimal.'),
  declare(
    'crypto.hmac.equal',
    [
      ['mac1', string],
      ['mac2', string],
    ],
    ['result', boolean],
    'True if the two are the same, compared in a time that does not tell where they differ.',
  ),
];

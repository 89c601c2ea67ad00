import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, boolean, object, string, tuple } from './types.ts';

const claims = object(any, any);
const options = object(string, any);
const jwt = ['jwt', string] as const;
const asymmetric = ['rs256', 'rs384', 'rs512', 'ps256', 'ps384', 'ps512', 'es256', 'es384', 'es512', 'eddsa'];
const symmetric = ['hs256', 'hs384', 'hs512'];

function verify(name: string, key: 'certificate' | 'secret'): BuiltinDeclaration {
  return declare(
    `io.jwt.verify_${name}`,
    [jwt, [key, string]],
    ['result', boolean],
    `True if the signature of the token is valid by ${name.toUpperCase()} and the ${key} given.`,
  );
}

export const jwtDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'io.jwt.decode',
    [jwt],
    ['output', tuple(claims, claims, string)],
    'The header and payload of the token and its signature in hexadecimal, none of it verified.',
  ),
  ...asymmetric.map(name => verify(name, 'certificate')),
  ...symmetric.map(name => verify(name, 'secret')),
  declare(
    'io.jwt.decode_verify',
    [jwt, ['constraints', options]],
    ['output', tuple(boolean, claims, claims)],
    'True, the header and the payload where the token is valid under the constraints; false and two empty objects where not.',
    { nondeterministic: true },
  ),
  declare(
    'io.jwt.encode_sign',
    [
      ['headers', options],
      ['payload', options],
      ['key', options],
    ],
    ['output', string],
    'The token of a header and a payload, signed with a JSON Web Key.',
    { nondeterministic: true },
  ),
  declare(
    'io.jwt.encode_sign_raw',
    [
      ['headers', string],
      ['payload', string],
      ['key', string],
    ],
    ['output', string],
    'The token of a header and a payload, signed with a JSON Web Key, each given as JSON text.',
    { nondeterministic: true },
  ),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { boolean, object, string } from './types.ts';

export const uriDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'uri.parse',
    [['uri', string]],
    ['output', object(string, string)],
    'The parts of a URI reference that are not empty: scheme, hostname, port, path, raw_path, raw_query, fragment.',
  ),
  declare(
    'uri.is_valid',
    [['uri', string]],
    ['result', boolean],
    'True if the text is a URI reference and not empty; false for what is no string.',
  ),
];

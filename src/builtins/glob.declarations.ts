import { type BuiltinDeclaration, declare } from './declaration.ts';
import { array, boolean, nullType, string, union } from './types.ts';

export const globDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'glob.match',
    [
      ['pattern', string],
      ['delimiters', union(nullType, array(string))],
      ['match', string],
    ],
    ['result', boolean],
    'True if the whole text matches the glob; `*` stops at delimiters: none for null, `.` for an empty array.',
  ),
  declare(
    'glob.quote_meta',
    [['pattern', string]],
    ['output', string],
    'The text as a glob that matches it alone.',
  ),
];

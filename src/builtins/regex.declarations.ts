import { type BuiltinDeclaration, declare } from './declaration.ts';
import { array, boolean, number, string } from './types.ts';

const match = [
  ['pattern', string],
  ['value', string],
] as const;

const matchCount = [...match, ['number', number]] as const;

export const regexDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'regex.match',
    match,
    ['result', boolean],
    'True if some part of the value matches the RE2 pattern.',
  ),
  declare('re_match', match, ['result', boolean], 'The old name of regex.match.', { deprecated: true }),
  declare(
    'regex.is_valid',
    [['pattern', string]],
    ['result', boolean],
    'True if the text is an RE2 pattern; false for what is no string.',
  ),
  declare(
    'regex.split',
    match,
    ['output', array(string)],
    'The parts of the value between the matches of the pattern.',
  ),
  declare(
    'regex.find_n',
    matchCount,
    ['output', array(string)],
    'The first matches of the pattern in the value, all of them where the number is -1.',
  ),
  declare(
    'regex.find_all_string_submatch_n',
    matchCount,
    ['output', array(array(string))],
    'The first matches, each with the texts of its groups after it; all of them where the number is -1.',
  ),
  declare(
    'regex.replace',
    [
      ['s', string],
      ['pattern', string],
      ['value', string],
    ],
    ['output', string],
    'The text with every match replaced; in the replacement a dollar sign before a number or a name stands for a group.',
  ),
  declare(
    'regex.template_match',
    [
      ['template', string],
      ['value', string],
      ['delimiter_start', string],
      ['delimiter_end', string],
    ],
    ['result', boolean],
    'True if the whole value matches the template, whose patterns stand between the delimiters.',
  ),
  declare(
    'regex.globs_match',
    [
      ['glob1', string],
      ['glob2', string],
    ],
    ['result', boolean],
    'True if some text that is not empty matches both of the simple patterns.',
  ),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, number, object, set, string, union } from './types.ts';

const strings = union(array(string), set(string));
const stringOrStrings = union(string, array(string), set(string));

const search = [
  ['haystack', string],
  ['needle', string],
] as const;

const cut = [
  ['value', string],
  ['cutset', string],
] as const;

const affixes = [
  ['search', stringOrStrings],
  ['base', stringOrStrings],
] as const;

const result = ['result', boolean] as const;
const output = ['output', string] as const;

export const stringsDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'concat',
    [
      ['delimiter', string],
      ['collection', strings],
    ],
    output,
    'The strings in one, the delimiter between them.',
  ),
  declare('contains', search, result, 'True if the needle is somewhere in the haystack.'),
  declare(
    'startswith',
    [
      ['search', string],
      ['base', string],
    ],
    result,
    'True if the first string begins with the second.',
  ),
  declare(
    'endswith',
    [
      ['search', string],
      ['base', string],
    ],
    result,
    'True if the first string ends with the second.',
  ),
  declare(
    'format_int',
    [
      ['number', number],
      ['base', number],
    ],
    output,
    'The number without its fraction, in base 2, 8, 10 or 16.',
  ),
  declare(
    'indexof',
    search,
    ['output', number],
    'Where the needle first is, in characters; -1 where it is not.',
  ),
  declare('indexof_n', search, ['output', array(number)], 'Every place where the needle is, in characters.'),
  declare('lower', [['x', string]], ['y', string], 'The string in lower case.'),
  declare('upper', [['x', string]], ['y', string], 'The string in upper case.'),
  declare(
    'split',
    [
      ['x', string],
      ['delimiter', string],
    ],
    ['ys', array(string)],
    'The parts of the string between the delimiters, or its characters where the delimiter is empty.',
  ),
  declare(
    'strings.split_n',
    [
      ['x', string],
      ['delimiter', string],
      ['n', number],
    ],
    ['ys', array(string)],
    'The first n parts of the string, or the last where n is negative.',
  ),
  declare('strings.reverse', [['x', string]], ['y', string], 'The characters of the string in reverse.'),
  declare(
    'strings.count',
    [
      ['search', string],
      ['substring', string],
    ],
    ['output', number],
    'How many times the substring is there without overlapping.',
  ),
  declare(
    'strings.any_prefix_match',
    affixes,
    result,
    'True if any string begins with any of the base strings.',
  ),
  declare(
    'strings.any_suffix_match',
    affixes,
    result,
    'True if any string ends with any of the base strings.',
  ),
  declare(
    'substring',
    [
      ['value', string],
      ['offset', number],
      ['length', number],
    ],
    output,
    'The characters from an offset on, so many of them or all the rest where the length is negative.',
  ),
];

export const replacementDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'replace',
    [
      ['x', string],
      ['old', string],
      ['new', string],
    ],
    ['y', string],
    'The string with every old text replaced by the new.',
  ),
  declare(
    'strings.replace_n',
    [
      ['patterns', object(string, string)],
      ['value', string],
    ],
    output,
    'The string with each key of the object replaced by its value, in one pass.',
  ),
];

export const trimmingDeclarations: readonly BuiltinDeclaration[] = [
  declare('trim', cut, output, 'The string without the characters of the cutset at its ends.'),
  declare('trim_left', cut, output, 'The string without the characters of the cutset at its beginning.'),
  declare('trim_right', cut, output, 'The string without the characters of the cutset at its end.'),
  declare(
    'trim_prefix',
    [
      ['value', string],
      ['prefix', string],
    ],
    output,
    'The string without the prefix, where it begins with it.',
  ),
  declare(
    'trim_suffix',
    [
      ['value', string],
      ['suffix', string],
    ],
    output,
    'The string without the suffix, where it ends with it.',
  ),
  declare('trim_space', [['value', string]], output, 'The string without white space at its ends.'),
];

export const sprintfDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'sprintf',
    [
      ['format', string],
      ['values', array(any)],
    ],
    output,
    'The format with its directives (%s, %d, %v …) replaced by the values.',
  ),
];

export const templateDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'strings.render_template',
    [
      ['value', string],
      ['vars', object(string, any)],
    ],
    ['result', string],
    "The template, in the language of Go's text/template, with the variables put in.",
  ),
];

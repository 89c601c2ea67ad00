import { type BuiltinDeclaration, declare } from './declaration.ts';
import { array, boolean, object, set, string, union } from './types.ts';

const text = [['x', string]] as const;
const output = ['y', string] as const;
const result = ['result', boolean] as const;

export const encodingDeclarations: readonly BuiltinDeclaration[] = [
  declare('base64.encode', text, output, 'The UTF-8 bytes of the text in base64, padded.'),
  declare('base64.decode', text, output, 'The text whose padded base64 this is.'),
  declare('base64.is_valid', text, result, 'True if the text is padded base64; false for what is no string.'),
  declare('base64url.encode', text, output, 'The UTF-8 bytes of the text in URL-safe base64, padded.'),
  declare(
    'base64url.encode_no_pad',
    text,
    output,
    'The UTF-8 bytes of the text in URL-safe base64, unpadded.',
  ),
  declare('base64url.decode', text, output, 'The text whose URL-safe base64 this is, padded or not.'),
  declare('hex.encode', text, output, 'The UTF-8 bytes of the text in hexadecimal, lower case.'),
  declare('hex.decode', text, output, 'The text whose hexadecimal this is.'),
  declare('urlquery.encode', text, output, 'The text as a part of a URL query.'),
  declare('urlquery.decode', text, output, 'The text that a part of a URL query stands for.'),
  declare(
    'urlquery.encode_object',
    [['object', object(string, union(string, array(string), set(string)))]],
    output,
    'A URL query with one parameter for each key and value, in the order of the keys.',
  ),
  declare(
    'urlquery.decode_object',
    text,
    ['object', object(string, array(string))],
    'The parameters of a URL query, each with its values in order.',
  ),
];

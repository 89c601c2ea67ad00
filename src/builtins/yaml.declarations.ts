import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, boolean, string } from './types.ts';

export const yamlDeclarations: readonly BuiltinDeclaration[] = [
  declare('yaml.marshal', [['x', any]], ['y', string], 'The value as YAML text.'),
  declare('yaml.unmarshal', [['x', string]], ['y', any], 'The value of the first document of a YAML text.'),
  declare(
    'yaml.is_valid',
    [['x', string]],
    ['result', boolean],
    'True if the text is YAML that has a meaning in JSON; false for what is no string.',
  ),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, boolean, number, string } from './types.ts';

export const semverDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'semver.compare',
    [
      ['a', string],
      ['b', string],
    ],
    ['result', number],
    'How two semantic versions compare: -1, 0 or 1; an error where one is none.',
  ),
  declare('semver.is_valid', [['vsn', any]], ['result', boolean], 'True if the value is a semantic version.'),
];

import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, object, set, string, type Type, union } from './types.ts';

const path = union(string, array(any));
const paths = union(array(path), set(path));

const marshalOptions: Type = {
  kind: 'object',
  properties: [
    { key: 'indent', value: string, optional: true },
    { key: 'prefix', value: string, optional: true },
    { key: 'pretty', value: boolean, optional: true },
  ],
  dynamic: { key: string, value: any },
};

const patch: Type = {
  kind: 'object',
  properties: [
    { key: 'op', value: string },
    { key: 'path', value: any },
  ],
  dynamic: { key: any, value: any },
};

export const jsonDeclarations: readonly BuiltinDeclaration[] = [
  declare('json.marshal', [['x', any]], ['y', string], 'The value as JSON text.'),
  declare(
    'json.marshal_with_options',
    [
      ['x', any],
      ['opts', marshalOptions],
    ],
    ['y', string],
    'The value as JSON text, on several lines where `pretty`, `indent` or `prefix` says so.',
  ),
  declare('json.unmarshal', [['x', string]], ['y', any], 'The value of a JSON text.'),
  declare(
    'json.is_valid',
    [['x', string]],
    ['result', boolean],
    'True if the text is JSON; false for what is no string.',
  ),
  declare(
    'json.patch',
    [
      ['object', any],
      ['patches', array(patch)],
    ],
    ['output', any],
    'The value after the operations of a JSON Patch (RFC 6902), all of them or none; sets take their elements as keys.',
  ),
  declare(
    'json.filter',
    [
      ['object', object(any, any)],
      ['paths', paths],
    ],
    ['filtered', object(any, any)],
    'What of the object lies on one of the paths.',
  ),
  declare(
    'json.remove',
    [
      ['object', object(any, any)],
      ['paths', paths],
    ],
    ['output', object(any, any)],
    'The object without what the paths name.',
  ),
];

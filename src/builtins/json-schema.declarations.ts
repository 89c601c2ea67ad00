import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, array, boolean, nullType, object, record, string, tuple, union } from './types.ts';

const json = union(string, object(any, any));
const problem = record({ desc: string, error: string, field: string, type: string });

export const jsonSchemaDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'json.verify_schema',
    [['schema', json]],
    ['output', tuple(boolean, union(nullType, string))],
    'True and null for a JSON Schema; false and what is wrong with it for what is none.',
    { nondeterministic: true },
  ),
  declare(
    'json.match_schema',
    [
      ['document', json],
      ['schema', json],
    ],
    ['output', tuple(boolean, array(problem))],
    'True where the document fits the JSON Schema, with the list of what does not.',
    { nondeterministic: true },
  ),
];

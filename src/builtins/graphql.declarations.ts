import { type BuiltinDeclaration, declare } from './declaration.ts';
import { any, boolean, object, string, tuple, union } from './types.ts';

const ast = object(any, any);
const source = union(string, ast);
const both = [
  ['query', source],
  ['schema', source],
] as const;

export const graphqlDeclarations: readonly BuiltinDeclaration[] = [
  declare(
    'graphql.parse',
    both,
    ['output', tuple(ast, ast)],
    'The syntax trees of a query and of the schema that it fits.',
  ),
  declare(
    'graphql.parse_and_verify',
    both,
    ['output', tuple(boolean, ast, ast)],
    'True and the two syntax trees where the query fits the schema; false and two empty objects where not.',
  ),
  declare('graphql.parse_query', [['query', string]], ['output', ast], 'The syntax tree of a query.'),
  declare('graphql.parse_schema', [['schema', string]], ['output', ast], 'The syntax tree of a schema.'),
  declare('graphql.is_valid', both, ['output', boolean], 'True if the query fits the schema.'),
  declare('graphql.schema_is_valid', [['schema', source]], ['output', boolean], 'True if it is a schema.'),
];

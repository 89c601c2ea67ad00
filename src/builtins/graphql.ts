import type { DocumentNode } from 'graphql';
import { isObject, ObjectValue, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { chargeScan } from './bytes.ts';
import { buildSchema, type Content, checkQuery, parseDocument } from './graphql/document.ts';
import { printDocument } from './graphql/print.ts';
import { queryValue } from './graphql/query-value.ts';
import { schemaValue } from './graphql/schema-value.ts';
import { asString, mismatch } from './operands.ts';

export const graphqlFamily: Readonly<Record<string, BuiltinFunction>> = {
  'graphql.parse': (context, query, schema) => [...parsed(context, query!, schema!)],
  'graphql.parse_and_verify': parseAndVerify,
  'graphql.parse_query': (context, query) =>
    queryValue(read(context, asString(query!, 1), 1, 'operations').document),
  'graphql.parse_schema': (context, schema) =>
    schemaValue(read(context, asString(schema!, 1), 1, 'types').document),
  'graphql.is_valid': (context, query, schema) => succeeds(() => parsed(context, query!, schema!)),
  'graphql.schema_is_valid': (context, schema) =>
    succeeds(() => {
      const { text, document } = read(context, schema!, 0, 'types');
      buildSchema(text, document);
    }),
};

function parseAndVerify(context: BuiltinContext, query: Value, schema: Value): Value {
  let trees: readonly [Value, Value] = [ObjectValue.empty, ObjectValue.empty];
  const valid = succeeds(() => {
    trees = parsed(context, query, schema);
  });
  return [valid, ...trees];
}

/** The trees of a query and a schema. Throws BuiltinError where the query does not fit. */
function parsed(
  context: BuiltinContext,
  query: Value,
  schema: Value,
): readonly [query: Value, schema: Value] {
  const asked = read(context, query, 0, 'operations');
  const given = read(context, schema, 1, 'types');
  checkQuery(buildSchema(given.text, given.document), asked.document);
  return [queryValue(asked.document), schemaValue(given.document)];
}

interface Source {
  readonly text: string;
  readonly document: DocumentNode;
}

function read(context: BuiltinContext, operand: Value, position: number, content: Content): Source {
  if (typeof operand !== 'string' && !isObject(operand))
    return mismatch(operand, position, 'string', 'object');
  const text = typeof operand === 'string' ? operand : printDocument(operand);
  chargeScan(context.budget, text.length);
  context.budget.charge(text.length >> 2);
  return { text, document: parseDocument(text, content) };
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch (error) {
    if (error instanceof BuiltinError) return false;
    throw error;
  }
}

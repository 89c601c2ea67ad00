import { isArray, isObject, type Value } from '../values/index.ts';
import { type BuiltinContext, BuiltinError, type BuiltinFunction } from './builtin.ts';
import { marshalJson } from './go-json.ts';
import { unmarshalJson } from './json-text.ts';
import { problemValue } from './schema/problems.ts';
import { Schema } from './schema/schema.ts';
import { validate } from './schema/validate.ts';

export const jsonSchemaFamily: Readonly<Record<string, BuiltinFunction>> = {
  'json.verify_schema': (context, schema) => verifySchema(context, schema!),
  'json.match_schema': (context, document, schema) => matchSchema(context, document!, schema!),
};

function verifySchema(context: BuiltinContext, operand: Value): Value {
  try {
    new Schema(context.budget, jsonOperand(context, operand));
    return [true, null];
  } catch (error) {
    if (error instanceof BuiltinError) return [false, `jsonschema: ${error.message}`];
    throw error;
  }
}

function matchSchema(context: BuiltinContext, documentOperand: Value, schemaOperand: Value): Value {
  const document = jsonOperand(context, documentOperand);
  const schema = new Schema(context.budget, jsonOperand(context, schemaOperand));
  const { valid, problems } = validate(context.budget, schema, document);
  context.budget.charge(problems.length);
  return [valid, problems.map(problemValue)];
}

/** JSON text, or a value that goes through JSON so that its sets are arrays and its keys strings. */
function jsonOperand(context: BuiltinContext, operand: Value): Value {
  if (typeof operand === 'string') return jsonText(context, operand);
  if (isObject(operand) || isArray(operand))
    return unmarshalJson(context, marshalJson(context.budget, operand));
  throw new BuiltinError('wrong type, expected string or object');
}

function jsonText(context: BuiltinContext, text: string): Value {
  try {
    return unmarshalJson(context, text);
  } catch (error) {
    if (error instanceof BuiltinError) throw new BuiltinError('invalid JSON string');
    throw error;
  }
}

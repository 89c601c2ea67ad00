import { isArray, isObject, ObjectBuilder, type ObjectValue, type Value } from '../../values/index.ts';
import { fieldAt, objectAt } from './fields.ts';

/**
 * The value with the defaults of an OpenAPI v3 schema, as the API server puts them in: where a property
 * is missing, or null and may not be; in what is given, never in what is not.
 */
export function withDefaults(value: Value, schema: Value | undefined): Value {
  if (schema === undefined) return value;
  if (isArray(value)) return value.map(item => withDefaults(item, fieldAt(schema, 'items')));
  return isObject(value) ? objectWithDefaults(value, schema) : value;
}

function objectWithDefaults(value: ObjectValue, schema: Value): ObjectValue {
  const properties = objectAt(schema, 'properties');
  const others = fieldAt(schema, 'additionalProperties');
  const filled = new ObjectBuilder(value);
  for (const [key, property] of properties?.entries() ?? []) {
    const standard = fieldAt(property, 'default');
    const given = filled.get(key);
    const missing = given === undefined || (given === null && fieldAt(property, 'nullable') !== true);
    if (standard !== undefined && missing) filled.set(key, standard);
  }
  const complete = filled.build();
  const result = new ObjectBuilder();
  for (const [key, item] of complete.entries())
    result.set(key, withDefaults(item, properties?.get(key) ?? others));
  return result.build();
}
